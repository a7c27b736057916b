"""Things by two of their numbers."""

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import figures
from worked.palette import ACCENT

Texts = Callable[[Figure], list[str]]
THINGS = {"a": (1.0, 70.0), "b": (10.0, 71.0), "bb": (10.0, 71.1)}


def test_a_dot_stands_at_both_numbers_and_is_named(texts: Texts) -> None:
    figure = figures.scatter(THINGS, "work", "right", logx=True)
    dots = figure.axes[0].collections[0]
    np.testing.assert_allclose(np.asarray(dots.get_offsets()), list(THINGS.values()))
    assert figure.axes[0].get_xscale() == "log"
    assert {"a", "b", "bb", "work", "right"} <= set(texts(figure))


def test_names_of_close_dots_stand_apart() -> None:
    figure = figures.scatter(THINGS)
    heights = [text.get_position()[1] for text in figure.axes[0].texts]
    assert min(np.diff(sorted(heights))) > 0.08


def test_things_whose_name_begins_as_marked_have_the_accent() -> None:
    dots = figures.scatter(THINGS, marked="b").axes[0].collections[0]
    colours = [to_hex(colour) == ACCENT for colour in dots.get_facecolor()]
    assert colours == [False, True, True]


@pytest.mark.parametrize(
    ("things", "logx", "message"),
    [
        ({}, False, "expected at least one thing"),
        ({"a": (1.0, np.inf)}, False, "finite numbers"),
        ({"a": (0.0, 1.0)}, True, "expected positive numbers"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    things: dict[str, tuple[float, float]], logx: bool, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        figures.scatter(things, logx=logx)
