"""Kernels with their numbers, and the maps they make of one image."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from figures.grids import Grid, draw_grid, grid
from figures.maps import SIDE, TITLE, fit, put
from figures.numbers import matrix, one_each
from figures.style import GAP, MARGIN, WIDTH, canvas, styled, symbol_width, write, write_symbol
from figures.tints import largest, photograph, pixels
from worked.palette import MUTED

SHORTEST = 48.0
"""Longer side of a picture beside kernels that leave little room, points."""


@styled
def kernels_and_maps(
    image: ArrayLike,
    kernels: Sequence[ArrayLike],
    maps: Sequence[ArrayLike],
    titles: Sequence[str] = (),
    *,
    symbol: str = "⋆",
    shared: bool = False,
) -> Figure:
    """Draw image ⋆ kernel = map, a row for each kernel; the image once, before all rows.

    image: (H, W) or (H, W, 3), see `maps`; kernels: (K, L) each, with their numbers;
    maps: (H', W') each, which may be negative, as kernels may; one scale each, or with `shared`
    one for all.
    Raises ValueError where shapes or numbers of kernels, maps and titles do not fit.
    """
    numbers = [matrix(kernel, f"kernel {n}") for n, kernel in enumerate(kernels, start=1)]
    results = [matrix(result, f"map {n}") for n, result in enumerate(maps, start=1)]
    if not numbers or len(numbers) != len(results):
        raise ValueError(f"expected as many maps as kernels, got {len(results)} and {len(numbers)}")
    one_each("titles", titles, "kernel", len(numbers))
    common = largest(*results) if shared else None
    inked = [pixels(part, "kernel", scale=common or largest(part)) for part in results]
    words = titles or [""] * len(numbers)
    rows = [_Row(*parts) for parts in zip(map(grid, numbers), inked, words, strict=True)]
    return _draw(photograph(image), rows, symbol)


@dataclass(frozen=True, slots=True)
class _Row:
    kernel: Grid
    result: NDArray[np.uint8]
    """RGBA (H, W, 4)."""
    title: str


def _draw(image: NDArray[np.uint8], rows: list[_Row], symbol: str) -> Figure:
    middle = max(row.kernel.width for row in rows)
    lead = max(symbol_width(symbol), symbol_width("=")) + 2 * GAP
    side = max(SHORTEST, min(SIDE, (WIDTH - 2 * MARGIN - middle - 2 * lead) / 2))
    head = TITLE if any(row.title for row in rows) else 0.0
    high = max(side, *(row.kernel.height for row in rows))
    step = head + high + 1.5 * GAP
    total = len(rows) * step - 1.5 * GAP
    figure, axes = canvas(2 * (side + lead + MARGIN) + middle, total + 2 * MARGIN)
    _centre(axes, image, MARGIN + side / 2, MARGIN + head + (total - head) / 2, side)
    left = MARGIN + side + lead
    for n, row in enumerate(rows):
        y = MARGIN + n * step + head + high / 2
        width, height = row.kernel.width, row.kernel.height
        write_symbol(axes, left - lead / 2, y, symbol)
        draw_grid(axes, row.kernel, left + (middle - width) / 2, y - height / 2)
        write_symbol(axes, left + middle + lead / 2, y, "=")
        _centre(axes, row.result, left + middle + lead + side / 2, y, side)
        above = y - max(height, fit(row.result, side)[1]) / 2 - TITLE / 2
        write(axes, left, above, row.title, color=MUTED, ha="left")
    return figure


def _centre(axes: Axes, picture: NDArray[np.uint8], x: float, y: float, side: float) -> None:
    width, height = fit(picture, side)
    put(axes, picture, (x - width / 2, y - height / 2), (width, height))
