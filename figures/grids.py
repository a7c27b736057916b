"""A matrix as a tinted grid with its numbers, at a place on a canvas."""

from dataclasses import dataclass, replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from numpy.typing import NDArray

from figures.numbers import Format, spell
from figures.style import CELL, HAIR, OUTLINE, text_width, write
from figures.tints import largest, tint
from worked.palette import ACCENT, FG, LINE, MUTED

NARROW = 15.0
"""Least width of a cell where there is no room for CELL, points."""

Window = tuple[int, int, int, int]
"""First row, first column, height and width of a part of a matrix, in cells."""


@dataclass(frozen=True, slots=True)
class Grid:
    """What is drawn of a matrix, but for its place."""

    texts: list[list[str]]
    tints: NDArray[np.float64]
    """RGBA (H, W, 4) in [0, 1]."""
    cell: float
    """Width of a cell, points; its height is CELL."""
    longest: float
    """Width of the longest number, points."""

    @property
    def width(self) -> float:
        return self.cell * len(self.texts[0])

    @property
    def height(self) -> float:
        return CELL * len(self.texts)

    def narrowed(self, cell: float, air: float) -> "Grid":
        """Return it with cells no wider than that, but with so much room for their numbers."""
        return replace(self, cell=min(self.cell, max(cell, self.longest + air)))


def grid(
    values: NDArray[np.float64],
    *,
    fmt: Format | None = None,
    scale: float | None = None,
    signed: bool = True,
) -> Grid:
    """Return the grid of a matrix; signed: whether its numbers may be negative.

    The strongest tint is that of its own largest magnitude unless `scale` is given.
    """
    texts = spell(values, fmt)
    longest = max(text_width(text) for row in texts for text in row)
    colours = tint(values, scale=largest(values) if scale is None else scale, signed=signed)
    return Grid(texts, colours, max(CELL, float(np.ceil(longest)) + 6), longest)


def draw_grid(
    axes: Axes,
    drawn: Grid,
    x: float,
    y: float,
    *,
    muted: NDArray[np.bool_] | None = None,
    name: str | None = None,
) -> None:
    """Draw the grid with its top left corner at (x, y); numbers where `muted` stand back.

    `name` is the id of its hairlines in the SVG.
    """
    rows, columns = drawn.tints.shape[:2]
    places = [(r, c) for r in range(rows) for c in range(columns) if drawn.tints[r, c, 3] > 0]
    corners = np.array([(0, 0), (drawn.cell, 0), (drawn.cell, CELL), (0, CELL)])
    if places:
        cells = PolyCollection(
            [corners + np.array((x + c * drawn.cell, y + r * CELL)) for r, c in places],
            facecolors=[tuple(drawn.tints[place]) for place in places],
            edgecolors="none",
            linewidths=0,
            clip_on=False,
        )
        axes.add_collection(cells, autolim=False)
    draw_rules(axes, (x, y), (drawn.cell, CELL), (rows, columns), name=name)
    for r, row in enumerate(drawn.texts):
        for c, text in enumerate(row):
            color = FG if muted is None or not muted[r, c] else MUTED
            write(axes, x + (c + 0.5) * drawn.cell, y + (r + 0.5) * CELL, text, color=color)


def draw_rules(
    axes: Axes,
    at: tuple[float, float],
    cell: tuple[float, float],
    shape: tuple[int, int],
    *,
    name: str | None = None,
) -> None:
    """Draw the hairlines of a grid of (rows, columns) cells of (width, height), as one path."""
    (x, y), (width, height), (rows, columns) = at, cell, shape
    ends = [((x, y + r * height), (x + columns * width, y + r * height)) for r in range(rows + 1)]
    ends += [((x + c * width, y), (x + c * width, y + rows * height)) for c in range(columns + 1)]
    path = Path(np.reshape(ends, (-1, 2)), [Path.MOVETO, Path.LINETO] * len(ends))
    rules = PathPatch(
        path, fill=False, edgecolor=LINE, linewidth=HAIR, capstyle="round", clip_on=False
    )
    rules.set_gid(name)
    axes.add_patch(rules)


def outline(
    axes: Axes,
    at: tuple[float, float],
    cell: tuple[float, float],
    window: Window,
    *,
    color: str = ACCENT,
    width: float = OUTLINE,
    linestyle: str | tuple[float, tuple[float, ...]] = "-",
) -> None:
    """Draw the outline of some cells of a grid whose top left corner is at `at`."""
    (x, y), (across, down), (row, column, high, wide) = at, cell, window
    axes.add_patch(
        Rectangle(
            (x + column * across, y + row * down),
            wide * across,
            high * down,
            fill=False,
            edgecolor=color,
            linewidth=width,
            linestyle=linestyle,
            joinstyle="round",
            clip_on=False,
        )
    )


def check_window(window: Window, shape: tuple[int, ...], name: str) -> None:
    """Raise ValueError unless the window lies inside a matrix of that shape."""
    if len(window) != 4:
        raise ValueError(f"{name}: expected (row, column, height, width), got {window}")
    row, column, high, wide = window
    inside = row >= 0 and column >= 0 and row + high <= shape[0] and column + wide <= shape[1]
    if not inside or high < 1 or wide < 1:
        raise ValueError(
            f"{name}: expected (row, column, height, width) inside {shape[0]} × {shape[1]}, "
            f"got {tuple(window)}"
        )
