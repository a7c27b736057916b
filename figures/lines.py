"""Series over one axis, each named at its end."""

import math
from collections.abc import Iterable, Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from figures.style import (
    GAP,
    MARGIN,
    STROKE,
    TEXT,
    WIDTH,
    panel,
    paper,
    styled,
    text_width,
    tick,
    tick_powers,
)
from worked.palette import CYCLE, MUTED

Band = tuple[ArrayLike, ArrayLike]
"""The lowest and the highest of several runs, (N,) each."""

HEIGHT = 140.0
"""Height of the axes, points."""
HEAD, FOOT = 22.0, 38.0
"""Room above the axes for the name of y, below them for ticks and the name of x, points."""
TALL = HEAD + HEIGHT + FOOT
DOT = 3.5
"""Diameter of a mark on a sample, points."""
APART = 13.0
"""Least distance between two names, points."""
SHADE = 0.22
"""Alpha of a band around a line."""


@styled
def lines(
    x: ArrayLike,
    series: Mapping[str, ArrayLike],
    xlabel: str = "",
    ylabel: str = "",
    logx: bool = False,
    logy: bool = False,
    *,
    points: bool = False,
    within: Mapping[str, Band] | None = None,
) -> Figure:
    """Draw one line for each series, with its name at its end in the same colour.

    x: (N,); series: name -> (N,), gaps as NaN, six at most; points: mark every sample.
    within: name of a series -> the lowest and highest of the runs that it is the mean of, shaded.
    Raises ValueError where shapes do not fit, or a logarithmic axis has no positive number.
    """
    places = np.asarray(x, dtype=np.float64)
    rows = {name: np.asarray(y, dtype=np.float64) for name, y in series.items()}
    _check(places, rows, logx=logx, logy=logy)
    figure = paper(WIDTH, TALL)
    axes = panel(figure, 0, HEAD, WIDTH, HEIGHT)
    axes.set_xscale("log" if logx else "linear")
    axes.set_yscale("log" if logy else "linear")
    for color, (name, y) in zip(CYCLE, rows.items(), strict=False):
        if within and name in within:
            axes.fill_between(places, *within[name], color=color, alpha=SHADE, linewidth=0)
        axes.plot(
            places,
            y,
            color=color,
            linewidth=STROKE,
            marker="o" if points else "None",
            markersize=DOT,
        )
    axes.margins(x=0.03 if points else 0.0)
    for axis, limits, log in (
        (axes.xaxis, axes.get_xlim(), logx),
        (axes.yaxis, axes.get_ylim(), logy),
    ):
        if log:
            tick_powers(axis, *limits)
        else:
            tick(axis, 5)
    _place(axes, rows)
    axes.set_xlabel(xlabel, fontsize=TEXT, color=MUTED, labelpad=4)
    high = 1 - 0.6 * HEAD / TALL
    figure.text(MARGIN / WIDTH, high, ylabel, fontsize=TEXT, color=MUTED)
    _name(axes, places, rows)
    return figure


def _place(axes: Axes, names: Iterable[str]) -> None:
    """Leave room for the numbers on the left and for the names of the lines on the right."""
    numbers = (label.get_text() for label in axes.get_yticklabels())
    left = MARGIN + max((text_width(number) for number in numbers), default=0.0) + 6
    right = MARGIN + max(text_width(name) for name in names) + GAP
    axes.set_position(
        (left / WIDTH, FOOT / TALL, (WIDTH - left - right) / WIDTH, HEIGHT / TALL),
    )


def _check(
    x: NDArray[np.float64], rows: dict[str, NDArray[np.float64]], *, logx: bool, logy: bool
) -> None:
    if x.ndim != 1 or x.size < 2:
        raise ValueError(f"x: expected (N,) with N ≥ 2, got shape {x.shape}")
    if not 1 <= len(rows) <= len(CYCLE):
        raise ValueError(f"series: expected 1 to {len(CYCLE)}, got {len(rows)}")
    for name, y in rows.items():
        if y.shape != x.shape:
            raise ValueError(f"{name}: expected shape {x.shape} as x, got {y.shape}")
        if not np.isfinite(y).any() or (logy and not (y > 0).any()):
            raise ValueError(f"{name}: expected numbers to draw" + ", some above 0" * logy)
    if logx and not (x > 0).all():
        raise ValueError(f"x: expected numbers above 0 for a logarithmic axis, got {x.min():g}")


def _name(axes: Axes, x: NDArray[np.float64], rows: dict[str, NDArray[np.float64]]) -> None:
    """Write every name beside the end of its line, moved apart where they would touch."""
    ends = [np.flatnonzero(np.isfinite(y))[-1] for y in rows.values()]
    low, high = axes.transAxes.transform([(0, 0), (0, 1)])[:, 1]
    heights = [
        (axes.transData.transform((x[end], y[end]))[1] - low) / (high - low) * HEIGHT
        for end, y in zip(ends, rows.values(), strict=True)
    ]
    for (name, color), height in zip(
        zip(rows, CYCLE, strict=False), spread(heights, APART, least=0.0), strict=True
    ):
        axes.annotate(
            name,
            (1.0, (height - 0.36 * TEXT) / HEIGHT),
            xycoords="axes fraction",
            xytext=(GAP - 2, 0),
            textcoords="offset points",
            fontsize=TEXT,
            color=color,
            annotation_clip=False,
        )


def spread(places: list[float], apart: float, least: float = -math.inf) -> list[float]:
    """Move numbers apart to at least that distance, as little as needed, keeping their order.

    None goes below `least`, which is below all of them.
    """

    def start(group: list[int]) -> float:
        middle = sum(places[n] for n in group) / len(group)
        return max(middle - apart * (len(group) - 1) / 2, least)

    order = sorted(range(len(places)), key=lambda n: places[n])
    groups: list[list[int]] = []
    for n in order:
        groups.append([n])
        while len(groups) > 1 and start(groups[-1]) < start(groups[-2]) + apart * len(groups[-2]):
            groups[-2:] = [groups[-2] + groups[-1]]
    moved = list(places)
    for group in groups:
        for step, n in enumerate(group):
            moved[n] = start(group) + step * apart
    return moved
