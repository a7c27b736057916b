"""Feature maps, kernels and photographs as native pixels."""

from collections.abc import Sequence
from math import ceil

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from figures.numbers import matrix, one_each
from figures.style import (
    GAP,
    HAIR,
    MARGIN,
    WIDTH,
    canvas,
    styled,
    text_width,
    write,
)
from figures.tints import Kind, largest, photograph, pixels
from worked.palette import LINE, MUTED

SIDE = 92.0
"""Longer side of a picture, where there is room for it, points."""
LEAST = 70.0
"""Shortest longer side before another row is begun, points."""
TITLE = 17.0
"""Height of the line of titles above the pictures, points."""


@styled
def maps(
    images: ArrayLike | Sequence[ArrayLike],
    titles: Sequence[str] = (),
    kind: Kind | Sequence[Kind] = "activation",
    columns: int | None = None,
    shared: bool = True,
    *,
    side: float = SIDE,
) -> Figure:
    """Draw maps in a grid, a pixel for every number.

    images: (N, H, W), (H, W), or a sequence of (H, W); as "image" also coloured, (…, 3).
    kind: of all or of each: "activation" (from 0 up, one colour), "kernel" (signed, two colours,
    zero transparent) or "image" (opaque greys or colours; floats in [0, 1], integers to 255).
    shared: one scale for all maps rather than one each.  side: points, of the longest side.
    Raises ValueError for other shapes, and for negative activations.
    """
    pictures = _pictures(images, kind if isinstance(kind, str) else "kernel")
    one_each("titles", titles, "map", len(pictures))
    kinds = [kind] * len(pictures) if isinstance(kind, str) else list(kind)
    one_each("kind", kinds, "map", len(pictures))
    for n, parts in enumerate(zip(pictures, kinds, strict=True), start=1):
        _check(f"map {n}", *parts)
    drawn = _inked(pictures, kinds, shared=shared)
    longest = max(max(picture.shape[:2]) for picture in drawn)
    named = max((text_width(title) for title in titles), default=0.0)
    across = columns or _columns(len(drawn), max(min(side, LEAST), named))
    scale = min(side, (WIDTH - 2 * MARGIN - GAP * (across - 1)) / across) / longest
    wide = max(named, max(picture.shape[1] for picture in drawn) * scale)
    head = TITLE if any(titles) else 0.0
    rows = [drawn[n : n + across] for n in range(0, len(drawn), across)]
    heights = [head + max(picture.shape[0] for picture in row) * scale + GAP for row in rows]
    figure, axes = canvas(across * (wide + GAP) - GAP + 2 * MARGIN, sum(heights) - GAP + 2 * MARGIN)
    for n, picture in enumerate(drawn):
        x = MARGIN + (n % across) * (wide + GAP)
        y = MARGIN + sum(heights[: n // across]) + head
        across_by, down_by = picture.shape[1] * scale, picture.shape[0] * scale
        put(axes, picture, (x + (wide - across_by) / 2, y), (across_by, down_by))
        if titles:
            write(axes, x + wide / 2, y - TITLE / 2, titles[n], color=MUTED)
    return figure


def _columns(count: int, least: float) -> int:
    """Return a number of columns of at least that width that fills the last row well."""
    most = max(1, int((WIDTH - 2 * MARGIN + GAP) // (least + GAP)))
    return ceil(count / ceil(count / most))


def put(
    axes: Axes, picture: NDArray[np.uint8], at: tuple[float, float], size: tuple[float, float]
) -> None:
    """Put native pixels on a canvas with their top left corner at `at`, and a hairline around."""
    (x, y), (wide, high) = at, size
    axes.imshow(
        picture,
        extent=(x, x + wide, y + high, y),
        aspect="auto",
        interpolation="none",
        clip_on=False,
    )
    axes.add_patch(
        Rectangle(at, wide, high, fill=False, edgecolor=LINE, linewidth=HAIR, clip_on=False)
    )


def fit(picture: NDArray[np.uint8], side: float) -> tuple[float, float]:
    """Return width and height with the longer one as long as `side`."""
    high, wide = picture.shape[:2]
    return wide * side / max(high, wide), high * side / max(high, wide)


def _pictures(images: ArrayLike | Sequence[ArrayLike], kind: Kind) -> list[NDArray[np.float64]]:
    """Return the single maps; photographs keep their dtype, which says their range."""
    if isinstance(images, np.ndarray):
        coloured = kind == "image" and images.ndim >= 3 and images.shape[-1] == 3
        one = images.ndim == (3 if coloured else 2)
        parts = [images] if one else list(images)
    else:
        parts = [np.asarray(image) for image in images]  # type: ignore[union-attr]
    if not parts:
        raise ValueError("maps: expected at least one map, got none")
    return parts


def _check(name: str, part: NDArray[np.float64], kind: Kind) -> None:
    """Raise ValueError unless that is a map of its kind."""
    if kind not in ("activation", "kernel", "image"):
        raise ValueError(f'kind: expected "activation", "kernel" or "image", got {kind!r}')
    coloured = kind == "image" and part.ndim == 3 and part.shape[2] == 3
    if not coloured and (part.ndim != 2 or part.size == 0):
        also = " or (H, W, 3)" if kind == "image" else ""
        raise ValueError(f"{name}: expected (H, W){also}, got shape {part.shape}")
    if kind == "activation" and (part < 0).any():
        raise ValueError(
            f"{name}: expected activations from 0 up, got {part.min():.3g}; "
            'draw signed maps with kind="kernel"'
        )


def _inked(
    pictures: list[NDArray[np.float64]], kinds: Sequence[Kind], *, shared: bool
) -> list[NDArray[np.uint8]]:
    """Return the pixels; photographs have no part in the scale that the others share."""
    pairs = list(zip(pictures, kinds, strict=True))
    numbers = [matrix(picture) for picture, kind in pairs if kind != "image"]
    common = largest(*numbers) if shared and numbers else None
    return [
        photograph(picture)
        if kind == "image"
        else pixels(matrix(picture), kind, scale=common or largest(matrix(picture)))
        for picture, kind in pairs
    ]
