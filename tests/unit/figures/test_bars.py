"""Horizontal bars."""

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

import figures

Texts = Callable[[Figure], list[str]]


def lengths(figure: Figure) -> list[float]:
    return [patch.get_width() for patch in figure.axes[0].patches]


def test_bars_are_as_long_as_their_values() -> None:
    short, long = lengths(figures.bars(["a", "b"], [1, 4]))
    assert long == pytest.approx(4 * short)


def test_every_bar_ends_with_its_number(texts: Texts) -> None:
    figure = figures.bars(["a", "b"], [1234567, 20], "parameters")
    assert set(texts(figure)) == {"a", "b", "1,234,567", "20", "parameters"}
    for bar, number in zip(figure.axes[0].patches, ("1,234,567", "20"), strict=True):
        (text,) = (t for t in figure.findobj(Text) if t.get_text() == number)
        assert text.get_position()[0] > bar.get_x() + bar.get_width()


def test_logarithmic_bars_grow_by_the_same_length_for_every_power_of_ten(texts: Texts) -> None:
    figure = figures.bars(["a", "b", "c"], [10, 100, 1000], log=True)
    assert np.diff(lengths(figure), 2) == pytest.approx([0])
    assert lengths(figure)[0] > 0
    assert {"10⁰", "10¹", "10²", "10³"} <= set(texts(figure))


def test_long_labels_stand_above_their_bars() -> None:
    long = "a fully connected layer with many inputs"
    figure = figures.bars([long, "b"], [1, 2])
    (label,) = (t for t in figure.findobj(Text) if t.get_text() == long)
    bar = figure.axes[0].patches[0]
    assert label.get_position()[0] < bar.get_x() + 5
    assert label.get_position()[1] < bar.get_y()


def test_equal_values_and_zeros_can_be_drawn() -> None:
    assert lengths(figures.bars(["a", "b"], [0, 0])) == [0, 0]
    assert lengths(figures.bars(["a"], [10], log=True))[0] > 0


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (
            lambda: figures.bars(["a"], [1, 2]),
            r"values: expected \(1,\) as labels, got shape \(2,\)",
        ),
        (lambda: figures.bars([], []), r"values: expected"),
        (lambda: figures.bars(["a"], [-1]), "from 0 up, got -1"),
        (lambda: figures.bars(["a"], [0], log=True), "above 0 for logarithmic bars"),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw: Callable[[], Figure], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw()
