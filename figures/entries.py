"""A matrix and what becomes of it where no window slides: pointing shows the numbers it came from.

The parts have the names of `figures.sliding`, so that `docs/assets/sliding.js` moves the outline.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from figures.arithmetic import Arithmetic, Row
from figures.grids import Window, check_window, grid, outline
from figures.matrices import Item, lay
from figures.numbers import Format, matrix
from figures.style import CELL, WIDTH, styled


@styled
def entries(
    x: ArrayLike,
    out: ArrayLike,
    lines: Sequence[str],
    *,
    part: tuple[int, int] = (1, 1),
    step: tuple[int, int] = (1, 1),
    at: tuple[int, int] = (0, 0),
    labels: Sequence[str] = ("input", "output"),
    beside: Mapping[str, ArrayLike] | None = None,
    symbols: Sequence[str] = (),
    fmt: Format | None = None,
    signed: bool = True,
) -> tuple[Figure, Arithmetic]:
    """Draw x, what stands beside it, and what comes out; pointing at a number outlines part of x.

    x: (H, W); out: (R, C); lines: how each number of out comes about, R · C texts, row by row.
    part: height and width of what out[0, 0] comes from; step: how far it moves for each row and
    column of out, 0 to stay.  beside: label -> matrix, drawn between the two; symbols: one for
    each gap, arrows unless given.  signed: whether the numbers may be negative.
    The second thing returned says the same in words.
    Raises ValueError where these do not fit together.
    """
    seen, made = matrix(x, "x"), matrix(out, "out")
    if len(lines) != made.size:
        raise ValueError(f"lines: expected {made.size}, one for each number, got {len(lines)}")
    if len(labels) != 2:
        raise ValueError(f"labels: expected 2, of input and output, got {len(labels)}")
    between = {label: matrix(each, label) for label, each in (beside or {}).items()}
    signs = list(symbols) or ["→"] * (len(between) + 1)
    if len(signs) != len(between) + 1:
        raise ValueError(f"symbols: expected {len(between) + 1}, one a gap, got {len(signs)}")
    check_window((*at, 1, 1), made.shape, f"place {tuple(at)} of the output")
    rows = []
    for place, line in zip(np.ndindex(made.shape), lines, strict=True):
        window = _window(place, part, step)
        check_window(window, seen.shape, f"part of x for the output's {place}")
        rows.append(Row(f"{labels[1]}[{place[0]},{place[1]}]", _slices(window), line))
    everything = (seen, *between.values(), made)
    grids = [grid(each, fmt=fmt, signed=signed) for each in everything]
    items = [Item(grids[0], labels[0], "", name=_name("input", seen.shape))]
    for drawn, label, sign in zip(grids[1:-1], between, signs, strict=False):
        items.append(Item(drawn, label, sign))
    items.append(Item(grids[-1], labels[1], signs[-1], name=_name("output", made.shape)))
    figure, corners = lay(items, within=WIDTH)
    axes = figure.axes[0]
    first, last = (corners[0], grids[0].cell), (corners[-1], grids[-1].cell)
    _frame(axes, *first, _window(at, part, step), _name("window", step))
    _frame(axes, *last, (*at, 1, 1), _name("cell", at))
    return figure, Arithmetic("Every number and its arithmetic", labels[0], tuple(rows))


def _window(place: tuple[int, ...], part: tuple[int, int], step: tuple[int, int]) -> Window:
    return place[0] * step[0], place[1] * step[1], *part


def _slices(window: Window) -> str:
    top, left, high, wide = window
    return f"[{top}:{top + high},{left}:{left + wide}]"


def _name(part: str, numbers: tuple[int, ...]) -> str:
    return f"sliding.{part}.{numbers[0]}.{numbers[1]}"


def _frame(axes: Axes, corner: tuple[float, float], cell: float, window: Window, name: str) -> None:
    outline(axes, corner, (cell, CELL), window)
    axes.patches[-1].set_gid(name)
