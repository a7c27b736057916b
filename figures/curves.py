"""Functions with their derivatives as small multiples."""

from collections.abc import Mapping
from math import ceil

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from figures.style import (
    DASHES,
    GAP,
    HAIR,
    MARGIN,
    STROKE,
    TEXT,
    WIDTH,
    panel,
    paper,
    styled,
    text_width,
    tick,
)
from worked.palette import CYCLE, FG, LINE, MUTED

HEIGHT = 92.0
"""Height of a panel's axes, points."""
LEFT, RIGHT, HEAD, FOOT = 26.0, 8.0, 20.0, 20.0
"""Room for tick labels and names around each panel's axes, points."""
KEY = 20.0
"""Height of the line that says which line is which, points."""
SAMPLE = 22.0
"""Length of a line in it, points."""


@styled
def curves(
    x: ArrayLike,
    functions: Mapping[str, tuple[ArrayLike, ArrayLike | None]],
    columns: int = 2,
    *,
    names: tuple[str, str] = ("f(x)", "f′(x)"),
    ylim: tuple[float, float] | None = None,
    width: float = WIDTH,
) -> Figure:
    """Draw a panel for each function: the function solid, its derivative dashed.

    x: (N,), rising; functions: name -> (f(x), f'(x) or None), (N,) each.  A jump is not drawn
    as a line.  ylim: one range for all panels; without it each has its own.
    width: of all columns, points; less where the drawing stands in a box.
    Raises ValueError where the shapes do not fit.
    """
    places = np.asarray(x, dtype=np.float64)
    if places.ndim != 1 or places.size < 2 or not (np.diff(places) > 0).all():
        raise ValueError(f"x: expected rising numbers (N,), got shape {places.shape}")
    if not functions or columns < 1:
        raise ValueError("curves: expected at least one function and one column")
    wide = (width - 2 * MARGIN) / columns
    high = HEAD + HEIGHT + FOOT
    rows = ceil(len(functions) / columns)
    derived = any(values[1] is not None for values in functions.values())
    key = KEY if derived else 0.0
    across = max(wide * min(columns, len(functions)), derived * _key_ends(names)[-1])
    figure = paper(across + 2 * MARGIN, key + rows * high + 2 * MARGIN)
    for n, (name, values) in enumerate(functions.items()):
        left, top = MARGIN + n % columns * wide, MARGIN + key + n // columns * high
        axes = panel(figure, left + LEFT, top + HEAD, wide - LEFT - RIGHT, HEIGHT)
        _draw_panel(axes, places, name, values)
        if ylim is not None:
            axes.set_ylim(*ylim)
    if derived:
        _draw_key(figure, names)
    return figure


def _draw_panel(
    axes: Axes,
    x: NDArray[np.float64],
    name: str,
    values: tuple[ArrayLike, ArrayLike | None],
) -> None:
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.axhline(0, color=LINE, linewidth=HAIR)
    axes.axvline(0, color=LINE, linewidth=HAIR)
    for given, what, color, style in zip(
        values, ("", "derivative of "), CYCLE[:2], ("-", DASHES), strict=True
    ):
        if given is None:
            continue
        y = np.asarray(given, dtype=np.float64)
        if y.shape != x.shape:
            raise ValueError(f"{what}{name}: expected shape {x.shape} as x, got {y.shape}")
        axes.plot(*_broken(x, y), color=color, linewidth=STROKE, linestyle=style)
    axes.set_xlim(x[0], x[-1])
    tick(axes.xaxis, 4)
    tick(axes.yaxis, 4)
    axes.tick_params(length=0)
    axes.set_title(name, loc="left", fontsize=TEXT, color=FG, pad=5)


def _broken(
    x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Put a gap where y jumps: by a quarter of its range from one sample to the next."""
    span = float(np.nanmax(y) - np.nanmin(y))
    if x.size < 40 or span == 0:
        return x, y
    jumps = np.flatnonzero(np.abs(np.diff(y)) > span / 4) + 1
    return np.insert(x, jumps, np.nan), np.insert(y, jumps, np.nan)


def _key_ends(names: tuple[str, str]) -> list[float]:
    """Return where the first entry of the key begins, the second one, and where that ends."""
    ends = [LEFT]
    for name in names:
        ends.append(ends[-1] + SAMPLE + 6 + text_width(name) + 2 * GAP)
    return ends


def _draw_key(figure: Figure, names: tuple[str, str]) -> None:
    width = float(72 * figure.get_figwidth())
    axes = panel(figure, 0, 0, width, KEY)
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(0, KEY)
    for name, start, color, style in zip(
        names, _key_ends(names), CYCLE[:2], ("-", DASHES), strict=False
    ):
        left = MARGIN + start
        axes.plot(
            [left, left + SAMPLE], [KEY / 2] * 2, color=color, linewidth=STROKE, linestyle=style
        )
        axes.text(left + SAMPLE + 6, KEY / 2 - 0.36 * TEXT, name, fontsize=TEXT, color=MUTED)
