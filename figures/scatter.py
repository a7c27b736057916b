"""Things by two of their numbers, each a dot with its name beside it."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from figures.lines import spread
from figures.style import (
    GAP,
    HAIR,
    MARGIN,
    SIZE,
    TEXT,
    WIDTH,
    panel,
    paper,
    styled,
    text_width,
    tick,
    tick_powers,
)
from worked.palette import ACCENT, LINE, MUTED

HEIGHT = 150.0
"""Height of the axes, points."""
HEAD, FOOT = 22.0, 38.0
"""Room above the axes for the name of y, below them for ticks and the name of x, points."""
TALL = HEAD + HEIGHT + FOOT
APART = 13.0
"""Least distance between two names, points."""
AREA = 34.0
"""Of a dot, square points."""


@styled
def scatter(
    drawn: Mapping[str, tuple[float, float]],
    xlabel: str = "",
    ylabel: str = "",
    *,
    logx: bool = False,
    marked: str = "",
) -> Figure:
    """Draw a dot for each thing, and its name in a column on the right, joined by a thin line.

    drawn: name -> (x, y); marked: things whose name begins so have the accent, if it is not empty.
    Raises ValueError where there is no thing, or a logarithmic axis has no positive number.
    """
    places = np.array(list(drawn.values()), dtype=np.float64).reshape(-1, 2)
    if not drawn or not np.isfinite(places).all():
        raise ValueError("scatter: expected at least one thing, and finite numbers")
    if logx and (places[:, 0] <= 0).any():
        raise ValueError("scatter: expected positive numbers for a logarithmic axis")
    figure = paper(WIDTH, TALL)
    axes = panel(figure, 0, HEAD, WIDTH, HEIGHT)
    axes.set_xscale("log" if logx else "linear")
    colours = [ACCENT if marked and name.startswith(marked) else SIZE for name in drawn]
    axes.scatter(places[:, 0], places[:, 1], s=AREA, color=colours, zorder=3, clip_on=False)
    axes.margins(x=0.08, y=0.08)
    if logx:
        tick_powers(axes.xaxis, *axes.get_xlim())
    else:
        tick(axes.xaxis, 4)
    tick(axes.yaxis, 5)
    numbers = (label.get_text() for label in axes.get_yticklabels())
    left = MARGIN + max((text_width(number) for number in numbers), default=0.0) + 6
    right = MARGIN + max(map(text_width, drawn)) + 2 * GAP
    room = WIDTH - left - right
    axes.set_position((left / WIDTH, FOOT / TALL, room / WIDTH, HEIGHT / TALL))
    low, high = axes.get_ylim()
    heights = [float((y - low) / (high - low)) * HEIGHT for _, y in places]
    for name, place, height, colour in zip(
        drawn, places, spread(heights, APART, least=0.0), colours, strict=True
    ):
        axes.annotate(
            name,
            tuple(place),
            xytext=(1.0 + GAP / room, (height - 0.36 * TEXT) / HEIGHT),
            textcoords="axes fraction",
            fontsize=TEXT,
            color=colour if colour == ACCENT else MUTED,
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "color": LINE,
                "linewidth": HAIR,
                "shrinkA": 1,
                "shrinkB": 4,
                "relpos": (0.0, 0.4),
            },
        )
    axes.set_xlabel(xlabel, fontsize=TEXT, color=MUTED, labelpad=4)
    figure.text(MARGIN / WIDTH, 1 - 0.6 * HEAD / TALL, ylabel, fontsize=TEXT, color=MUTED)
    return figure
