"""Functions with derivatives, and series over one axis."""

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure

import figures
from figures.lines import APART, HEIGHT, spread
from worked.palette import CYCLE

Texts = Callable[[Figure], list[str]]
X = np.linspace(-2, 2, 101)
RELU = np.maximum(X, 0), (X > 0) * 1.0


def test_every_function_has_a_panel_with_its_name(texts: Texts) -> None:
    figure = figures.curves(X, {"ReLU": RELU, "tanh": (np.tanh(X), 1 - np.tanh(X) ** 2)})
    assert {"ReLU", "tanh", "f(x)", "f′(x)"} <= set(texts(figure))
    assert len(figure.axes) == 3


def test_the_function_is_solid_and_its_derivative_dashed() -> None:
    panel = figures.curves(X, {"tanh": (np.tanh(X), 1 - np.tanh(X) ** 2)}).axes[0]
    function, derivative = panel.lines[2:]
    assert function.get_linestyle() == "-"
    assert derivative.get_linestyle() == "--"
    assert np.array_equal(function.get_ydata(), np.tanh(X))


def test_both_zero_axes_are_drawn() -> None:
    panel = figures.curves(X, {"ReLU": RELU}).axes[0]
    assert list(panel.lines[0].get_ydata()) == [0, 0]
    assert list(panel.lines[1].get_xdata()) == [0, 0]


def test_a_jump_is_not_drawn_as_a_line() -> None:
    function, derivative = figures.curves(X, {"ReLU": RELU}).axes[0].lines[2:]
    assert np.isnan(derivative.get_ydata()).sum() == 1
    assert not np.isnan(function.get_ydata()).any()


def test_a_function_without_derivative_is_drawn_alone(texts: Texts) -> None:
    figure = figures.curves(X, {"sign": (np.sign(X), None)})
    assert len(figure.axes[0].lines) == 3
    assert not {"f(x)", "f′(x)"} & set(texts(figure))


def test_panels_can_share_one_range() -> None:
    panels = figures.curves(X, {"a": (X, None), "b": (9 * X, None)}, ylim=(-1, 1)).axes[:2]
    assert [panel.get_ylim() for panel in panels] == [(-1, 1), (-1, 1)]


def test_panels_can_share_less_width() -> None:
    functions = {"a": (X, None), "b": (X, None)}
    for width in (310, 260):
        figure = figures.curves(X, functions, width=width)
        assert 72 * figure.get_figwidth() == pytest.approx(width)


def test_each_series_is_named_in_its_own_colour() -> None:
    axes = figures.lines(X, {"a": X, "b": X**2}).axes[0]
    assert [text.get_text() for text in axes.texts] == ["a", "b"]
    assert [text.get_color() for text in axes.texts] == list(CYCLE[:2])
    assert [line.get_color() for line in axes.lines] == list(CYCLE[:2])


def test_names_stand_at_the_ends_of_their_lines() -> None:
    axes = figures.lines(X, {"low": -X, "high": X}).axes[0]
    low, high = (text.xy[1] for text in axes.texts)
    assert low < 0.1
    assert high > 0.85


def test_names_of_lines_that_meet_do_not_touch() -> None:
    axes = figures.lines(X, {"a": X, "b": X, "c": X}).axes[0]
    heights = sorted(text.xy[1] * HEIGHT for text in axes.texts)
    assert np.diff(heights) == pytest.approx([APART, APART])


def test_names_are_moved_as_little_as_needed() -> None:
    assert spread([0, 100, 50], 12) == [0, 100, 50]
    assert spread([0, 0], 12) == [-6, 6]
    assert spread([0, 10, 20], 12) == pytest.approx([-2, 10, 22])
    assert spread([5, 0, 5.5, 40], 10) == pytest.approx([3.5, -6.5, 13.5, 40])


def test_no_name_is_moved_below_the_axis() -> None:
    assert spread([0, 1, 40], 10, least=0) == [0, 10, 40]
    assert spread([0, 1, 19], 10, least=0) == [0, 10, 20]


def test_axes_are_logarithmic_where_asked() -> None:
    axes = figures.lines(X + 3, {"a": X + 3}, logx=True, logy=False).axes[0]
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "linear")


def test_both_axes_are_named(texts: Texts) -> None:
    assert {"epoch", "loss (nats)"} <= set(
        texts(figures.lines(X, {"a": X}, "epoch", "loss (nats)"))
    )


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: figures.curves(X[::-1], {"a": (X, X)}), "x: expected rising numbers"),
        (lambda: figures.curves(X, {"a": (X[1:], X)}), r"^a: expected shape \(101,\)"),
        (lambda: figures.curves(X, {"a": (X, X[1:])}), r"derivative of a: .* got \(100,\)"),
        (lambda: figures.curves(X, {}), "at least one function"),
        (lambda: figures.lines(X, {"a": X[1:]}), r"a: expected shape \(101,\) as x, got \(100,\)"),
        (lambda: figures.lines(X, {}), "series: expected 1 to 6, got 0"),
        (lambda: figures.lines(X, {"a": X}, logx=True), "above 0 for a logarithmic axis, got -2"),
        (lambda: figures.lines(X, {"a": -(X**2)}, logy=True), "some above 0"),
        (lambda: figures.lines(X, {"a": X * np.nan}), "a: expected numbers to draw"),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw: Callable[[], Figure], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw()
