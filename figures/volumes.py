"""The volumes that flow through a network, as stacks of maps joined by operations."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2, sqrt

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from figures.numbers import one_each
from figures.style import HAIR, MARGIN, THING, canvas, styled, text_width, write
from worked.palette import BG, FG, MUTED

LARGEST = 56.0
"""Side of the largest map, points."""
SMALLEST = 6.0
SHEET = 2.5
"""How far each map of a stack stands off the one before it, points."""
TINT = 0.15
"""Alpha of a sheet."""
ARROW = 26.0
"""Height of an arrow with its room, points."""
BESIDE = 9.0
"""From an arrow to its operation, points."""


@styled
def volumes(
    shapes: Sequence[tuple[int, ...]],
    labels: Sequence[str] = (),
    operations: Sequence[str] = (),
) -> Figure:
    """Draw volumes from top to bottom, joined by arrows with the operations beside them.

    shapes: (C, H, W) or (D,) each.  Sides of maps go with the square root of H and W, so that
    small ones can be seen; the number of sheets grows with the logarithm of C.
    labels: one for each volume; operations: one for each arrow.
    Raises ValueError where these do not fit together.
    """
    for n, shape in enumerate(shapes, start=1):
        if len(shape) not in (1, 3) or min(shape) < 1:
            raise ValueError(f"shape {n}: expected (C, H, W) or (D,), got {tuple(shape)}")
    if not shapes:
        raise ValueError("volumes: expected at least one shape, got none")
    one_each("labels", labels, "volume", len(shapes))
    one_each("operations", operations, "arrow between volumes", len(shapes) - 1)
    unit = LARGEST / sqrt(max((max(s[1:]) for s in shapes if len(s) == 3), default=1))
    names = labels or [""] * len(shapes)
    chain = [_volume(shape, name, unit) for shape, name in zip(shapes, names, strict=True)]
    middle = MARGIN + max(volume.width for volume in chain) / 2
    beside = 2 * middle - MARGIN + 14
    ends = [beside + volume.text_width for volume in chain]
    ends += [middle + BESIDE + text_width(operation) for operation in operations]
    height = sum(volume.height for volume in chain) + ARROW * (len(chain) - 1)
    figure, axes = canvas(max(ends) + MARGIN, height + 2 * MARGIN)
    y = MARGIN
    for n, volume in enumerate(chain):
        _draw_volume(axes, volume, middle, y)
        _draw_caption(axes, volume, beside, y + volume.height / 2)
        y += volume.height
        if n + 1 < len(chain):
            _draw_arrow(axes, middle, y + 4, y + ARROW - 4)
            if operations:
                write(axes, middle + BESIDE, y + ARROW / 2, operations[n], ha="left")
            y += ARROW
    return figure


@dataclass(frozen=True, slots=True)
class _Volume:
    name: str
    shape: str
    sheets: int
    front: tuple[float, float]
    """Width and height of one sheet, points."""

    @property
    def depth(self) -> float:
        return (self.sheets - 1) * SHEET

    @property
    def width(self) -> float:
        return self.front[0] + self.depth

    @property
    def height(self) -> float:
        return self.front[1] + self.depth

    @property
    def indent(self) -> float:
        """How far the shape stands behind the start of the name, points."""
        return text_width(self.name) + 7 if self.name else 0.0

    @property
    def text_width(self) -> float:
        return self.indent + text_width(self.shape)


def _volume(shape: tuple[int, ...], name: str, unit: float) -> _Volume:
    words = " × ".join(f"{length}" for length in shape)
    if len(shape) == 1:
        return _Volume(name, words, 1, (12 + 10 * log2(shape[0] + 1), SMALLEST + 2))
    channels, high, wide = shape
    front = max(SMALLEST, sqrt(wide) * unit), max(SMALLEST, sqrt(high) * unit)
    return _Volume(name, words, channels if channels <= 4 else round(2 + log2(channels)), front)


def _draw_volume(axes: Axes, volume: _Volume, middle: float, top: float) -> None:
    """Draw the sheets from the back to the front, each on the page's colour with a tint."""
    back = middle - volume.width / 2 + volume.depth
    for n in range(volume.sheets):
        corner = back - n * SHEET, top + n * SHEET
        axes.add_patch(Rectangle(corner, *volume.front, color=BG, linewidth=0, clip_on=False))
        axes.add_patch(
            Rectangle(
                corner,
                *volume.front,
                facecolor=(THING, TINT),
                edgecolor=FG,
                linewidth=HAIR,
                clip_on=False,
            )
        )


def _draw_caption(axes: Axes, volume: _Volume, x: float, y: float) -> None:
    write(axes, x, y, volume.name, ha="left")
    write(axes, x + volume.indent, y, volume.shape, color=MUTED, ha="left")


def _draw_arrow(axes: Axes, x: float, top: float, bottom: float) -> None:
    axes.plot([x, x], [top, bottom], color=MUTED, linewidth=1.0, clip_on=False)
    axes.plot(
        [x - 3, x, x + 3],
        [bottom - 4, bottom, bottom - 4],
        color=MUTED,
        linewidth=1.0,
        clip_on=False,
    )
