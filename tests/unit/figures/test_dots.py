"""Numbers as dots, a row for each."""

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import figures
from worked.palette import ACCENT

Texts = Callable[[Figure], list[str]]


def test_rows_follow_each_other_downwards_and_dots_stand_at_their_numbers(texts: Texts) -> None:
    figure = figures.dots(["first", "second", "third"], [76.1, 78.8, 78.3], "per cent")
    axes = figure.axes[0]
    places = np.asarray(axes.collections[-1].get_offsets())
    np.testing.assert_allclose(places, [[76.1, 0], [78.8, 1], [78.3, 2]])
    assert axes.yaxis_inverted()
    assert {"first", "second", "third", "per cent"} <= set(texts(figure))


def test_marked_rows_have_the_accent() -> None:
    figure = figures.dots("abc", [1, 2, 3], marked=[1])
    colours = [to_hex(c) for c in figure.axes[0].collections[-1].get_facecolor()]
    assert [colour == ACCENT for colour in colours] == [False, True, False]


@pytest.mark.parametrize(
    ("labels", "values", "marked", "message"),
    [
        ("ab", [], (), "expected finite numbers"),
        ("ab", [1, np.nan], (), "expected finite numbers"),
        ("a", [1, 2], (), "expected 2 labels, got 1"),
        ("ab", [1, 2], (2,), "expected marked rows below 2"),
    ],
)
def test_what_does_not_fit_together_is_refused(
    labels: str, values: list[float], marked: tuple[int, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        figures.dots(labels, values, marked=marked)
