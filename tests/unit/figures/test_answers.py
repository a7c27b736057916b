"""An image, its maps, its probabilities and the reason for them, in one drawing."""

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

import figures
from figures.style import WIDTH
from worked.palette import ACCENT

Pictures = Callable[[Figure], list[np.ndarray]]
Texts = Callable[[Figure], list[str]]

IMAGE = np.eye(8)
LAYERS = {"convolution": np.ones((8, 8, 8)), "pooling": np.ones((16, 2, 2))}
SHARES = np.array([0.1, 0.9])


def test_all_parts_are_drawn_and_named(pictures: Pictures, texts: Texts) -> None:
    figure = figures.answer(IMAGE, LAYERS, SHARES, -IMAGE)
    shapes = [picture.shape[:2] for picture in pictures(figure)]
    assert shapes == [(8, 8), (8, 8), (8, 8 * 9 - 1), (2, 16 * 3 - 1)]
    words = {"input", "looked at", "convolution", "pooling", "0", "1", "10 %", "90 %"}
    assert set(texts(figure)) == words


def test_the_longest_bar_is_the_answer_and_in_the_accent() -> None:
    figure = figures.answer(IMAGE, LAYERS, SHARES, IMAGE)
    bars = [one for one in figure.findobj(Rectangle) if one.get_fill() and one.get_height() > 10]
    bars = [one for one in bars if one.get_height() < 15]
    assert to_hex(max(bars, key=Rectangle.get_width).get_facecolor()) == ACCENT


def test_all_maps_of_a_layer_stand_in_a_row() -> None:
    figure = figures.answer(IMAGE, {"wide": np.ones((40, 2, 2))}, SHARES, IMAGE)
    ends = [one.get_x() + one.get_width() for one in figure.findobj(Rectangle)]
    assert max(ends) <= WIDTH


@pytest.mark.parametrize(
    ("layers", "looked"),
    [({"a": -np.ones((1, 2, 2))}, IMAGE), ({"a": IMAGE}, IMAGE), (LAYERS, np.ones((2, 2)))],
)
def test_what_does_not_fit_together_is_refused(
    layers: dict[str, np.ndarray], looked: np.ndarray
) -> None:
    with pytest.raises(ValueError, match="expected"):
        figures.answer(IMAGE, layers, SHARES, looked)
