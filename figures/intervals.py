"""Means of several runs with their spread, a row for each thing compared."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from figures.style import (
    GAP,
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
from worked.palette import CYCLE, FG, LINE, MUTED

STEP = 24.0
"""From one row to the next, points."""
HEAD, FOOT = 20.0, 36.0
"""Room for the names of the series above, for ticks and the name of the axis below, points."""
DOT = 5.0
"""Diameter of a mean, points."""
BESIDE = 0.17
"""Of a row: how far the series of one row stand from its middle."""


@styled
def intervals(
    labels: Sequence[str],
    series: Mapping[str, ArrayLike],
    xlabel: str = "",
) -> Figure:
    """Draw for each label the mean of each series, and a line from its lowest run to its highest.

    series: name -> (L, S), for L labels and S runs; one or two of them.
    Raises ValueError where the shapes do not fit.
    """
    rows = {name: np.asarray(values, dtype=np.float64) for name, values in series.items()}
    if not 1 <= len(rows) <= 2:
        raise ValueError(f"series: expected one or two, got {len(rows)}")
    for name, values in rows.items():
        if values.ndim != 2 or len(values) != len(labels) or not np.isfinite(values).all():
            raise ValueError(
                f"{name}: expected finite numbers ({len(labels)}, S), got shape {values.shape}"
            )
    high = STEP * len(labels)
    left = MARGIN + max(text_width(label) for label in labels) + GAP
    figure = paper(WIDTH, HEAD + high + FOOT)
    axes = panel(figure, left, HEAD, WIDTH - left - 2 * MARGIN - GAP, high)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.set_yticks(range(len(labels)), labels, color=FG, fontsize=TEXT)
    axes.tick_params(axis="y", length=0)
    places = np.arange(len(labels))
    shifts = (0.0,) if len(rows) == 1 else (-BESIDE, BESIDE)
    for at in range(len(labels)):
        axes.axhline(at, color=LINE, linewidth=HAIR, zorder=0)
    across = left
    for (name, values), color, shift in zip(rows.items(), CYCLE, shifts, strict=False):
        axes.hlines(
            places + shift, values.min(axis=1), values.max(axis=1), color=color, linewidth=STROKE
        )
        axes.plot(
            values.mean(axis=1),
            places + shift,
            marker="o",
            markersize=DOT,
            color=color,
            linestyle="None",
        )
        if len(rows) > 1:
            y = 1 - 0.6 * HEAD / (HEAD + high + FOOT)
            figure.text(across / WIDTH, y, name, fontsize=TEXT, color=color)
            across += text_width(name) + 2 * GAP
    tick(axes.xaxis, 4)
    axes.set_xlabel(xlabel, fontsize=TEXT, color=MUTED, labelpad=4)
    return figure
