"""Small drawings without words: a page of a chapter at a glance."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from figures.grids import Window, check_window, draw_rules, outline
from figures.numbers import matrix, one_each
from figures.style import DASHES, GAP, HAIR, MARGIN, OUTLINE, SIZE, canvas, styled
from figures.tints import largest, tint
from worked.palette import ACCENT, CYCLE, MUTED

WIDE, HIGH = 105.0, 70.0
"""Of the whole drawing, points."""


@styled
def cells(*arrays: ArrayLike, window: Sequence[Window | None] = (), signed: bool = True) -> Figure:
    """Draw matrices beside each other as tinted cells, with one scale of colours.

    arrays: (H, W) or (W,) each; window: for each None or (row, column, height, width), outlined.
    signed: whether the numbers may be negative.
    Raises ValueError where these do not fit together.
    """
    if not arrays:
        raise ValueError("cells: expected at least one array, got none")
    numbers = [matrix(array) for array in arrays]
    one_each("window", window, "matrix", len(numbers))
    windows = list(window) or [None] * len(numbers)
    across = sum(values.shape[1] for values in numbers)
    gaps = GAP * (len(numbers) - 1)
    side = min(
        (WIDE - 2 * MARGIN - gaps) / across,
        (HIGH - 2 * MARGIN) / max(values.shape[0] for values in numbers),
    )
    figure, axes = canvas(WIDE, HIGH)
    x = (WIDE - side * across - gaps) / 2
    scale = largest(*numbers)
    for values, part in zip(numbers, windows, strict=True):
        rows, columns = values.shape
        at = (x, (HIGH - side * rows) / 2)
        _fill(axes, at, side, tint(values, scale=scale, signed=signed))
        draw_rules(axes, at, (side, side), (rows, columns))
        if part is not None:
            check_window(part, values.shape, "window")
            outline(axes, at, (side, side), part)
        x += side * columns + GAP
    return figure


@styled
def trend(*series: ArrayLike, log: bool = False) -> Figure:
    """Draw lines over their places, on one scale; each after the first with dashes of its own.

    series: (N,) each, from 2 up; log: a logarithmic scale, for positive numbers.
    Raises ValueError otherwise.
    """
    rows = [np.asarray(y, dtype=np.float64) for y in series]
    if not rows or any(y.ndim != 1 or y.size < 2 for y in rows):
        raise ValueError("trend: expected series (N,) with N ≥ 2")
    if log and any((y <= 0).any() for y in rows):
        raise ValueError("trend: expected positive numbers for a logarithmic scale")
    rows = [np.log(y) for y in rows] if log else rows
    low, high = min(y.min() for y in rows), max(y.max() for y in rows)
    figure, axes = canvas(WIDE, HIGH)
    left, bottom = 2 * MARGIN, HIGH - 2 * MARGIN
    axes.plot([left, left, WIDE], [0, bottom, bottom], color=MUTED, linewidth=HAIR)
    for n, y in enumerate(rows):
        x = np.linspace(left, WIDE - MARGIN, y.size)
        up = (y - low) / ((high - low) or 1.0)
        axes.plot(
            x,
            bottom - GAP - up * (bottom - 2 * GAP),
            color=CYCLE[n],
            linewidth=OUTLINE,
            linestyle=DASHES if n else "-",
        )
    return figure


@styled
def lengths(values: ArrayLike, *, log: bool = False) -> Figure:
    """Draw a bar for each value from top to bottom, the largest in the accent.

    values: (N,), from 0 up; log: lengths go with the logarithm, for numbers from 1 up.
    Raises ValueError otherwise.
    """
    numbers = np.asarray(values, dtype=np.float64)
    if numbers.ndim != 1 or not numbers.size or (numbers < (1 if log else 0)).any():
        raise ValueError(f"lengths: expected (N,) from {1 if log else 0} up")
    shares = np.log(numbers) if log else numbers
    shares = shares / (shares.max() or 1.0)
    figure, axes = canvas(WIDE, HIGH)
    step = (HIGH - 2 * MARGIN) / max(numbers.size, 3)
    top = (HIGH - step * numbers.size) / 2
    for n, share in enumerate(shares):
        _bar(axes, top + n * step, step, share * (WIDE - 2 * MARGIN), first=n == numbers.argmax())
    axes.plot([MARGIN] * 2, [top, HIGH - top], color=MUTED, linewidth=HAIR)
    return figure


def _bar(axes: Axes, top: float, step: float, length: float, *, first: bool) -> None:
    axes.add_patch(
        Rectangle(
            (MARGIN, top + 0.2 * step),
            length,
            0.6 * step,
            facecolor=ACCENT if first else SIZE,
            edgecolor="none",
        )
    )


def _fill(axes: Axes, at: tuple[float, float], side: float, colours: NDArray[np.float64]) -> None:
    """Colour the cells of a matrix whose top left corner is at `at`."""
    for r, c in zip(*np.nonzero(colours[..., 3]), strict=True):
        axes.add_patch(
            Rectangle(
                (at[0] + c * side, at[1] + r * side),
                side,
                side,
                facecolor=tuple(colours[r, c]),
                edgecolor="none",
            )
        )
