"""A graph of computations: numbers flow along its arrows, and their gradients come back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from figures.style import HAIR, MARGIN, STROKE, WIDTH, canvas, styled, text_width, write
from worked.palette import ACCENT, FG, MUTED

BOX = 20.0
"""Height of a node, points."""
LINE = 15.0
"""Room for a number above and below it."""
ROW = BOX + 2 * LINE + 8


@dataclass(frozen=True, slots=True)
class Node:
    """A quantity or an operation of a graph."""

    column: float
    row: float
    value: str = ""
    """Written above it."""
    gradient: str = ""
    """Written below it, in the accent."""


@styled
def graph(nodes: Mapping[str, Node], edges: Sequence[tuple[str, str, str]] = ()) -> Figure:
    """Draw nodes with their values above and their gradients below, and arrows between them.

    nodes: name -> place and numbers; columns and rows count from 0, halves are allowed.
    edges: (from, to, what to write beside the arrow).
    Raises ValueError where an arrow names no node.
    """
    for start, end, _ in edges:
        for name in (start, end):
            if name not in nodes:
                raise ValueError(f"edges: expected one of {sorted(nodes)}, got {name!r}")
    widths = {name: max(BOX, text_width(name) + 10) for name in nodes}
    wide = max(map(_reach, nodes, nodes.values(), widths.values()))
    columns = max(node.column for node in nodes.values())
    pitch = (WIDTH - 2 * MARGIN - wide) / max(columns, 1)
    rows = max(node.row for node in nodes.values())
    figure, axes = canvas(WIDTH, 2 * MARGIN + ROW * rows + BOX + 2 * LINE)
    centres = {
        name: (
            MARGIN + wide / 2 + node.column * pitch,
            MARGIN + LINE + BOX / 2 + node.row * ROW,
        )
        for name, node in nodes.items()
    }
    for start, end, label in edges:
        (x, y), (u, v) = centres[start], centres[end]
        begin, stop = (x + widths[start] / 2 + 1, y), (u - widths[end] / 2 - 1, v)
        axes.add_patch(
            FancyArrowPatch(
                begin,
                stop,
                arrowstyle="-|>,head_length=4,head_width=2",
                shrinkA=0,
                shrinkB=0,
                color=MUTED,
                linewidth=STROKE / 2,
            )
        )
        if label:
            middle = (begin[0] + stop[0]) / 2, (begin[1] + stop[1]) / 2
            write(axes, *middle, label, color=MUTED, behind=True)
    for name, node in nodes.items():
        x, y = centres[name]
        axes.add_patch(
            FancyBboxPatch(
                (x - widths[name] / 2, y - BOX / 2),
                widths[name],
                BOX,
                boxstyle="round,pad=0,rounding_size=4",
                fill=False,
                edgecolor=FG,
                linewidth=HAIR,
            )
        )
        write(axes, x, y, name)
        write(axes, x, y - BOX / 2 - LINE / 2, node.value)
        write(axes, x, y + BOX / 2 + LINE / 2, node.gradient, color=ACCENT)
    return figure


def _reach(name: str, node: Node, width: float) -> float:
    return max(width, *(text_width(text) for text in (node.value, node.gradient)))
