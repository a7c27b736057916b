"""Stacked layers along one axis: one neuron, and all that it reads down to the pixels."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from figures.numbers import one_each
from figures.style import HAIR, MARGIN, THING, WIDTH, canvas, styled, text_width, write
from worked.palette import LINE, MUTED

Layer = tuple[int, int, int]
"""Kernel size, stride and dilation."""

LARGEST = 21.0
"""Width of a cell where there is room, points."""
HEIGHT = 14.0
"""Of a row, points."""
BETWEEN = 24.0
"""From one row to the next, points."""
BESIDE = 8.0
"""From the names to the cells, points."""
TINT = 0.4
"""Alpha of a cell that is read."""


@dataclass(frozen=True, slots=True)
class _Row:
    read: frozenset[int]
    """Neurons that the one at the top depends on, counted from its first."""
    start: float
    """Centre of neuron 0, pixels."""
    jump: int
    """From one neuron to the next, pixels."""

    def centre(self, neuron: int) -> float:
        return self.start + neuron * self.jump


@styled
def stacked(layers: Sequence[Layer], names: Sequence[str] = ()) -> Figure:
    """Draw one neuron after the last layer, and below it whatever it reads, down to the pixels.

    layers: (k, s, d) each, from the image on.  names: one for each row, the pixels' first.
    Neurons of a row stand above the middle of what they read; those that are not read are hollow.
    Raises ValueError where there is no layer, a size is below 1, or the names do not fit.
    """
    if not layers or min(min(layer) for layer in layers) < 1:
        raise ValueError(f"layers: expected (k, s, d) from 1 up, got {list(layers)}")
    one_each("names", names, "row", len(layers) + 1)
    rows = _rows(layers)
    pixels = max(rows[0].read) + 1
    left = MARGIN + max((text_width(name) + BESIDE for name in names), default=0.0)
    cell = min(LARGEST, (WIDTH - left - MARGIN) / pixels)
    height = BETWEEN * len(layers) + HEIGHT
    figure, axes = canvas(left + pixels * cell + MARGIN, height + 2 * MARGIN)
    tops = [MARGIN + BETWEEN * (len(layers) - n) for n in range(len(rows))]
    for n, (k, s, d) in enumerate(layers):
        _join(axes, (rows[n], rows[n + 1]), (k, s, d), (left, cell), (tops[n], tops[n + 1]))
    for n, row in enumerate(rows):
        _draw(axes, row, (left, cell), tops[n])
        if names:
            write(axes, MARGIN, tops[n] + HEIGHT / 2, names[n], color=MUTED, ha="left")
    return figure


def _rows(layers: Sequence[Layer]) -> list[_Row]:
    """Return the row of the pixels, then that of each layer."""
    read = [frozenset({0})]
    for k, s, d in reversed(layers):
        read.append(frozenset(n * s + t * d for n in read[-1] for t in range(k)))
    starts, jumps = [0.0], [1]
    for k, s, d in layers:
        starts.append(starts[-1] + d * (k - 1) / 2 * jumps[-1])
        jumps.append(jumps[-1] * s)
    return [_Row(*row) for row in zip(reversed(read), starts, jumps, strict=True)]


def _join(
    axes: Axes,
    rows: tuple[_Row, _Row],
    layer: Layer,
    across: tuple[float, float],
    tops: tuple[float, float],
) -> None:
    """Draw a line from every neuron of the upper row to each one that it reads."""
    (below, above), (k, s, d), (left, cell) = rows, layer, across
    ends = [
        [
            (left + (above.centre(n) + 0.5) * cell, tops[1] + HEIGHT),
            (left + (below.centre(n * s + t * d) + 0.5) * cell, tops[0]),
        ]
        for n in sorted(above.read)
        for t in range(k)
    ]
    axes.add_collection(
        LineCollection(ends, colors=MUTED, linewidths=HAIR, clip_on=False), autolim=False
    )


def _draw(axes: Axes, row: _Row, across: tuple[float, float], top: float) -> None:
    """Draw the neurons of a row from the first that is read to the last."""
    left, cell = across
    for n in range(max(row.read) + 1):
        axes.add_patch(
            Rectangle(
                (left + row.centre(n) * cell, top),
                cell,
                HEIGHT,
                facecolor=(THING, TINT if n in row.read else 0.0),
                edgecolor=MUTED if n in row.read else LINE,
                linewidth=HAIR,
                clip_on=False,
            )
        )
