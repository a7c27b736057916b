"""Runs of a training as small multiples: several seeds each, beside a run that went well."""

from collections.abc import Mapping, Sequence
from math import ceil

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from figures.style import (
    DASHES,
    HAIR,
    MARGIN,
    STROKE,
    TEXT,
    WIDTH,
    panel,
    paper,
    styled,
    text_width,
    tick,
)
from worked.palette import CYCLE, FG, MUTED

HEIGHT = 62.0
"""Height of a panel's axes, points."""
APART = 12.0
"""Between two columns, points."""
HEAD, FOOT = 18.0, 30.0
"""Room above each panel for its name, below the last row for ticks and the name of x, points."""
SHADE = 0.25
"""Alpha of the band from the lowest seed to the highest."""


@styled
def runs(
    x: ArrayLike,
    panels: Mapping[str, Sequence[ArrayLike]],
    *,
    beside: ArrayLike | None = None,
    level: float | None = None,
    top: float,
    columns: int = 3,
    xlabel: str = "",
) -> Figure:
    """Draw a panel for each run: the mean of its seeds as a line in a band from lowest to highest.

    x: (N,); panels: name -> one or two series (S, N), the second dashed and without a band.
    What is not finite, or lies above `top`, is drawn at the top.  beside: (N,), the same grey
    line in each panel; level: a dotted line in each.  y begins at 0.
    Raises ValueError where the shapes do not fit.
    """
    places = np.asarray(x, dtype=np.float64)
    series = {name: [_clipped(name, y, places, top) for y in ys] for name, ys in panels.items()}
    if not series or columns < 1 or not all(1 <= len(ys) <= 2 for ys in series.values()):
        raise ValueError("runs: expected a panel or more, each with one or two series")
    left = MARGIN + text_width(f"{top:g}") + 6
    wide = (WIDTH - left - MARGIN - (columns - 1) * APART) / columns
    rows = ceil(len(series) / columns)
    figure = paper(WIDTH, rows * (HEAD + HEIGHT) + FOOT + (rows - 1) * 6)
    for n, (name, ys) in enumerate(series.items()):
        row, column = divmod(n, columns)
        axes = panel(
            figure,
            left + column * (wide + APART),
            row * (HEAD + HEIGHT + 6) + HEAD,
            wide,
            HEIGHT,
        )
        if level is not None:
            axes.axhline(level, color=MUTED, linewidth=HAIR, linestyle=":")
        if beside is not None:
            axes.plot(places, np.asarray(beside, np.float64), color=MUTED, linewidth=HAIR)
        _draw(axes, places, ys)
        axes.set_xlim(places[0], places[-1])
        axes.set_ylim(0, top)
        axes.set_title(name, loc="left", fontsize=TEXT, color=FG, pad=4)
        tick(axes.xaxis, 2)
        tick(axes.yaxis, 3)
        axes.tick_params(labelleft=column == 0, labelbottom=n + columns >= len(series))
    lowest = 1 - (rows * (HEAD + HEIGHT) + (rows - 1) * 6 + FOOT - 4) / (
        72 * figure.get_figheight()
    )
    figure.text(left / WIDTH, lowest, xlabel, fontsize=TEXT, color=MUTED)
    return figure


def _clipped(name: str, y: ArrayLike, x: NDArray[np.float64], top: float) -> NDArray[np.float64]:
    rows = np.asarray(y, dtype=np.float64)
    if rows.ndim != 2 or rows.shape[1:] != x.shape or not rows.size:
        raise ValueError(f"{name}: expected shape (S, {x.size}), got {rows.shape}")
    return np.where(np.isfinite(rows), np.minimum(rows, top), top)


def _draw(axes: Axes, x: NDArray[np.float64], ys: list[NDArray[np.float64]]) -> None:
    low, high = ys[0].min(axis=0), ys[0].max(axis=0)
    axes.fill_between(x, low, high, color=CYCLE[0], alpha=SHADE, linewidth=0)
    for rows, color, style in zip(ys, CYCLE[:2], ("-", DASHES), strict=False):
        axes.plot(x, rows.mean(axis=0), color=color, linewidth=STROKE, linestyle=style)
