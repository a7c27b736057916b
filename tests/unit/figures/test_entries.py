"""A matrix and what becomes of each of its numbers, and the arithmetic in words."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from figures.entries import entries
from figures.style import CELL
from worked.svg.check import check_svg
from worked.worker.drawing import draw_figure

Texts = Callable[[Figure], list[str]]
X = np.array([[1, -2], [3, 4]])
LINES = ["a", "b", "c", "d"]


def parts(figure: Figure) -> dict[str, Patch]:
    """The named parts of a drawing: `input.2.2` -> its path."""
    found = [artist for artist in figure.findobj(Patch) if isinstance(artist, Patch)]
    names = [(str(patch.get_gid()), patch) for patch in found]
    return {
        gid.removeprefix("sliding."): patch for gid, patch in names if gid.startswith("sliding.")
    }


def box(patch: Patch) -> tuple[float, ...]:
    path = patch.get_patch_transform().transform_path(patch.get_path())
    return tuple(path.get_extents().bounds)


def test_both_matrices_and_what_stands_beside_are_drawn(texts: Texts) -> None:
    figure, _ = entries(X, 2 * X, LINES, labels=("x", "y"), beside={"m": [[7]]}, symbols="·=")
    expected = ["x", "m", "y", "·", "=", "1", "−2", "3", "4", "7", "2", "−4", "6", "8"]
    assert sorted(texts(figure)) == sorted(expected)


def test_the_parts_have_the_names_that_the_script_looks_for() -> None:
    figure, _ = entries(X, X, LINES, at=(1, 0))
    assert set(parts(figure)) == {"input.2.2", "output.2.2", "window.1.1", "cell.1.0"}
    svg = draw_figure(figure).svg
    check_svg(svg)
    assert sorted(re.findall(r'id="@-sliding\.(\w+)', svg)) == ["cell", "input", "output", "window"]


def test_a_column_can_be_the_part_of_a_number_and_stay_for_every_row() -> None:
    figure, arithmetic = entries(X, [[1, 2], [3, 4]], LINES, part=(2, 1), step=(0, 1), at=(1, 1))
    named = parts(figure)
    left, top, *_ = box(named["input.2.2"])
    assert box(named["window.0.1"]) == pytest.approx((left + CELL, top, CELL, 2 * CELL))
    assert [row.window for row in arithmetic.rows] == ["[0:2,0:1]", "[0:2,1:2]"] * 2


def test_a_row_of_words_says_place_part_and_arithmetic() -> None:
    row = entries(X, X, LINES, labels=("x", "y"))[1].rows[1]
    assert (row.place, row.window, row.line) == ("y[0,1]", "[0:1,1:2]", "b")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: entries(X, X, LINES[:3]), "lines: expected 4, one for each number, got 3"),
        (lambda: entries(X, X, LINES, labels=("x",)), "labels: expected 2, .* got 1"),
        (lambda: entries(X, X, LINES, symbols="+="), "symbols: expected 1, one a gap, got 2"),
        (lambda: entries(X, X, LINES, at=(2, 0)), r"place \(2, 0\) of the output: .* 2 × 2"),
        (lambda: entries(X, X, LINES, step=(2, 1)), r"part of x for the output's \(1, 0\)"),
    ],
)
def test_what_does_not_fit_is_refused(make: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
