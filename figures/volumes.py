"""The volumes that flow through a network, as stacks of maps joined by operations."""

from collections.abc import Sequence
from math import log2, sqrt

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from figures.numbers import one_each
from figures.style import HAIR, MARGIN, SMALL, WIDTH, canvas, styled, text_width, write
from worked.palette import BG, FG, MAP, MUTED

LARGEST = 64.0
"""Side of the largest map, points."""
SMALLEST = 6.0
SHEET = 3.0
"""How far each map of a stack stands off the one before it, points."""
ARROW = 30.0
"""Height of an arrow with its room, points."""


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
    sizes = [_size(shape, unit) for shape in shapes]
    column = max(wide for wide, _ in sizes)
    beside = MARGIN + column + 14
    words = [
        *operations,
        *(_caption(s, n) for s, n in zip(shapes, labels or [""] * len(shapes), strict=True)),
    ]
    width = min(WIDTH, beside + max(text_width(word) for word in words) + MARGIN)
    figure, axes = canvas(
        width, sum(high for _, high in sizes) + ARROW * (len(sizes) - 1) + 2 * MARGIN
    )
    y = MARGIN
    middle = MARGIN + column / 2
    for n, (shape, (wide, high)) in enumerate(zip(shapes, sizes, strict=True)):
        _draw_volume(axes, shape, (middle - wide / 2, y), unit)
        label = labels[n] if labels else ""
        write(axes, beside, y + high / 2, label, ha="left")
        indent = text_width(label) + 7 if label else 0.0
        write(
            axes,
            beside + indent,
            y + high / 2,
            sizes_text(shape),
            size=SMALL,
            color=MUTED,
            ha="left",
        )
        y += high
        if n + 1 < len(shapes):
            _draw_arrow(axes, middle, y + 5, y + ARROW - 5)
            if operations:
                write(axes, middle + 9, y + ARROW / 2, operations[n], ha="left")
            y += ARROW
    return figure


def sizes_text(shape: tuple[int, ...]) -> str:
    """Return "3 × 32 × 32"."""
    return " × ".join(f"{length}" for length in shape)


def _caption(shape: tuple[int, ...], label: str) -> str:
    return f"{label}  {sizes_text(shape)}"


def _sheets(channels: int) -> int:
    """Return how many maps to draw for so many: all up to 4, then one more for each doubling."""
    return channels if channels <= 4 else round(2 + log2(channels))


def _size(shape: tuple[int, ...], unit: float) -> tuple[float, float]:
    """Return width and height of the drawn volume, points."""
    if len(shape) == 1:
        return 12 + 10 * log2(shape[0] + 1), SMALLEST + 2
    depth = (_sheets(shape[0]) - 1) * SHEET
    return max(SMALLEST, sqrt(shape[2]) * unit) + depth, max(
        SMALLEST, sqrt(shape[1]) * unit
    ) + depth


def _draw_volume(axes: Axes, shape: tuple[int, ...], at: tuple[float, float], unit: float) -> None:
    """Draw the sheets from the back to the front, each on the page's colour with a tint."""
    wide, high = _size(shape, unit)
    sheets = _sheets(shape[0]) if len(shape) == 3 else 1
    depth = (sheets - 1) * SHEET
    for n in range(sheets):
        corner = at[0] + depth - n * SHEET, at[1] + n * SHEET
        for fill, alpha in ((BG, 1.0), (MAP, 0.25)):
            axes.add_patch(
                Rectangle(
                    corner,
                    wide - depth,
                    high - depth,
                    facecolor=(fill, alpha),
                    edgecolor="none",
                    clip_on=False,
                )
            )
        axes.add_patch(
            Rectangle(
                corner,
                wide - depth,
                high - depth,
                fill=False,
                edgecolor=FG,
                linewidth=HAIR,
                clip_on=False,
            )
        )


def _draw_arrow(axes: Axes, x: float, top: float, bottom: float) -> None:
    axes.plot([x, x], [top, bottom], color=MUTED, linewidth=1.0, clip_on=False)
    axes.plot(
        [x - 3, x, x + 3],
        [bottom - 4, bottom, bottom - 4],
        color=MUTED,
        linewidth=1.0,
        clip_on=False,
    )
