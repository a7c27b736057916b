"""Points of two classes in the plane, with the lines that part them."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from figures.numbers import one_each
from figures.style import (
    DASHES,
    MARGIN,
    STROKE,
    TEXT,
    panel,
    paper,
    styled,
    tick,
)
from worked.palette import ACCENT, BG, FG, MUTED

Line = tuple[float, float, float]
"""a, b and c of the line on which ax + by = c."""

SIDE = 100.0
"""Width and height of a panel's axes, points."""
LEFT, RIGHT, HEAD, FOOT = 22.0, 12.0, 20.0, 36.0
"""Room around each panel's axes: tick labels and names, points."""
AREA = 60.0
"""Of a point, square points."""
ROOM = 0.3
"""Between the outermost points and the edge, units of the data."""


@styled
def points(
    clouds: Sequence[ArrayLike],
    classes: ArrayLike,
    lines: Sequence[Sequence[Line]] = (),
    names: Sequence[tuple[str, str]] = (),
) -> Figure:
    """Draw the same points at several stages side by side: class 1 filled, class 0 open.

    clouds: (N, 2), one for each stage; classes: (N,) of 0 and 1.
    lines: for each stage the lines (a, b, c) to dash, ax + by = c; names: of its two axes.
    Raises ValueError where these do not fit together.
    """
    filled = np.asarray(classes)
    stages = [np.asarray(cloud, dtype=np.float64) for cloud in clouds]
    if not stages or not np.isin(filled, (0, 1)).all():
        raise ValueError("points: expected at least one cloud, and classes 0 and 1")
    for n, stage in enumerate(stages, start=1):
        if stage.shape != (filled.size, 2):
            raise ValueError(f"cloud {n}: expected ({filled.size}, 2), got shape {stage.shape}")
    one_each("lines", lines, "cloud", len(stages))
    one_each("names", names, "cloud", len(stages))
    across, down = LEFT + SIDE + RIGHT, HEAD + SIDE + FOOT
    figure = paper(len(stages) * across + 2 * MARGIN, down + 2 * MARGIN)
    for n, stage in enumerate(stages):
        axes = panel(figure, MARGIN + n * across + LEFT, MARGIN + HEAD, SIDE, SIDE)
        _draw_stage(axes, stage, filled.astype(bool), lines[n] if lines else ())
        if names:
            axes.set_xlabel(names[n][0], fontsize=TEXT, color=MUTED, labelpad=4)
            axes.set_title(names[n][1], loc="left", fontsize=TEXT, color=MUTED, pad=5)
    return figure


def _draw_stage(
    axes: Axes, stage: NDArray[np.float64], filled: NDArray[np.bool_], lines: Sequence[Line]
) -> None:
    for a, b, c in lines:
        x, y = (part * c / (a * a + b * b) for part in (a, b))  # nearest to the origin
        axes.axline(
            (x, y),
            (x + b, y - a),
            color=ACCENT,
            linewidth=STROKE,
            linestyle=DASHES,
        )
    axes.scatter(
        stage[:, 0],
        stage[:, 1],
        s=AREA,
        c=[FG if one else BG for one in filled],
        edgecolors=FG,
        linewidths=STROKE,
        zorder=3,
    )
    low, high = stage.min(axis=0) - ROOM, stage.max(axis=0) + ROOM
    axes.set_xlim(low[0], high[0])
    axes.set_ylim(low[1], high[1])
    tick(axes.xaxis, 3)
    tick(axes.yaxis, 3)
