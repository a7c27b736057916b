"""Runs as small multiples, means with their spread, and lines in a band."""

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure

import figures
from worked.palette import CYCLE

Texts = Callable[[Figure], list[str]]
X = np.arange(5.0)
FIVE = np.arange(15.0).reshape(3, 5)


def test_each_run_has_a_panel_with_its_name(texts: Texts) -> None:
    figure = figures.runs(X, {"A": (FIVE,), "B": (FIVE,)}, top=20, xlabel="step")
    assert {"A", "B", "step"} <= set(texts(figure))
    assert len(figure.axes) == 2


def test_a_line_is_the_mean_of_its_seeds_and_the_second_is_dashed() -> None:
    panel = figures.runs(X, {"A": (FIVE, FIVE + 1)}, top=20).axes[0]
    first, second = panel.lines
    assert np.allclose(first.get_ydata(), FIVE.mean(axis=0))
    assert second.get_linestyle() == "--"
    assert [line.get_color() for line in panel.lines] == list(CYCLE[:2])


def test_what_overflows_is_drawn_at_the_top() -> None:
    wild = np.where(FIVE > 12, np.inf, FIVE)
    wild[0, 0] = np.nan
    panel = figures.runs(X, {"A": (wild,)}, top=9).axes[0]
    assert panel.get_ylim() == (0, 9)
    assert np.asarray(panel.lines[0].get_ydata()).max() <= 9


def test_a_run_beside_and_a_level_are_in_every_panel() -> None:
    figure = figures.runs(
        X, {"A": (FIVE,), "B": (FIVE,)}, top=20, beside=FIVE.mean(axis=0), level=2.3
    )
    for panel in figure.axes:
        assert len(panel.lines) == 3
        assert list(panel.lines[0].get_ydata()) == [2.3, 2.3]


def test_intervals_go_from_the_lowest_run_to_the_highest(texts: Texts) -> None:
    values = np.array([[1.0, 2, 6], [3, 4, 5]])
    figure = figures.intervals(["a", "b"], {"x": values, "y": values + 1}, "per cent")
    assert {"a", "b", "x", "y", "per cent"} <= set(texts(figure))
    panel = figure.axes[0]
    means = [line for line in panel.lines if line.get_marker() == "o"]
    assert np.allclose(means[0].get_xdata(), [3, 4])
    (first, *_) = panel.collections
    assert [segment[:, 0].tolist() for segment in first.get_segments()] == [[1, 6], [3, 5]]


def test_a_line_may_have_a_band() -> None:
    axes = figures.lines(X, {"a": X, "b": X}, within={"a": (X - 1, X + 1)}).axes[0]
    (band,) = axes.collections
    assert band.get_datalim(axes.transData).y0 == -1


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: figures.runs(X, {}, top=1), "a panel or more"),
        (lambda: figures.runs(X, {"A": (FIVE[0],)}, top=1), r"A: expected shape \(S, 5\)"),
        (lambda: figures.runs(X, {"A": (FIVE,) * 3}, top=1), "one or two series"),
        (lambda: figures.intervals(["a"], {"x": FIVE}), r"finite numbers \(1, S\)"),
        (lambda: figures.intervals(["a"], {}), "one or two, got 0"),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw: Callable[[], Figure], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw()
