"""Measurements as dots on one axis."""

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure

from figures.strip import strip
from worked.palette import FG, MAP

ROWS = {"one": [50.0, 70.0, 60.0], "other": [100.0]}


def drawn(figure: Figure, colour: str) -> list[np.ndarray]:
    """Return the points of the lines and dots of a colour, row by row."""
    return [
        np.asarray(line.get_xydata()) for line in figure.axes[0].lines if line.get_color() == colour
    ]


def test_each_measurement_is_a_dot_on_its_place() -> None:
    one, other = drawn(strip(ROWS, (40, 100)), MAP)
    assert len(one) == 3
    assert len(other) == 1
    low, high = one[0, 0], other[0, 0]
    assert one[1, 0] == pytest.approx(low + (high - low) * 20 / 50)
    assert one[0, 1] == one[1, 1] < other[0, 1]  # y grows downwards


def test_a_line_stands_at_the_mean() -> None:
    figure = strip(ROWS, (40, 100))
    means, marks = drawn(figure, FG), drawn(figure, MAP)
    assert means[0][0, 0] == pytest.approx(marks[0][:, 0].mean())
    assert means[1][0, 0] == pytest.approx(marks[1][0, 0])


def test_it_says_the_rows_the_ends_and_the_guide(texts: Callable[[Figure], list[str]]) -> None:
    figure = strip(ROWS, (40, 100), "right, %", guide=(50, "chance"))
    assert texts(figure) == ["chance", "40", "100", "one", "other", "right, %"]


@pytest.mark.parametrize("rows", [{}, {"a": []}, {"a": [39]}, {"a": [[50, 60]]}])
def test_what_cannot_be_drawn_is_refused(rows: dict[str, list[float]]) -> None:
    with pytest.raises(ValueError, match=r"expected"):
        strip(rows, (40, 100))
