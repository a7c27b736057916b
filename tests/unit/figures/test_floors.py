"""Boxes on floors."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from figures.floors import floors

Texts = Callable[[Figure], list[str]]

ROWS = [["hosts"], ["pool", "html"], ["page"]]
ARROWS = [("hosts", "pool"), ("hosts", "html"), ("html", "page"), ("hosts", "page")]


def test_every_name_stands_on_its_floor(texts: Texts) -> None:
    figure = floors(ROWS, ARROWS)
    assert texts(figure) == ["hosts", "pool", "html", "page"]
    boxes = [one for one in figure.axes[0].patches if isinstance(one, FancyBboxPatch)]
    heights = [one.get_y() for one in boxes]
    assert heights[0] < heights[1] == heights[2] < heights[3]  # y grows downwards


def test_boxes_of_a_floor_stand_apart() -> None:
    figure = floors([["one", "two", "three"]], [])
    boxes = [one for one in figure.axes[0].patches if isinstance(one, FancyBboxPatch)]
    ends = [(one.get_x(), one.get_x() + one.get_width()) for one in boxes]
    assert all(left[1] < right[0] for left, right in pairwise(ends))


def test_there_is_an_arrow_for_each_pair() -> None:
    figure = floors(ROWS, ARROWS)
    arrows = [one for one in figure.axes[0].patches if isinstance(one, FancyArrowPatch)]
    assert len(arrows) == len(ARROWS)


@pytest.mark.parametrize("arrow", [("page", "html"), ("pool", "html"), ("hosts", "roof")])
def test_an_arrow_that_does_not_lead_down_is_refused(arrow: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match=r"expected an arrow that leads down"):
        floors(ROWS, [arrow])


def test_a_name_stands_once() -> None:
    with pytest.raises(ValueError, match=r"every name once"):
        floors([["a"], ["a"]], [])
