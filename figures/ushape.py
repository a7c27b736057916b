"""The shapes of a U-Net: down on the left, up on the right, with bridges between."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from figures.style import HAIR, MARGIN, THING, WIDTH, canvas, styled, text_width, write
from worked.palette import FG, MUTED

BOX = 18.0
"""Height of a level's box, points."""
STEP = 26.0
"""Between two levels, where the arrows are."""
PAD = 5.0
"""From a text to the sides of its box."""
INDENT = 9.0
"""How far each level stands further inside than the one above, points."""
TINT = 0.15


@styled
def ushape(
    down: Sequence[str],
    bottom: str,
    up: Sequence[str],
    bridges: Sequence[str],
    width: float = WIDTH,
) -> Figure:
    """Draw what each level of a U-Net holds, from the top to the bottom and up again.

    down, up: one text for each level, the uppermost first; bridges: what stands on the line
    from a level on the left to its level on the right.
    Raises ValueError where these are not of one length, or a level does not fit the width.
    """
    if not len(down) == len(up) == len(bridges) > 0:
        raise ValueError(
            f"ushape: expected as many levels down, up and bridges, got {len(down)}, {len(up)}, "
            f"{len(bridges)}"
        )
    figure, axes = canvas(width, 2 * MARGIN + (len(down) + 1) * BOX + len(down) * STEP)
    middles: list[tuple[float, float]] = []
    for level, (left, right, bridge) in enumerate(zip(down, up, bridges, strict=True)):
        top = MARGIN + level * (BOX + STEP)
        inset = MARGIN + level * INDENT
        ends = inset + _wide(left), width - inset - _wide(right)
        if ends[1] - ends[0] < text_width(bridge) + 2 * PAD + 8:
            raise ValueError(f"level {level + 1}: expected texts that fit {width:g} points")
        _box(axes, left, (inset, top))
        _box(axes, right, (ends[1], top))
        _bridge(axes, bridge, ends, top + BOX / 2)
        middles.append((inset + _wide(left) / 2, width - inset - _wide(right) / 2))
    top = MARGIN + len(down) * (BOX + STEP)
    wide = _wide(bottom)
    _box(axes, bottom, ((width - wide) / 2, top))
    middles.append(((width - wide) / 2 + 8, (width + wide) / 2 - 8))
    for level in range(len(down)):
        above = MARGIN + level * (BOX + STEP) + BOX
        from_left, to_left = middles[level][0], middles[level + 1][0]
        from_right, to_right = middles[level + 1][1], middles[level][1]
        _arrow(axes, (from_left, above + 2), (to_left, above + STEP - 2))
        _arrow(axes, (from_right, above + STEP - 2), (to_right, above + 2))
    return figure


def _wide(text: str) -> float:
    return text_width(text) + 2 * PAD


def _box(axes: Axes, text: str, at: tuple[float, float]) -> None:
    axes.add_patch(
        Rectangle(
            at,
            _wide(text),
            BOX,
            facecolor=(THING, TINT),
            edgecolor=FG,
            linewidth=HAIR,
            clip_on=False,
        )
    )
    write(axes, at[0] + _wide(text) / 2, at[1] + BOX / 2, text)


def _bridge(axes: Axes, text: str, ends: tuple[float, float], y: float) -> None:
    left, right = ends[0] + 2, ends[1] - 2
    middle, half = (left + right) / 2, text_width(text) / 2 + 3
    axes.plot([left, middle - half], [y, y], color=MUTED, linewidth=1.0, clip_on=False)
    _arrow(axes, (middle + half, y), (right, y))
    write(axes, middle, y, text, color=MUTED)


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.annotate(
        "",
        end,
        start,
        arrowprops={
            "arrowstyle": "->",
            "color": MUTED,
            "linewidth": 1.0,
            "shrinkA": 0,
            "shrinkB": 0,
            "mutation_scale": 8,
        },
        annotation_clip=False,
    )
