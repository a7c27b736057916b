"""An input with its padding, and the places that the first windows read."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path
from numpy.typing import ArrayLike, NDArray

from figures.grids import draw_grid, grid, outline
from figures.numbers import Format, matrix
from figures.positions import Size, positions, two
from figures.style import CELL, HAIR, MARGIN, canvas, styled
from worked.palette import ACCENT, MUTED

EDGE = 12.0
"""Room above and left of the matrix for the marks of the windows, points."""
MARK = 2.2
"""Radius of a mark, points."""


@styled
def padded(
    x: ArrayLike,
    padding: Size,
    kernel: Size | ArrayLike,
    stride: Size,
    dilation: Size = 1,
    *,
    fmt: Format | None = None,
    signed: bool = True,
) -> Figure:
    """Draw an input with its ring of zeros, the first window and, dashed, the next one.

    x: (H, W); padding, kernel, stride, dilation: one number or (rows, columns); kernel may be
    the kernel itself.  The dots on the top and on the left stand where windows begin: as many as
    the output has columns and rows.  Cells that no window reads are struck through.
    signed: whether the numbers may be negative.
    Raises ValueError where a size is none or no window fits.
    """
    values = matrix(x, "x")
    ring = two(padding, "padding", least=0)
    full = np.pad(values, [(side, side) for side in ring])
    swept = positions(full.shape, kernel, stride, dilation)
    inside = np.zeros(full.shape, dtype=bool)
    inside[ring[0] : ring[0] + values.shape[0], ring[1] : ring[1] + values.shape[1]] = True
    unread = np.ones(full.shape, dtype=bool)
    unread[np.ix_(swept.read(0), swept.read(1))] = False

    drawn = grid(full, fmt=fmt, signed=signed)
    drawn.tints[unread, 3] = 0
    at, cell = (EDGE, EDGE), (drawn.cell, CELL)
    figure, axes = canvas(EDGE + drawn.width + MARGIN, EDGE + drawn.height + MARGIN)
    draw_grid(axes, drawn, *at, muted=unread | ~inside)
    _strike(axes, drawn.cell, unread)
    if any(ring):
        outline(axes, at, cell, (*ring, *values.shape), color=MUTED, width=1.0)
    for place in _second(swept.starts):
        outline(axes, at, cell, (*place, *swept.reach), linestyle=(0, (2.0, 1.5)))
    outline(axes, at, cell, (0, 0, *swept.reach))
    if swept.dilation != (1, 1):
        for r, c in np.ndindex(*swept.taps):
            tap = (r * swept.dilation[0], c * swept.dilation[1], 1, 1)
            outline(axes, at, cell, tap, width=1.2)
    _mark(axes, drawn.cell, swept.starts)
    return figure


def _second(starts: tuple[range, range]) -> list[tuple[int, int]]:
    """Return the place of the window after the first one, if there is one."""
    down, across = starts
    if len(across) > 1:
        return [(0, across[1])]
    return [(down[1], 0)] if len(down) > 1 else []


def _strike(axes: Axes, width: float, unread: NDArray[np.bool_]) -> None:
    """Strike cells through, as one path."""
    if not unread.any():
        return
    ends = [
        ((EDGE + c * width, EDGE + (r + 1) * CELL), (EDGE + (c + 1) * width, EDGE + r * CELL))
        for r, c in np.argwhere(unread)
    ]
    path = Path(np.reshape(ends, (-1, 2)), [Path.MOVETO, Path.LINETO] * len(ends))
    axes.add_patch(PathPatch(path, fill=False, edgecolor=MUTED, linewidth=HAIR, clip_on=False))


def _mark(axes: Axes, width: float, starts: tuple[range, range]) -> None:
    """Mark the columns and the rows at which windows begin, the first in the accent."""
    near = EDGE / 2 - 1
    for n, column in enumerate(starts[1]):
        _dot(axes, (EDGE + (column + 0.5) * width, near), first=n == 0)
    for n, row in enumerate(starts[0]):
        _dot(axes, (near, EDGE + (row + 0.5) * CELL), first=n == 0)


def _dot(axes: Axes, at: tuple[float, float], *, first: bool) -> None:
    color = ACCENT if first else MUTED
    axes.add_patch(Circle(at, MARK, facecolor=color, edgecolor="none", clip_on=False))
