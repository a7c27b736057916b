"""An input with its padding and its first windows."""

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch
from matplotlib.text import Text

import figures
from figures.style import CELL
from worked.palette import ACCENT, FG, MUTED

Texts = Callable[[Figure], list[str]]
Outlines = Callable[[Figure, str], list[tuple[float, ...]]]
X = np.arange(1, 26).reshape(5, 5)


def dots(figure: Figure) -> list[str]:
    return [to_hex(p.get_facecolor()) for p in figure.axes[0].patches if isinstance(p, Circle)]


def cells(bounds: tuple[float, ...]) -> tuple[float, ...]:
    left, top, width, height = bounds
    return (left - 12) / CELL, (top - 12) / CELL, width / CELL, height / CELL


def test_the_input_stands_in_a_ring_of_muted_zeros(texts: Texts) -> None:
    figure = figures.padded(X, 1, 3, 1)
    assert texts(figure).count("0") == 7 * 7 - 5 * 5
    colours = {t.get_text(): t.get_color() for t in figure.findobj(Text) if t.get_text()}
    assert colours["0"] == MUTED
    assert colours["1"] == FG


def test_the_first_window_and_the_next_are_outlined(outlines: Outlines) -> None:
    next_one, first = outlines(figures.padded(X, 1, 3, 2), "accent")
    assert cells(first) == pytest.approx((0, 0, 3, 3))
    assert cells(next_one) == pytest.approx((2, 0, 3, 3))


def test_there_are_as_many_dots_as_the_output_has_columns_and_rows() -> None:
    for padding, kernel, stride, expected in [
        (0, 3, 1, 3),
        (1, 3, 2, 3),
        (2, 3, 1, 7),
        (0, 5, 1, 1),
    ]:
        assert len(dots(figures.padded(X, padding, kernel, stride))) == 2 * expected
    assert dots(figures.padded(X, 0, 3, 2)) == [ACCENT, MUTED, ACCENT, MUTED]


def test_dilated_taps_are_outlined_one_by_one(outlines: Outlines) -> None:
    found = [cells(o) for o in outlines(figures.padded(X, 0, 2, 1, dilation=3), "accent")]
    assert found[1] == pytest.approx((0, 0, 4, 4))
    assert found[2:] == [pytest.approx((c, r, 1, 1)) for r in (0, 3) for c in (0, 3)]


def test_cells_that_no_window_reads_are_struck_through() -> None:
    def strokes(figure: Figure) -> int:
        return sum(
            len(p.get_path().vertices) // 2
            for p in figure.axes[0].patches
            if isinstance(p, PathPatch) and to_hex(p.get_edgecolor()) == MUTED
        )

    assert strokes(figures.padded(X, 0, 3, 2)) == 0
    assert strokes(figures.padded(X, 0, 2, 2)) == 9
    assert strokes(figures.padded(X, 0, 1, 2)) == 25 - 9


def test_a_kernel_may_be_given_itself(outlines: Outlines) -> None:
    figure = figures.padded(X, 0, np.ones((2, 4)), 1)
    assert cells(outlines(figure, "accent")[1]) == pytest.approx((0, 0, 4, 2))


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: figures.padded(X, 0, 6, 1), "fits into 5 × 5, got 6 × 6"),
        (lambda: figures.padded(X, 0, 3, 1, dilation=3), "fits into 5 × 5, got 7 × 7"),
        (lambda: figures.padded(X, -1, 3, 1), "padding: expected one integer from 0 up"),
        (lambda: figures.padded(X, 0, 3, 0), "stride: expected one integer from 1 up"),
        (lambda: figures.padded(X, 0.5, 3, 1), "padding: .* got 0.5"),
        (lambda: figures.padded(X, 0, (3, 3, 3), 1), "kernel: .* or two"),
        (lambda: figures.padded(np.ones((2, 2, 2)), 0, 1, 1), "x: expected a matrix"),
    ],
)
def test_what_does_not_fit_is_refused(draw: Callable[[], Figure], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw()
