"""Pictures with boxes drawn on them, each with its name."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import ArrayLike, NDArray

from figures.maps import put
from figures.numbers import one_each
from figures.style import DASHES, GAP, MARGIN, OUTLINE, TEXT, WIDTH, canvas, styled, write
from figures.tints import photograph
from worked.palette import ACCENT, MUTED

TITLE = 17.0
"""Height of the line of a title above its picture, points."""
NAME = 7.0
"""From the top of a box to the middle of its name, points."""


@styled
def boxed(
    pictures: Sequence[ArrayLike],
    boxes: Sequence[ArrayLike],
    titles: Sequence[str] = (),
    names: Sequence[Sequence[str]] = (),
    *,
    width: float = WIDTH,
) -> Figure:
    """Draw pictures below each other, each with boxes on it.

    pictures: (H, W) each, in [0, 1].  boxes: (N, 4) each, x1, y1, x2, y2 in pixels from the top
    left corner.  titles: one for each picture; names: of the boxes of each picture, an empty
    text for none.  The boxes of a picture that has no names are dashed.
    Raises ValueError where these do not fit together, or a box leaves its picture.
    """
    shown = [np.asarray(picture, dtype=np.float64) for picture in pictures]
    drawn = [np.asarray(each, dtype=np.float64).reshape(-1, 4) for each in boxes]
    if not shown:
        raise ValueError("boxed: expected at least one picture, got none")
    if len(drawn) != len(shown):
        raise ValueError(f"boxes: expected {len(shown)}, one each, got {len(drawn)}")
    one_each("titles", titles, "picture", len(shown))
    one_each("names", names, "picture", len(shown))
    words = names or [()] * len(shown)
    for n, parts in enumerate(zip(shown, drawn, words, strict=True), start=1):
        _check(f"picture {n}", *parts)
    scales = [(width - 2 * MARGIN) / picture.shape[1] for picture in shown]
    head = TITLE if any(titles) else 0.0
    heights = [
        head + picture.shape[0] * scale for picture, scale in zip(shown, scales, strict=True)
    ]
    figure, axes = canvas(width, sum(heights) + GAP * (len(shown) - 1) + 2 * MARGIN)
    top = MARGIN
    for n, (picture, scale) in enumerate(zip(shown, scales, strict=True)):
        if titles:
            write(axes, MARGIN, top + TITLE / 2, titles[n], color=MUTED, ha="left")
        at = (MARGIN, top + head)
        size = (picture.shape[1] * scale, picture.shape[0] * scale)
        put(axes, photograph(picture), at, size)
        _outline(axes, np.array([*at, *at]) + drawn[n] * scale, dashed=not any(words[n]))
        for box, name in zip(drawn[n], words[n], strict=False):
            x, y = at[0] + box[0] * scale, at[1] + box[1] * scale
            write(axes, x + 3, y + NAME + 1, name, ha="left", behind=True, size=TEXT)
        top += heights[n] + GAP
    return figure


def _check(
    name: str, picture: NDArray[np.float64], boxes: NDArray[np.float64], names: Sequence[str]
) -> None:
    if picture.ndim != 2:
        raise ValueError(f"{name}: expected (H, W), got shape {picture.shape}")
    one_each(f"names of {name}", names, "box", len(boxes))
    high, wide = picture.shape
    for box in boxes:
        x1, y1, x2, y2 = box
        if not (0 <= x1 < x2 <= wide and 0 <= y1 < y2 <= high):
            raise ValueError(
                f"{name}: expected x1 < x2 and y1 < y2 inside {high} × {wide}, got {tuple(box)}"
            )


def _outline(axes: Axes, boxes: NDArray[np.float64], *, dashed: bool) -> None:
    """Draw all boxes of a picture as one path."""
    if not len(boxes):
        return
    corners = boxes[:, [0, 1, 2, 1, 2, 3, 0, 3, 0, 1]].reshape(-1, 2)
    codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY] * len(boxes)
    axes.add_patch(
        PathPatch(
            Path(corners, codes),
            fill=False,
            edgecolor=ACCENT,
            linewidth=OUTLINE / 2 if dashed else OUTLINE,
            linestyle=DASHES if dashed else "-",
            joinstyle="round",
            clip_on=False,
        )
    )
