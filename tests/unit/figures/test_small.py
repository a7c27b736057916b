"""Small drawings without words."""

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from figures import small

X = np.arange(9).reshape(3, 3)
ALL = {
    "cells": lambda: small.cells(X, X[:2, :2], window=[(0, 0, 2, 2), None]),
    "trend": lambda: small.trend([3, 2, 1], [1, 2, 1]),
    "lengths": lambda: small.lengths([1, 4]),
}


@pytest.mark.parametrize("draw", ALL.values(), ids=ALL)
def test_they_have_no_words_and_one_size(
    draw: Callable[[], Figure], texts: Callable[[Figure], list[str]]
) -> None:
    figure = draw()
    assert texts(figure) == []
    assert 72 * figure.get_size_inches() == pytest.approx((small.WIDE, small.HIGH))


@pytest.mark.parametrize("draw", ALL.values(), ids=ALL)
def test_nothing_reaches_beyond_the_drawing(draw: Callable[[], Figure]) -> None:
    axes = draw().axes[0]
    boxes = [patch.get_path().get_extents(patch.get_patch_transform()) for patch in axes.patches]
    corners = [corner for box in boxes for corner in (box.min, box.max)]
    corners += [point for line in axes.lines for point in line.get_xydata()]
    assert np.min(corners) >= 0
    assert (np.max(corners, axis=0) <= (small.WIDE, small.HIGH)).all()


def test_all_cells_share_one_side_and_one_scale() -> None:
    axes = small.cells([[1, 2]], [[4], [2]]).axes[0]
    filled = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    assert len({round(patch.get_width(), 6) for patch in filled}) == 1
    tints = [patch.get_facecolor()[3] for patch in filled]
    assert tints[1] == tints[3] == pytest.approx(2 * tints[0])


def test_a_window_is_outlined_where_it_belongs(
    outlines: Callable[[Figure, str], list[tuple[float, ...]]],
) -> None:
    (one,) = outlines(small.cells(X, window=[(0, 1, 2, 2)]), "accent")
    side = one[2] / 2
    assert one[0] == pytest.approx((small.WIDE - 3 * side) / 2 + side, abs=1e-4)


def test_lines_share_a_scale_that_can_be_logarithmic() -> None:
    first, second = (
        line.get_ydata()
        for line in small.trend([1, 10, 100], [100, 1, 1], log=True).axes[0].lines[1:]
    )
    assert np.diff(first, 2) == pytest.approx([0])
    assert first[0] == second[1] > first[2] == second[0]  # y points down


def test_bars_are_as_long_as_their_values_and_the_largest_stands_out() -> None:
    short, long = small.lengths([1, 4]).axes[0].patches
    assert long.get_width() == pytest.approx(4 * short.get_width())
    assert long.get_facecolor() != short.get_facecolor()
    third, whole = small.lengths([10, 1000], log=True).axes[0].patches
    assert whole.get_width() == pytest.approx(3 * third.get_width())


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: small.cells(), "at least one array"),
        (lambda: small.cells(X, window=[(2, 2, 2, 2)]), "inside 3 × 3"),
        (lambda: small.trend([1]), "N ≥ 2"),
        (lambda: small.trend([1, 0], log=True), "positive numbers"),
        (lambda: small.lengths([-1]), "from 0 up"),
        (lambda: small.lengths([0.5], log=True), "from 1 up"),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw: Callable[[], Figure], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw()
