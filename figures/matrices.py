"""Matrices side by side with their numbers, and the symbols between them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from figures.grids import NARROW, Grid, Window, check_window, draw_grid, grid, outline
from figures.numbers import Format, matrix, one_each
from figures.style import (
    CELL,
    GAP,
    MARGIN,
    WIDTH,
    canvas,
    styled,
    symbol_width,
    text_width,
    write,
    write_symbol,
)
from figures.tints import largest
from worked.palette import MUTED

AIR = 5.0
"""Least room for a number in a narrow cell beyond its width, points; a quarter where it must be."""
LABEL = 17.0
"""Height of the line of labels above the matrices, points."""


@dataclass(frozen=True, slots=True)
class Item:
    """A matrix in a line of matrices."""

    grid: Grid
    label: str
    symbol: str
    """What stands between the matrix before and this one."""
    window: Window | None = None
    """Outlined in the accent."""
    muted: NDArray[np.bool_] | None = None
    """Where numbers stand back."""
    name: str | None = None
    """Id of its hairlines in the SVG."""

    @property
    def width(self) -> float:
        return max(self.grid.width, text_width(self.label))


@styled
def matrices(
    *arrays: ArrayLike,
    labels: Sequence[str] = (),
    symbols: Sequence[str] = (),
    window: Sequence[Window | None] | None = None,
    fmt: Format | None = None,
    shared: bool = False,
    signed: bool | Sequence[bool] = True,
    width: float = WIDTH,
) -> Figure:
    """Draw matrices with their numbers from left to right, in more lines where one is too short.

    arrays: (H, W) or (W,) each; labels: one for each, above it; symbols: one for each gap.
    window: for each matrix None or (row, column, height, width), outlined in the accent.
    signed: whether numbers of all, or of each, may be negative: these are tinted in two colours,
    what cannot be (counts, shares) in one.  The strongest tint is a matrix's own largest
    magnitude, or with `shared` that of all.  width: points; less where the drawing is in a box.
    Raises ValueError where these do not fit together.
    """
    if not arrays:
        raise ValueError("matrices: expected at least one array, got none")
    numbers = [matrix(array, f"array {n}") for n, array in enumerate(arrays, start=1)]
    one_each("labels", labels, "matrix", len(numbers))
    one_each("symbols", symbols, "gap between matrices", len(numbers) - 1)
    one_each("window", window or (), "matrix", len(numbers))
    windows = list(window or ()) or [None] * len(numbers)
    for n, (part, values) in enumerate(zip(windows, numbers, strict=True), start=1):
        if part is not None:
            check_window(part, values.shape, f"window of array {n}")
    kinds = [signed] * len(numbers) if isinstance(signed, bool) else list(signed)
    one_each("signed", kinds, "matrix", len(numbers))
    scale = largest(*numbers) if shared else None
    grids = [
        grid(values, fmt=fmt, scale=scale, signed=kind)
        for values, kind in zip(numbers, kinds, strict=True)
    ]
    signs = ["", *(symbols or [""] * (len(numbers) - 1))]
    words = labels or [""] * len(numbers)
    items = [Item(*parts) for parts in zip(grids, words, signs, windows, strict=True)]
    figure, _ = lay(items, within=width, narrow=True)
    return figure


def pair(
    left: ArrayLike,
    right: ArrayLike,
    labels: Sequence[str] = ("", ""),
    window: Sequence[Window | None] | None = None,
    *,
    fmt: Format | None = None,
    signed: bool = True,
) -> Figure:
    """Draw a matrix, an arrow and what became of the matrix; one scale of colours for both."""
    return matrices(
        left,
        right,
        labels=labels,
        symbols=["→"],
        window=window,
        fmt=fmt,
        shared=True,
        signed=signed,
    )


def windows(
    x: ArrayLike,
    kernel: ArrayLike,
    out: ArrayLike,
    at: tuple[int, int],
    labels: Sequence[str] = ("input", "kernel", "output"),
    *,
    stride: int = 1,
    symbol: str = "⋆",
    fmt: Format | None = None,
    signed: bool | Sequence[bool] = True,
) -> Figure:
    """Draw x ⋆ kernel = out, with the window of x that gives out[at], and that number.

    x: (H, W), padded already; kernel: (K, L); out: ((H − K) // stride + 1, (W − L) // stride + 1).
    Raises ValueError where the shapes or the place do not fit.
    """
    sides = matrix(x, "x").shape, matrix(kernel, "kernel").shape
    expected = tuple((i - k) // stride + 1 for i, k in zip(*sides, strict=True))
    shape = matrix(out, "out").shape
    if shape != expected:
        raise ValueError(
            f"windows: expected an output of shape {expected} from input {sides[0]}, "
            f"kernel {sides[1]} and stride {stride}, got {shape}"
        )
    check_window((*at, 1, 1), shape, f"windows: place {tuple(at)} of the output")
    seen = (at[0] * stride, at[1] * stride, *sides[1])
    return matrices(
        x,
        kernel,
        out,
        labels=labels,
        symbols=[symbol, "="],
        window=[seen, None, (*at, 1, 1)],
        fmt=fmt,
        signed=signed,
    )


def _lines(items: list[Item], within: float, *, narrow: bool) -> list[list[Item]]:
    """Break the items into lines no wider than that, one item at least.

    narrow: make cells narrower than CELL where that saves a line, or a matrix would not fit.
    """
    if not narrow:
        return _broken(items, within)
    sides = np.arange(CELL, NARROW - 1, -1)
    ways = [_broken(_narrowed(items, side, AIR), within) for side in sides]
    lines = min(ways, key=len)  # the first of the shortest: with the widest cells
    tight = [_narrowed(line, NARROW, AIR / 4) for line in lines]
    return [
        line if _line_width(line) <= within else other
        for line, other in zip(lines, tight, strict=True)
    ]


def _narrowed(items: list[Item], cell: float, air: float) -> list[Item]:
    return [replace(item, grid=item.grid.narrowed(cell, air)) for item in items]


def _broken(items: list[Item], within: float) -> list[list[Item]]:
    lines: list[list[Item]] = [[]]
    for item in items:
        if lines[-1] and _line_width([*lines[-1], item]) > within:
            lines.append([])
        lines[-1].append(item)
    return lines


def _line_width(line: list[Item]) -> float:
    return sum(item.width + _lead(item, begins=item is line[0]) for item in line)


def _lead(item: Item, *, begins: bool) -> float:
    """Return the room before a matrix; a symbol goes with it to the next line."""
    if item.symbol:
        return symbol_width(item.symbol) + (GAP if begins else 2 * GAP)
    return 0.0 if begins else 2.5 * GAP


def lay(
    items: list[Item], *, within: float, narrow: bool = False
) -> tuple[Figure, list[tuple[float, float]]]:
    """Draw the items in lines that wide; return also where the top left of each grid is, points.

    narrow: cells may be narrower than CELL.  Raises ValueError where a matrix is too wide.
    """
    corners = []
    lines = _lines(items, within - 2 * MARGIN, narrow=narrow)
    widest = max(map(_line_width, lines)) + 2 * MARGIN
    if widest > within:
        raise ValueError(
            f"expected matrices that fit into {within:.0f} points, got {widest:.0f}; "
            "show fewer columns or shorter numbers, or draw large arrays with figures.maps"
        )
    head = LABEL if any(item.label for item in items) else 0.0
    heights = [max(item.grid.height for item in line) for line in lines]
    figure, axes = canvas(
        widest,
        sum(head + height + 2 * GAP for height in heights) - 2 * GAP + 2 * MARGIN,
    )
    middle = MARGIN
    for line, height in zip(lines, heights, strict=True):
        middle += head + height / 2
        left = MARGIN
        for item in line:
            lead = _lead(item, begins=item is line[0])
            corners.append(_draw_item(axes, item, left + lead, middle))
            if item.symbol:
                sign = left + (lead - GAP) / 2 + (0 if item is line[0] else GAP / 2)
                write_symbol(axes, sign, middle, item.symbol)
            left += lead + item.width
        middle += height / 2 + 2 * GAP
    return figure, corners


def _draw_item(axes: Axes, item: Item, left: float, middle: float) -> tuple[float, float]:
    x = left + (item.width - item.grid.width) / 2
    top = middle - item.grid.height / 2
    draw_grid(axes, item.grid, x, top, muted=item.muted, name=item.name)
    if item.window is not None:
        outline(axes, (x, top), (item.grid.cell, CELL), item.window)
    if item.label:
        write(axes, left + item.width / 2, top - LABEL / 2, item.label, color=MUTED)
    return x, top
