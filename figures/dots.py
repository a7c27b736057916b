"""Numbers as dots on one axis, a row for each, where no axis from zero would tell them apart."""

from collections.abc import Collection, Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from figures.style import (
    GAP,
    HAIR,
    MARGIN,
    SIZE,
    TEXT,
    WIDTH,
    panel,
    paper,
    styled,
    text_width,
    tick,
)
from worked.palette import ACCENT, LINE, MUTED

ROW = 16.0
"""From one row to the next, points."""
FOOT = 38.0
"""Below the rows, for ticks and the name of the axis, points."""
AREA = 34.0
"""Of a dot, square points."""


@styled
def dots(
    labels: Sequence[str], values: ArrayLike, xlabel: str = "", *, marked: Collection[int] = ()
) -> Figure:
    """Draw a dot for each value in a row of its own, from top to bottom, joined by a thin line.

    values: (N,), finite; marked: the rows whose dots have the accent.
    Raises ValueError where these do not fit together.
    """
    numbers = np.asarray(values, dtype=np.float64)
    if numbers.ndim != 1 or not numbers.size or not np.isfinite(numbers).all():
        raise ValueError(f"dots: expected finite numbers (N,), got shape {numbers.shape}")
    if len(labels) != numbers.size:
        raise ValueError(f"dots: expected {numbers.size} labels, got {len(labels)}")
    if not set(marked) <= set(range(numbers.size)):
        raise ValueError(f"dots: expected marked rows below {numbers.size}, got {sorted(marked)}")
    rows = np.arange(numbers.size)
    left = MARGIN + max(map(text_width, labels)) + GAP
    high = ROW * numbers.size
    figure = paper(WIDTH, high + FOOT + 2 * MARGIN)
    axes = panel(figure, left, MARGIN, WIDTH - left - 12, high)
    axes.set_ylim(numbers.size - 0.5, -0.5)
    axes.spines["left"].set_visible(False)
    axes.set_yticks(rows, labels)
    axes.tick_params(axis="y", length=0)
    axes.hlines(rows, 0, 1, transform=axes.get_yaxis_transform(), color=LINE, linewidth=HAIR)
    axes.plot(numbers, rows, color=MUTED, linewidth=HAIR)
    axes.scatter(
        numbers,
        rows,
        s=AREA,
        color=[ACCENT if row in marked else SIZE for row in rows],
        zorder=3,
        clip_on=False,
    )
    axes.margins(x=0.06)
    tick(axes.xaxis, 4)
    axes.set_xlabel(xlabel, fontsize=TEXT, color=MUTED, labelpad=4)
    return figure
