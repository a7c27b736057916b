"""A table of counts with the names of its rows and columns."""

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

import figures
from figures.style import CELL, WIDTH

X = np.arange(6).reshape(2, 3)


def found(figure: Figure, said: str) -> Text:
    (text,) = (text for text in figure.findobj(Text) if text.get_text() == said)
    return text


def test_rows_and_columns_have_their_heads_in_line_with_their_counts() -> None:
    figure = figures.counts(X, ["up", "down"], ["left", "mid", "right"])
    for head, counts in (("up", "012"), ("down", "345")):
        heights = {found(figure, count).get_position()[1] for count in counts}
        assert heights == {found(figure, head).get_position()[1]}
    for head, counts in (("left", "03"), ("mid", "14"), ("right", "25")):
        places = {found(figure, count).get_position()[0] for count in counts}
        assert places == {found(figure, head).get_position()[0]}
    assert found(figure, "up").get_position()[0] < found(figure, "0").get_position()[0] - CELL / 2
    assert found(figure, "mid").get_position()[1] < found(figure, "1").get_position()[1] - CELL / 2


def test_the_name_of_the_rows_runs_along_them_and_that_of_the_columns_above_them() -> None:
    figure = figures.counts(X, "ab", "xyz", names=("truth", "answer"))
    truth, answer = found(figure, "truth"), found(figure, "answer")
    assert truth.get_rotation() == 90
    assert truth.get_position()[0] < found(figure, "a").get_position()[0]
    assert answer.get_rotation() == 0
    assert answer.get_position()[1] < found(figure, "x").get_position()[1]


def test_many_columns_fit_a_page() -> None:
    figure = figures.counts(np.ones((2, 16)), "ab", range(16), names=("rows", "columns"))
    assert 72 * figure.get_figwidth() <= WIDTH


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: figures.counts([[0.5]]), "expected integers from 0 up"),
        (lambda: figures.counts([[-1]]), "expected integers from 0 up"),
        (lambda: figures.counts(X, ["a"]), "rows: expected 2, one for each row, got 1"),
        (lambda: figures.counts(X, (), ["a"]), "columns: expected 3, .* got 1"),
    ],
)
def test_what_does_not_fit_together_is_refused(draw: Callable[[], Figure], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw()
