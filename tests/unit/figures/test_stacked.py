"""Stacked layers: which neurons are drawn as read, and where they stand."""

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

import figures


def rows(figure: Figure) -> list[list[Rectangle]]:
    """Return the cells of every row, from the pixels up."""
    cells = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    tops = sorted({cell.get_y() for cell in cells}, reverse=True)
    return [[cell for cell in cells if cell.get_y() == top] for top in tops]


def filled(row: list[Rectangle]) -> list[bool]:
    return [cell.get_facecolor()[3] > 0 for cell in row]


def test_two_layers_of_three_taps_read_five_pixels() -> None:
    pixels, first, last = rows(figures.stacked([(3, 1, 1)] * 2))
    assert (filled(pixels), filled(first), filled(last)) == ([True] * 5, [True] * 3, [True])


def test_pixels_between_dilated_taps_are_hollow() -> None:
    pixels, _ = rows(figures.stacked([(3, 1, 2)]))
    assert filled(pixels) == [True, False, True, False, True]


def test_neurons_after_a_stride_stand_further_apart() -> None:
    pixels, pooled, _ = rows(figures.stacked([(2, 2, 1), (3, 1, 1)]))
    width = pixels[0].get_width()
    assert np.allclose(np.diff([cell.get_x() for cell in pooled]), 2 * width)


@pytest.mark.parametrize("layers", [[(3, 1, 1), (2, 2, 1)], [(3, 2, 2), (1, 1, 1), (4, 1, 3)]])
def test_every_neuron_stands_above_the_middle_of_what_it_reads(
    layers: list[tuple[int, int, int]],
) -> None:
    figure = figures.stacked(layers)
    for lines in figure.axes[0].collections:
        assert isinstance(lines, LineCollection)
        ends: dict[float, list[float]] = {}
        for (above, _), (below, _) in lines.get_segments():
            ends.setdefault(round(above, 6), []).append(below)
        for above, below in ends.items():
            assert np.mean(below) == pytest.approx(above)


def test_the_names_stand_beside_their_rows(texts: Callable[[Figure], list[str]]) -> None:
    assert texts(figures.stacked([(3, 1, 1)], ["pixels", "one"])) == ["pixels", "one"]


@pytest.mark.parametrize(
    ("layers", "names", "message"),
    [
        ([], [], "expected .k, s, d."),
        ([(3, 0, 1)], [], "from 1 up"),
        ([(3, 1, 1)], ["pixels"], "names: expected 2"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    layers: list[tuple[int, int, int]], names: list[str], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        figures.stacked(layers, names)
