"""Dated events on a line that runs down the page."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from figures.lines import spread
from figures.style import GAP, HAIR, MARGIN, STROKE, TEXT, WIDTH, canvas, styled, text_width, write
from worked.palette import FG, LINE, MUTED

APART = 16.0
"""Least distance between the names of two events, points."""
YEAR = 4.6
"""From one year to the next, points."""
LINE_AT, FORK = 6.0, 20.0
"""Where the line stands, and how far from it the names begin, points."""
DOT = 5.0
"""Diameter of the dot of an event, points."""


@styled
def timeline(events: Sequence[tuple[int, str]]) -> Figure:
    """Draw events as dots where their years are on one scale, each with its year and its name.

    events: (year, name), in order.
    Raises ValueError where they are fewer than two, out of order, or a name is too long.
    """
    years = [year for year, _ in events]
    if len(events) < 2 or years != sorted(years):
        raise ValueError("timeline: expected at least two events in order")
    begins = LINE_AT + FORK + text_width("0000") + GAP
    for year, name in events:
        if begins + text_width(name) > WIDTH - MARGIN:
            raise ValueError(f"timeline: {year}: expected a shorter name than {name!r}")
    top = MARGIN + TEXT
    places = [top + YEAR * (year - years[0]) for year in years]
    # The names may need more room than the years: then they go past the end of the line.
    named = spread(places, APART, least=top)
    figure, axes = canvas(WIDTH, max(places[-1], named[-1]) + TEXT + MARGIN)
    axes.plot([LINE_AT, LINE_AT], [top, places[-1]], color=MUTED, linewidth=STROKE, clip_on=False)
    for (year, name), at, y in zip(events, places, named, strict=True):
        axes.plot(
            [LINE_AT, LINE_AT + FORK - GAP / 2],
            [at, y],
            color=LINE,
            linewidth=HAIR,
            zorder=0,
            clip_on=False,
        )
        axes.plot(
            [LINE_AT], [at], color=FG, marker="o", markersize=DOT, linestyle="None", clip_on=False
        )
        write(axes, LINE_AT + FORK, y, str(year), color=MUTED, ha="left")
        write(axes, begins, y, name, ha="left")
    return figure
