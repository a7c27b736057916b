"""Paths over level lines."""

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure

import figures

X, Y = np.linspace(-2, 2, 41), np.linspace(-1, 1, 21)
Z = X**2 + 4 * Y[:, None] ** 2
PATH = np.array([[2.0, 1.0], [1.0, -0.5], [0.0, 0.0]])


def test_every_path_has_a_panel_with_its_name() -> None:
    figure = figures.contours(X, Y, Z, {"slow": PATH, "fast": PATH[::2]})
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["slow", "fast"]
    assert np.array_equal(figure.axes[1].lines[0].get_xydata(), PATH[::2])


def test_all_panels_show_the_same_range() -> None:
    figure = figures.contours(X, Y, Z, {"stays": PATH, "leaves": 9 * PATH})
    assert {axes.get_xlim() for axes in figure.axes} == {(-2, 2)}
    assert {axes.get_ylim() for axes in figure.axes} == {(-1, 1)}


def test_level_lines_of_a_bowl_stand_at_equal_distances() -> None:
    lines = figures.contours(X, Y, Z, {"a": PATH}, levels=5).axes[0].collections[0]
    assert np.diff(np.sqrt(lines.levels)) == pytest.approx([np.sqrt(8) / 6] * 4)


def test_level_lines_stand_at_the_heights_that_are_given() -> None:
    heights = [0.5, 1.0, 2.0]
    lines = figures.contours(X, Y, Z, {"a": PATH}, levels=heights).axes[0].collections[0]
    assert list(lines.levels) == heights


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: figures.contours(X, Y, Z.T, {"a": PATH}), r"z: expected \(21, 41\)"),
        (lambda: figures.contours(X, Y, Z, {}), "at least one path"),
        (lambda: figures.contours(X, Y, Z, {"a": PATH.T}), r"a: expected \(T, 2\), got .*2, 3"),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw: Callable[[], Figure], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw()
