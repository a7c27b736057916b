"""Horizontal bars with their numbers."""

from collections.abc import Sequence
from math import log10

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from figures.numbers import Format, formatter, tidy
from figures.style import GAP, HAIR, MARGIN, SMALL, WIDTH, canvas, styled, text_width, write
from worked.palette import CYCLE, LINE, MUTED

THICK = 11.0
STEP = 20.0
"""From one bar to the next, points."""
LONG = 100.0
"""Labels wider than this stand above their bars, points."""


@styled
def bars(
    labels: Sequence[str],
    values: ArrayLike,
    xlabel: str = "",
    log: bool = False,
    fmt: Format = "{:,.0f}",
) -> Figure:
    """Draw a horizontal bar for each value, from top to bottom, with its number at its end.

    values: (N,), from 0 up; log: lengths go with the logarithm, from the power of ten below the
    smallest value (so no value may be 0), and hairlines mark the powers of ten.
    Raises ValueError otherwise.
    """
    numbers = np.asarray(values, dtype=np.float64)
    _check(labels, numbers, log=log)
    texts = [tidy(formatter(fmt)(float(value))) for value in numbers]
    widest = max(text_width(label) for label in labels)
    above = widest > LONG
    left = MARGIN if above else MARGIN + widest + GAP
    room = WIDTH - left - max(text_width(text) for text in texts) - 5 - MARGIN
    step = STEP + 14 if above else STEP
    foot = 16.0 if xlabel else 0.0
    figure, axes = canvas(WIDTH, len(texts) * step + foot + 2 * MARGIN)
    lengths, ticks = _lengths(numbers, log=log)
    bottom = MARGIN + len(texts) * step
    for place in ticks:
        x = left + place * room
        axes.plot([x, x], [MARGIN, bottom], color=LINE, linewidth=HAIR, clip_on=False)
    for n, (label, text, length) in enumerate(zip(labels, texts, lengths, strict=True)):
        y = MARGIN + (n + 1) * step - STEP / 2
        axes.add_patch(
            Rectangle(
                (left, y - THICK / 2),
                length * room,
                THICK,
                facecolor=CYCLE[0],
                edgecolor="none",
                clip_on=False,
            )
        )
        if above:
            write(axes, left, y - STEP / 2 - 5, label, ha="left")
        else:
            write(axes, left - GAP, y, label, ha="right")
        write(axes, left + length * room + 5, y, text, ha="left")
    axes.plot([left, left], [MARGIN, bottom], color=MUTED, linewidth=HAIR, clip_on=False)
    if xlabel:
        write(axes, left, bottom + foot / 2 + 2, xlabel, size=SMALL, color=MUTED, ha="left")
    return figure


def _check(labels: Sequence[str], values: NDArray[np.float64], *, log: bool) -> None:
    if values.shape != (len(labels),) or not len(labels):
        raise ValueError(f"values: expected ({len(labels)},) as labels, got shape {values.shape}")
    if not np.isfinite(values).all() or (values < 0).any():
        raise ValueError(f"values: expected finite numbers from 0 up, got {values.min():g}")
    if log and (values == 0).any():
        raise ValueError("values: expected numbers above 0 for logarithmic bars, got 0")


def _lengths(values: NDArray[np.float64], *, log: bool) -> tuple[NDArray[np.float64], list[float]]:
    """Return the length of each bar and the places of the powers of ten, in [0, 1]."""
    if not log:
        return values / (values.max() or 1.0), []
    low, high = np.floor(log10(values.min())), log10(values.max())
    if low == high or log10(values.min()) == low:
        low -= 1
    span = high - low
    return (np.log10(values) - low) / span, [
        n / span for n in range(1, int(np.floor(span + 1e-9)) + 1)
    ]
