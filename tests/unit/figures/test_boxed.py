"""Pictures with boxes on them."""

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch

import figures

Texts = Callable[[Figure], list[str]]
PICTURE = np.zeros((10, 20))


def outlines(figure: Figure) -> list[PathPatch]:
    return [patch for patch in figure.axes[0].patches if isinstance(patch, PathPatch)]


def test_titles_and_names_are_written(texts: Texts) -> None:
    figure = figures.boxed(
        [PICTURE, PICTURE], [[(0, 0, 5, 5)], []], ["before", "after"], [["A"], []]
    )
    assert texts(figure) == ["before", "A", "after"]


def test_a_box_lies_where_its_pixels_are() -> None:
    figure = figures.boxed([PICTURE], [[(5, 2, 15, 8)]], width=204)
    left, right, bottom, top = figure.axes[0].images[0].get_extent()
    scale = (right - left) / 20
    assert scale == pytest.approx((bottom - top) / 10)
    [patch] = outlines(figure)
    corners = np.asarray(patch.get_path().vertices)
    np.testing.assert_allclose(corners.min(axis=0), [left + 5 * scale, top + 2 * scale])
    np.testing.assert_allclose(corners.max(axis=0), [left + 15 * scale, top + 8 * scale])


def test_boxes_without_names_are_dashed() -> None:
    [dashed] = outlines(figures.boxed([PICTURE], [[(0, 0, 5, 5)]]))
    [solid] = outlines(figures.boxed([PICTURE], [[(0, 0, 5, 5)]], names=[["A"]]))
    assert dashed.get_linestyle() != solid.get_linestyle() == "-"


def test_a_picture_may_have_no_boxes() -> None:
    assert outlines(figures.boxed([PICTURE], [[]])) == []


def test_pictures_stand_below_each_other() -> None:
    one = figures.boxed([PICTURE], [[]])
    two = figures.boxed([PICTURE, PICTURE], [[], []])
    assert two.get_size_inches()[1] > 1.9 * one.get_size_inches()[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([], []), "expected at least one picture"),
        (([PICTURE], []), "boxes"),
        (([np.zeros(3)], [[]]), r"picture 1: expected \(H, W\)"),
        (([PICTURE], [[(5, 0, 5, 3)]]), "expected x1 < x2"),
        (([PICTURE], [[(0, 0, 21, 3)]]), "inside 10 × 20"),
        (([PICTURE], [[(0, 0, 2, 3)]], (), [["A", "B"]]), "names of picture 1"),
    ],
)
def test_what_cannot_be_drawn_is_refused(arguments: tuple[object, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        figures.boxed(*arguments)  # type: ignore[arg-type]
