"""A graph of computations: its numbers, its arrows, and what it refuses."""

from collections.abc import Callable

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from matplotlib.text import Text

from figures.graph import Node, graph
from figures.style import WIDTH
from worked.palette import ACCENT
from worked.svg.check import check_svg
from worked.worker.drawing import draw_figure

Texts = Callable[[Figure], list[str]]
NODES = {"x": Node(0, 0, "3", "−2"), "y": Node(1, 0.5, "9", "1")}


def test_names_values_gradients_and_slopes_are_written(texts: Texts) -> None:
    written = texts(graph(NODES, [("x", "y", "· 6")]))
    assert sorted(text for text in written if text) == sorted(
        ["x", "3", "−2", "y", "9", "1", "· 6"]
    )


def test_gradients_have_the_accent_and_stand_below_their_values() -> None:
    found = {text.get_text(): text for text in graph(NODES).findobj(Text)}
    assert to_hex(found["−2"].get_color()) == ACCENT
    assert found["−2"].get_position()[1] > found["3"].get_position()[1]  # y points down


def test_every_edge_is_an_arrow_and_all_fits_on_a_phone() -> None:
    figure = graph(NODES, [("x", "y", ""), ("x", "y", "2")])
    assert len(figure.findobj(FancyArrowPatch)) == 2
    assert figure.get_figwidth() * 72 == pytest.approx(WIDTH)
    check_svg(draw_figure(figure).svg)


def test_an_arrow_to_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match=r"expected one of \['x', 'y'\], got 'z'"):
        graph(NODES, [("x", "z", "")])
