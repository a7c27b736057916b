"""An input with its padding and the places that the first windows read."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path
from numpy.typing import ArrayLike

from figures.grids import draw_grid, grid, outline
from figures.numbers import Format, matrix
from figures.style import CELL, HAIR, MARGIN, canvas, styled
from worked.palette import ACCENT, LINE, MUTED

Size = int | tuple[int, int]
EDGE = 12.0
"""Room above and left of the matrix for the marks of the windows, points."""


@styled
def padded(
    x: ArrayLike,
    padding: Size,
    kernel: Size | ArrayLike,
    stride: Size,
    dilation: Size = 1,
    *,
    fmt: Format | None = None,
) -> Figure:
    """Draw an input with its ring of zeros, the taps of the first window and of the next one.

    x: (H, W); padding, kernel, stride, dilation: one number or (rows, columns); kernel may be
    the kernel itself.  Marks on the top and on the left stand where windows begin.
    Raises ValueError where no window fits.
    """
    values = matrix(x, "x")
    ring, steps, spaces = (
        _two(padding, "padding", 0),
        _two(stride, "stride", 1),
        _two(dilation, "dilation", 1),
    )
    taps = _taps(kernel)
    reach = [(k - 1) * d + 1 for k, d in zip(taps, spaces, strict=True)]
    sides = [n + 2 * p for n, p in zip(values.shape, ring, strict=True)]
    if any(r > s for r, s in zip(reach, sides, strict=True)):
        raise ValueError(
            f"padded: expected a window that fits into {sides[0]} × {sides[1]}, "
            f"got {reach[0]} × {reach[1]}"
        )
    starts = [range(0, s - r + 1, step) for s, r, step in zip(sides, reach, steps, strict=True)]
    full = np.pad(values, [(ring[0], ring[0]), (ring[1], ring[1])])
    drawn = grid(full, fmt=fmt)
    figure, axes = canvas(EDGE + drawn.width + MARGIN, EDGE + drawn.height + MARGIN)
    _draw_unread(axes, drawn.cell, _unread(full.shape, starts, taps, spaces))
    ringed = np.ones(full.shape, dtype=bool)
    ringed[ring[0] : sides[0] - ring[0], ring[1] : sides[1] - ring[1]] = False
    draw_grid(axes, drawn, EDGE, EDGE, muted=ringed)
    cell, at = (drawn.cell, CELL), (EDGE, EDGE)
    if ringed.any():
        outline(axes, at, cell, (ring[0], ring[1], *values.shape), color=MUTED, width=1.0)
    for window in _next(starts):
        outline(axes, at, cell, (*window, reach[0], reach[1]), linestyle=(0, (2.0, 1.5)))
    outline(axes, at, cell, (0, 0, reach[0], reach[1]))
    if spaces != (1, 1):
        for r, c in np.ndindex(*taps):
            tap = (r * spaces[0], c * spaces[1], 1, 1)
            outline(axes, at, cell, tap, width=1.0)
    _draw_starts(axes, drawn.cell, starts)
    return figure


def _two(size: Size, name: str, least: int) -> tuple[int, int]:
    """Return rows and columns of a size; raise ValueError unless both are integers >= least."""
    both = (size, size) if isinstance(size, int | np.integer) else tuple(size)
    if len(both) != 2 or any(not isinstance(n, int | np.integer) or n < least for n in both):
        raise ValueError(f"{name}: expected one integer from {least} up, or two, got {size!r}")
    return int(both[0]), int(both[1])


def _taps(kernel: Size | ArrayLike) -> tuple[int, int]:
    shape = np.shape(kernel)
    return _two((shape[0], shape[1]) if len(shape) == 2 else kernel, "kernel", 1)  # type: ignore[arg-type]


def _next(starts: list[range]) -> list[tuple[int, int]]:
    """Return the place of the window after the first one, if there is one."""
    down, across = starts
    if len(across) > 1:
        return [(0, across[1])]
    return [(down[1], 0)] if len(down) > 1 else []


def _unread(
    shape: tuple[int, ...], starts: list[range], taps: tuple[int, int], spaces: tuple[int, int]
) -> list[tuple[int, int]]:
    """Return the cells that no window reads."""
    read = [
        {start + tap * space for start in begins for tap in range(count)}
        for begins, count, space in zip(starts, taps, spaces, strict=True)
    ]
    return [(r, c) for r, c in np.ndindex(*shape) if r not in read[0] or c not in read[1]]


def _draw_unread(axes: Axes, width: float, cells: list[tuple[int, int]]) -> None:
    """Strike the cells through, as one path."""
    ends = [
        ((EDGE + c * width, EDGE + (r + 1) * CELL), (EDGE + (c + 1) * width, EDGE + r * CELL))
        for r, c in cells
    ]
    if ends:
        path = Path(np.reshape(ends, (-1, 2)), [Path.MOVETO, Path.LINETO] * len(ends))
        axes.add_patch(PathPatch(path, fill=False, edgecolor=LINE, linewidth=HAIR, clip_on=False))


def _draw_starts(axes: Axes, width: float, starts: list[range]) -> None:
    """Mark the rows and the columns at which windows begin: as many as the output has."""
    down, across = starts
    marks = [(EDGE + (c + 0.5) * width, EDGE / 2 - 1) for c in across]
    marks += [(EDGE / 2 - 1, EDGE + (r + 0.5) * CELL) for r in down]
    firsts = (0, len(across))
    for n, mark in enumerate(marks):
        color = ACCENT if n in firsts else MUTED
        axes.add_patch(Circle(mark, 2.2, facecolor=color, edgecolor="none", clip_on=False))
