"""What a network makes of an image, whole: its maps layer by layer, its answer, and the reason."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from figures.maps import put
from figures.numbers import matrix
from figures.style import GAP, HAIR, MARGIN, WIDTH, canvas, styled, write
from figures.tints import largest, photograph, pixels
from worked.palette import ACCENT, LINE, MAP, MUTED

SIDE = 76.0
"""Of the image, and of what was looked at, points."""
TITLE = 17.0
ROW = 19.0
"""From one class to the next, points."""
MAP_SIDE = 28.0
"""Of a map where eight are in a row; more are smaller, so that all are."""
APART = 1
"""Pixels between maps."""


@styled
def answer(
    image: ArrayLike,
    layers: Mapping[str, ArrayLike],
    probabilities: ArrayLike,
    looked: ArrayLike,
) -> Figure:
    """Draw an image, the probabilities of its classes, what was looked at, and all maps.

    image: (H, W), ink in [0, 1].  layers: name -> maps (C, h, w), from 0 up, each with a scale of
    its own.  probabilities: (K,).  looked: signed, (H, W).  Raises ValueError for other shapes.
    """
    ink, reason = matrix(image), matrix(looked)
    shares = np.asarray(probabilities, dtype=np.float64)
    if ink.shape != reason.shape or shares.ndim != 1:
        raise ValueError(
            f"answer: expected image and looked (H, W), probabilities (K,), got {ink.shape}, "
            f"{reason.shape}, {shares.shape}"
        )
    stacks = {name: _stack(name, maps) for name, maps in layers.items()}
    top = max(2 * (TITLE + SIDE) + GAP, TITLE + ROW * shares.size) + GAP
    height = top + sum(TITLE + _side(maps) + GAP for maps in stacks.values())
    figure, axes = canvas(WIDTH, height)
    _name(axes, MARGIN, MARGIN, "input")
    put(axes, photograph(1 - ink), (MARGIN, MARGIN + TITLE), (SIDE, SIDE))
    below = MARGIN + TITLE + SIDE + GAP
    _name(axes, MARGIN, below, "looked at")
    seen = pixels(reason, "kernel", scale=largest(reason))
    put(axes, seen, (MARGIN, below + TITLE), (SIDE, SIDE))
    _draw_shares(axes, MARGIN + SIDE + 3 * GAP, shares)
    for name, maps in stacks.items():
        _name(axes, MARGIN, top, name)
        _draw_maps(axes, top + TITLE, maps)
        top += TITLE + _side(maps) + GAP
    return figure


def _stack(name: str, maps: ArrayLike) -> NDArray[np.float64]:
    stack = np.asarray(maps, dtype=np.float64)
    if stack.ndim != 3 or not stack.size or (stack < 0).any():
        raise ValueError(f"{name}: expected maps (C, h, w) from 0 up, got shape {stack.shape}")
    return stack


def _name(axes: Axes, x: float, y: float, text: str) -> None:
    write(axes, x, y + TITLE / 2 - 2, text, color=MUTED, ha="left")


def _draw_shares(axes: Axes, left: float, shares: NDArray[np.float64]) -> None:
    """Draw a bar for each class, that of the answer in the accent."""
    room = WIDTH - MARGIN - left - 4 * GAP - GAP
    for k, share in enumerate(shares):
        y = MARGIN + TITLE + (k + 0.5) * ROW
        write(axes, left - GAP, y, str(k))
        best = k == shares.argmax()
        axes.add_patch(
            Rectangle(
                (left, y - 0.3 * ROW),
                max(float(share) * room, HAIR),
                0.6 * ROW,
                facecolor=ACCENT if best else MAP,
                edgecolor="none",
            )
        )
        write(axes, left + share * room + GAP / 2, y, f"{share:.0%}".replace("%", " %"), ha="left")


def _side(maps: NDArray[np.float64]) -> float:
    """Return the side of each map, so that all stand in a row."""
    count, _, wide = maps.shape
    return min(MAP_SIDE, (WIDTH - 2 * MARGIN) / float(count + (count - 1) * APART / wide))


def _draw_maps(axes: Axes, top: float, maps: NDArray[np.float64]) -> None:
    """Draw all maps as one picture, with a frame around each."""
    count, high, wide = maps.shape
    side = _side(maps)
    step = side * (1 + APART / wide)
    row = np.zeros((high, count * (wide + APART) - APART))
    for n, one in enumerate(maps):
        at = n * (wide + APART)
        row[:, at : at + wide] = one
        frame = Rectangle((MARGIN + n * step, top), side, side, fill=False)
        frame.set(edgecolor=LINE, linewidth=HAIR, clip_on=False)
        axes.add_patch(frame)
    axes.imshow(
        pixels(row, "activation", scale=largest(maps)),
        extent=(MARGIN, MARGIN + row.shape[1] * side / wide, top + side, top),
        aspect="auto",
        interpolation="none",
        clip_on=False,
    )
