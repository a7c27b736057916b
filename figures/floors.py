"""Boxes on floors, joined by arrows that lead down."""

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from figures.style import GAP, HAIR, MARGIN, WIDTH, canvas, styled, text_width, write
from worked.palette import BG, FG, LINE, MUTED

HEIGHT = 20.0
"""Of a box, points."""
STOREY = 46.0
"""From the top of one floor to that of the next, points."""
PADDING = 6.0
"""Beside the name in its box, points."""


@styled
def floors(rows: Sequence[Sequence[str]], arrows: Sequence[tuple[str, str]]) -> Figure:
    """Draw named boxes on floors, the top floor first, and arrows between them.

    rows: the names of each floor, from left to right.
    arrows: (from, to): the first stands on a higher floor than the second.
    Raises ValueError where a name is twice, not there, or an arrow leads up.
    """
    names = [name for row in rows for name in row]
    if len(set(names)) < len(names):
        raise ValueError("floors: expected every name once")
    storey = {name: n for n, row in enumerate(rows) for name in row}
    for start, end in arrows:
        if start not in storey or end not in storey or storey[start] >= storey[end]:
            raise ValueError(f"floors: expected an arrow that leads down, got {start} -> {end}")
    figure, axes = canvas(WIDTH, (len(rows) - 1) * STOREY + HEIGHT + 2 * MARGIN)
    middle: dict[str, float] = {}
    for n, row in enumerate(rows):
        widths = [text_width(name) + 2 * PADDING for name in row]
        room = WIDTH - 2 * MARGIN - sum(widths)
        gap = max(GAP, room / (len(row) + 1))
        x = MARGIN + max(0.0, (room - gap * (len(row) - 1)) / 2)
        for name, width in zip(row, widths, strict=True):
            box = FancyBboxPatch(
                (x, MARGIN + n * STOREY),
                *(width, HEIGHT),
                boxstyle="round,pad=0,rounding_size=3",
                facecolor=BG,
                edgecolor=MUTED,
                linewidth=HAIR,
                zorder=2,
            )
            axes.add_patch(box)
            middle[name] = x + width / 2
            write(axes, middle[name], MARGIN + n * STOREY + HEIGHT / 2, name, color=FG)
            x += width + gap
    for start, end in arrows:
        top = MARGIN + storey[start] * STOREY + HEIGHT
        bottom = MARGIN + storey[end] * STOREY
        axes.add_patch(
            FancyArrowPatch(
                *((middle[start], top), (middle[end], bottom)),
                arrowstyle="-|>",
                mutation_scale=6,
                linewidth=HAIR,
                color=MUTED if storey[end] - storey[start] == 1 else LINE,
                shrinkA=0,
                shrinkB=1,
                zorder=1,
            )
        )
    return figure
