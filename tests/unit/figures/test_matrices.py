"""Matrices side by side."""

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

import figures
from figures.style import CELL, MINUS, PLUS, SIZE, STRONGEST, WIDTH, text_width

Texts = Callable[[Figure], list[str]]
Tinted = Callable[[Figure], list[np.ndarray]]
Outlines = Callable[[Figure, str], list[tuple[float, ...]]]


def place(figure: Figure, text: str) -> tuple[float, float]:
    (found,) = (t for t in figure.findobj(Text) if t.get_text() == text)
    return found.get_position()


def test_every_number_label_and_symbol_is_written(texts: Texts) -> None:
    figure = figures.matrices([[1, 2]], [[3], [4]], symbols=["⋆"], labels=["x", "k"])
    assert sorted(texts(figure)) == sorted(["1", "2", "3", "4", "⋆", "x", "k"])


def test_symbols_stand_at_half_height_between_their_matrices() -> None:
    figure = figures.matrices(np.zeros((4, 2)), np.zeros((2, 2)), symbols=["="])
    x, y = place(figure, "=")
    assert 2 * CELL < x < figure.get_figwidth() * 72 - 2 * CELL
    assert y == pytest.approx(2 * CELL, abs=8)


def test_what_cannot_be_negative_is_tinted_in_one_colour_by_size(tinted: Tinted) -> None:
    (cells,) = tinted(figures.matrices([[0, 1], [2, 4]], signed=False))
    assert cells[:, 3] == pytest.approx([STRONGEST / 4, STRONGEST / 2, STRONGEST])
    assert cells[:, :3] == pytest.approx(np.tile(to_rgb(SIZE), (3, 1)))


def test_signed_numbers_are_tinted_in_two_colours_and_zero_in_none(tinted: Tinted) -> None:
    (cells,) = tinted(figures.matrices([[-2, 0, 1]]))
    assert cells[:, :3] == pytest.approx(np.array([to_rgb(MINUS), to_rgb(PLUS)]))
    assert cells[:, 3] == pytest.approx([STRONGEST, STRONGEST / 2])


def test_the_meaning_of_the_numbers_decides_and_not_that_none_happens_to_be_negative(
    tinted: Tinted,
) -> None:
    weights, shares = tinted(figures.matrices([[1, 2]], [[1, 2]], signed=[True, False]))
    assert weights[0, :3] == pytest.approx(to_rgb(PLUS))
    assert shares[0, :3] == pytest.approx(to_rgb(SIZE))


def test_a_number_that_is_none_has_no_tint(tinted: Tinted) -> None:
    (cells,) = tinted(figures.matrices([[np.nan, 1.0]]))
    assert len(cells) == 1


def test_matrices_are_tinted_each_by_its_own_scale(tinted: Tinted) -> None:
    small, large = tinted(figures.matrices([[1]], [[9]]))
    assert small[0, 3] == large[0, 3] == pytest.approx(STRONGEST)


def test_a_pair_has_one_scale_and_one_set_of_colours(tinted: Tinted) -> None:
    left, right = tinted(figures.pair([[-4, 2]], [[0, 2]]))
    assert right[0] == pytest.approx(left[1])
    assert right[0, :3] == pytest.approx(to_rgb(PLUS))


def test_a_window_is_outlined_in_the_accent_where_it_lies(outlines: Outlines) -> None:
    figure = figures.matrices(np.ones((4, 4)), window=[(1, 2, 3, 2)])
    assert outlines(figure, "accent") == [
        pytest.approx((2 + 2 * CELL, 2 + CELL, 2 * CELL, 3 * CELL))
    ]


def test_what_does_not_fit_a_line_goes_to_the_next_with_its_symbol() -> None:
    wide = np.full((2, 12), 7)
    figure = figures.matrices(wide, wide + 1, symbols=["→"])
    assert figure.get_figwidth() * 72 <= WIDTH
    x, y = place(figure, "→")
    assert x < CELL
    assert y > 2 * CELL


def test_cells_get_narrower_where_that_saves_a_line() -> None:
    rows = [np.ones((1, width)) for width in (8, 4) * 3]
    figure = figures.matrices(*rows, symbols=["→", ""] * 2 + ["→"])
    heights = {text.get_position()[1] for text in figure.findobj(Text) if text.get_text() == "1"}
    assert len(heights) == 3
    assert figure.get_figwidth() * 72 <= WIDTH


def test_numbers_in_narrow_cells_do_not_touch() -> None:
    figure = figures.matrices(np.full((2, 4), 0.25), np.full((2, 4), 0.75), np.eye(3))
    left, right = sorted(
        text.get_position()[0] for text in figure.findobj(Text) if text.get_text() == "0.25"
    )[:3:2]
    assert right - left >= text_width("0.25") + 4


def test_a_matrix_of_many_columns_still_has_one_line() -> None:
    figure = figures.matrices(np.tile([0, -1], (2, 8)))
    assert figure.get_figwidth() * 72 <= WIDTH


def test_a_row_and_a_scalar_are_matrices_too(texts: Texts) -> None:
    assert texts(figures.matrices([1, 2, 3])) == ["1", "2", "3"]
    assert texts(figures.matrices(np.float64(0.5))) == ["0.5"]


def test_windows_marks_what_was_read_and_what_came_of_it(outlines: Outlines) -> None:
    figure = figures.windows(np.ones((5, 5)), np.ones((3, 3)), np.full((2, 2), 9), (1, 0), stride=2)
    (seen, made) = outlines(figure, "accent")
    top = seen[1] - 2 * CELL
    assert seen == pytest.approx((2, top + 2 * CELL, 3 * CELL, 3 * CELL))
    assert made[2:] == pytest.approx((CELL, CELL))


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: figures.matrices(), "expected at least one array"),
        (lambda: figures.matrices(np.ones((2, 2, 2))), r"array 1: .* got shape \(2, 2, 2\)"),
        (lambda: figures.matrices([1], [2], labels=["a"]), "labels: expected 2, .* got 1"),
        (lambda: figures.matrices([1], [2], symbols=["=", "="]), "symbols: expected 1, .* got 2"),
        (lambda: figures.matrices([1, -2], signed=False), "numbers from 0 up, got -2"),
        (lambda: figures.matrices([1], signed=[True] * 2), "signed: expected 1, .* got 2"),
        (lambda: figures.matrices([1], [2], window=[None]), "window: expected 2, .* got 1"),
        (
            lambda: figures.matrices([1, 2], window=[(0, 1, 1, 2)]),
            r"window of array 1: .* inside 1 × 2, got \(0, 1, 1, 2\)",
        ),
        (lambda: figures.matrices(np.full((1, 99), 0.123)), "draw large arrays with figures.maps"),
        (
            lambda: figures.windows(np.ones((5, 5)), np.ones((3, 3)), np.ones((2, 2)), (0, 0)),
            r"expected an output of shape \(3, 3\) .* got \(2, 2\)",
        ),
        (
            lambda: figures.windows(np.ones((5, 5)), np.ones((3, 3)), np.ones((3, 3)), (3, 0)),
            "inside 3 × 3",
        ),
    ],
)
def test_what_does_not_fit_together_is_refused(draw: Callable[[], Figure], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw()
