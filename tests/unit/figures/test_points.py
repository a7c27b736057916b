"""Points of two classes, and the lines that part them."""

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import figures
from worked.palette import BG, FG

SQUARE = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
XOR = [0, 1, 1, 0]


def test_class_one_is_filled_and_class_zero_open() -> None:
    (cloud,) = figures.points([SQUARE], XOR).axes[0].collections
    assert [to_hex(color) for color in cloud.get_facecolor()] == [BG, FG, FG, BG]
    assert np.array_equal(cloud.get_offsets(), SQUARE)


def test_every_stage_has_a_panel_with_its_names(
    texts: Callable[[Figure], list[str]],
) -> None:
    figure = figures.points([SQUARE, 2 * SQUARE], XOR, names=[("a", "b"), ("c", "d")])
    assert len(figure.axes) == 2
    assert {"a", "b", "c", "d"} <= set(texts(figure))


@pytest.mark.parametrize("line", [(1, 1, 0.5), (1, -2, 0.5), (1, 0, 0.5), (0, 2, 1)])
def test_a_line_holds_the_points_of_its_equation(line: tuple[float, float, float]) -> None:
    (drawn,) = figures.points([SQUARE], XOR, [[line]]).axes[0].lines
    a, b, c = line
    for x, y in (drawn.get_xy1(), drawn.get_xy2()):
        assert a * x + b * y == pytest.approx(c)


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: figures.points([], XOR), "at least one cloud"),
        (lambda: figures.points([SQUARE], [0, 1, 2, 0]), "classes 0 and 1"),
        (lambda: figures.points([SQUARE[:3]], XOR), r"cloud 1: expected \(4, 2\)"),
        (lambda: figures.points([SQUARE], XOR, [[], []]), "lines: expected 1"),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw: Callable[[], Figure], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw()
