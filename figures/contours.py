"""Paths over the level lines of a function of two variables."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from figures.style import HAIR, MARGIN, STROKE, TEXT, WIDTH, panel, paper, styled, tick
from worked.palette import ACCENT, FG, MUTED

HEIGHT = 96.0
"""Height of a panel's axes, points."""
LEFT, RIGHT, HEAD, FOOT = 26.0, 10.0, 20.0, 22.0
"""Room for tick labels and names around each panel's axes, points."""
DOT = 3.0
"""Diameter of a mark on a place of the path, points."""


@styled
def contours(
    x: ArrayLike,
    y: ArrayLike,
    z: ArrayLike,
    paths: Mapping[str, ArrayLike],
    levels: int | ArrayLike = 8,
) -> Figure:
    """Draw each path in a panel of its own, over the same level lines.

    x: (W,), y: (H,), both rising; z: (H, W); paths: name -> (T, 2), places (x, y) in order.
    levels: the heights of the lines, rising; or how many, at equal steps of the square root of
    z - min z, so that those of a bowl stand at equal distances.
    What leaves the range of x and y is not drawn.
    Raises ValueError where shapes do not fit.
    """
    across, down, heights = (np.asarray(part, dtype=np.float64) for part in (x, y, z))
    if heights.shape != (down.size, across.size):
        raise ValueError(f"z: expected {(down.size, across.size)}, got shape {heights.shape}")
    if not paths:
        raise ValueError("contours: expected at least one path, got none")
    lines = _steps(heights, levels) if isinstance(levels, int) else np.asarray(levels)
    high = HEAD + HEIGHT + FOOT
    figure = paper(WIDTH, len(paths) * high + 2 * MARGIN)
    for n, (name, given) in enumerate(paths.items()):
        path = np.asarray(given, dtype=np.float64)
        if path.ndim != 2 or path.shape[1] != 2:
            raise ValueError(f"{name}: expected (T, 2), got shape {path.shape}")
        top = MARGIN + n * high + HEAD
        axes = panel(figure, LEFT, top, WIDTH - LEFT - RIGHT, HEIGHT)
        axes.contour(across, down, heights, levels=lines, colors=[MUTED], linewidths=HAIR)
        _draw_path(axes, path)
        axes.set_title(name, loc="left", fontsize=TEXT, color=FG, pad=5)
        axes.set_xlim(across[0], across[-1])
        axes.set_ylim(down[0], down[-1])
        tick(axes.xaxis, 5)
        tick(axes.yaxis, 3)
    return figure


def _steps(z: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    low, high = float(z.min()), float(z.max())
    shares: NDArray[np.float64] = np.arange(1, count + 1) / (count + 1)
    return low + (high - low) * shares**2


def _draw_path(axes: Axes, path: NDArray[np.float64]) -> None:
    axes.plot(
        path[:, 0],
        path[:, 1],
        color=ACCENT,
        linewidth=STROKE,
        marker="o",
        markersize=DOT,
    )
