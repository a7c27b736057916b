"""A strip plot: every measurement of a series as a dot on one axis, a row for each series."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from figures.style import (
    DASHES,
    GAP,
    HAIR,
    MARGIN,
    OUTLINE,
    SIZE,
    WIDTH,
    canvas,
    styled,
    text_width,
    write,
)
from worked.palette import BG, FG, LINE, MUTED

STEP = 22.0
"""From one row to the next, points."""
DOT = 5.0
"""Diameter of a dot, points."""
TICK = 6.0
"""Half of the height of the line at a mean, points."""
FOOT = 16.0
"""Height of a line of text below the rows, points."""


@styled
def strip(
    rows: Mapping[str, ArrayLike],
    ends: tuple[float, float],
    xlabel: str = "",
    *,
    guide: tuple[float, str] | None = None,
) -> Figure:
    """Draw a row for each series, from top to bottom: its numbers as dots, their mean as a line.

    rows: name -> (N,), between the ends of the axis; ends: of the axis, which are written there.
    guide: a place on the axis, dashed, and its name.
    Raises ValueError where a row is empty or a number beyond the ends.
    """
    low, high = ends
    series = {name: np.asarray(numbers, dtype=np.float64) for name, numbers in rows.items()}
    if not series or not low < high:
        raise ValueError("strip: expected at least one row, and an axis that rises")
    for name, numbers in series.items():
        if numbers.ndim != 1 or not numbers.size:
            raise ValueError(f"{name}: expected numbers (N,), got shape {numbers.shape}")
        if not ((numbers >= low) & (numbers <= high)).all():
            raise ValueError(f"{name}: expected numbers from {low:g} to {high:g}")
    left = MARGIN + max(text_width(name) for name in series) + 2 * GAP
    right = WIDTH - MARGIN - text_width(f"{high:g}") / 2
    bottom = MARGIN + STEP * len(series)
    lines = 1 + bool(xlabel)
    figure, axes = canvas(WIDTH, bottom + lines * FOOT + 2 * MARGIN)

    def place(number: float) -> float:
        return float(left + (number - low) / (high - low) * (right - left))

    if guide is not None:
        x, said = place(guide[0]), guide[1]
        axes.plot(
            [x, x],
            [MARGIN, bottom],
            color=MUTED,
            linewidth=HAIR,
            linestyle=DASHES,
            clip_on=False,
        )
        write(axes, x, bottom + FOOT / 2, said, color=MUTED)
    for number in ends:
        write(axes, place(number), bottom + FOOT / 2, f"{number:g}", color=MUTED)
    for n, (name, numbers) in enumerate(series.items()):
        y = MARGIN + (n + 0.5) * STEP
        axes.plot([left, right], [y, y], color=LINE, linewidth=HAIR, zorder=0, clip_on=False)
        write(axes, left - 2 * GAP, y, name, ha="right")
        mean = place(numbers.mean())
        axes.plot([mean, mean], [y - TICK, y + TICK], color=FG, linewidth=OUTLINE, clip_on=False)
        axes.plot(
            [place(number) for number in numbers],
            [y] * numbers.size,
            color=SIZE,
            marker="o",
            markersize=DOT,
            markeredgecolor=BG,
            markeredgewidth=HAIR,
            linestyle="None",
            clip_on=False,
        )
    if xlabel:
        write(axes, (left + right) / 2, bottom + 1.5 * FOOT, xlabel, color=MUTED)
    return figure
