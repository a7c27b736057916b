"""Horizontal bars with their numbers."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from figures.numbers import Format, formatter, ten_to, tidy
from figures.style import GAP, HAIR, MARGIN, SIZE, WIDTH, canvas, styled, text_width, write
from worked.palette import LINE, MUTED

THICK = 11.0
STEP = 20.0
"""From one bar to the next, points."""
FOOT = 16.0
"""Height of a line of text below the bars, points."""
MOST_POWERS = 5
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
    lengths, powers = _lengths(numbers, log=log)
    half = max((text_width(ten_to(power)) / 2 for power in powers), default=0.0)
    left = MARGIN + max(half, GAP if above else widest + GAP)
    room = WIDTH - left - max(text_width(text) for text in texts) - 5 - MARGIN
    step = STEP + 14 if above else STEP
    bottom = MARGIN + len(texts) * step
    foot = FOOT * (bool(xlabel) + log)
    figure, axes = canvas(WIDTH, bottom + foot + MARGIN)
    for power, place in powers.items():
        x = left + place * room
        axes.plot([x, x], [MARGIN, bottom], color=LINE, linewidth=HAIR, zorder=0, clip_on=False)
        write(axes, x, bottom + FOOT / 2, ten_to(power), color=MUTED)
    for n, (label, text, length) in enumerate(zip(labels, texts, lengths, strict=True)):
        y = MARGIN + (n + 1) * step - STEP / 2
        _draw_bar(axes, left, y, length * room)
        if above:
            write(axes, left + 4, y - STEP / 2 - 5, label, ha="left")
        else:
            write(axes, left - GAP, y, label, ha="right")
        write(axes, left + length * room + 5, y, text, ha="left")
    axes.plot([left, left], [MARGIN, bottom], color=MUTED, linewidth=HAIR, clip_on=False)
    if xlabel:
        write(axes, left, bottom + foot - FOOT / 2, xlabel, color=MUTED, ha="left")
    return figure


def _draw_bar(axes: Axes, left: float, middle: float, length: float) -> None:
    axes.add_patch(
        Rectangle(
            (left, middle - THICK / 2),
            length,
            THICK,
            facecolor=SIZE,
            edgecolor="none",
            clip_on=False,
        )
    )


def _check(labels: Sequence[str], values: NDArray[np.float64], *, log: bool) -> None:
    if values.shape != (len(labels),) or not len(labels):
        raise ValueError(f"values: expected ({len(labels)},) as labels, got shape {values.shape}")
    if not np.isfinite(values).all() or (values < 0).any():
        raise ValueError(f"values: expected finite numbers from 0 up, got {values.min():g}")
    if log and (values == 0).any():
        raise ValueError("values: expected numbers above 0 for logarithmic bars, got 0")


def _lengths(
    values: NDArray[np.float64], *, log: bool
) -> tuple[NDArray[np.float64], dict[int, float]]:
    """Return the length of each bar in [0, 1], and power of ten -> its place."""
    if not log:
        return values / (values.max() or 1.0), {}
    exponents = np.log10(values)
    # A bar of length 0 would look like no number: begin below the smallest.
    low = int(np.ceil(exponents.min() - 1e-9)) - 1
    span = float(exponents.max()) - low
    powers = range(low, int(np.floor(low + span + 1e-9)) + 1)
    every = -(-len(powers) // MOST_POWERS)
    return (exponents - low) / span, {n: (n - low) / span for n in powers[::every]}
