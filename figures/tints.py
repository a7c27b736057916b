"""Sign and size as colour: behind numbers by a variable of the page, in pixels by a fixed ink.

The meaning of the numbers decides, not the numbers that happen to come: those that may be negative
have two colours even where none is.
"""

from typing import Literal

import numpy as np
from matplotlib.colors import to_rgb
from numpy.typing import ArrayLike, NDArray

from figures.style import (
    MINUS,
    MINUS_INK,
    PLUS,
    PLUS_INK,
    SIZE,
    SIZE_INK,
    STRONGEST,
)

LEVELS = 64
"""Steps of a pixel's alpha, grey or colour: finer is hardly seen, and costs half as much again."""

Kind = Literal["activation", "kernel", "image"]


def largest(*arrays: NDArray[np.float64]) -> float:
    """Return the largest finite magnitude of all arrays, 1 if there is none but 0."""
    most = max(float(np.abs(array[np.isfinite(array)]).max(initial=0.0)) for array in arrays)
    return most or 1.0


def tint(values: NDArray[np.float64], *, scale: float, signed: bool) -> NDArray[np.float64]:
    """Return RGBA (H, W, 4) in [0, 1] to draw behind numbers; zero is transparent.

    scale: the magnitude that gets the strongest tint.  signed: whether such numbers may be
    negative; raises ValueError where one is, and they may not.
    """
    least = float(values.min(initial=0.0, where=np.isfinite(values)))
    if least < 0 and not signed:
        raise ValueError(f"signed=False: expected numbers from 0 up, got {least:g}")
    up = to_rgb(PLUS if signed else SIZE)
    colours = np.empty((*values.shape, 4))
    colours[..., :3] = np.where(values[..., None] < 0, to_rgb(MINUS), up)
    colours[..., 3] = STRONGEST * _strength(values, scale)
    return colours


def pixels(values: ArrayLike, kind: Kind, *, scale: float) -> NDArray[np.uint8]:
    """Return the native pixels of a map or a kernel, RGBA (H, W, 4); zero is transparent."""
    numbers = np.asarray(values, dtype=np.float64)
    up = PLUS_INK if kind == "kernel" else SIZE_INK
    inked = np.empty((*numbers.shape, 4), dtype=np.uint8)
    inked[..., :3] = np.where(numbers[..., None] < 0, MINUS_INK, up)
    inked[..., 3] = _levels(_strength(numbers, scale))
    return inked


def photograph(values: ArrayLike) -> NDArray[np.uint8]:
    """Return opaque RGB (H, W, 3) of a grey (H, W) or coloured (H, W, 3) picture.

    Floats are in [0, 1], integers in 0 to 255 (or 0 and 1 alone). Raises ValueError otherwise.
    """
    picture = np.asarray(values)
    if picture.ndim not in (2, 3) or (picture.ndim == 3 and picture.shape[2] != 3):
        raise ValueError(f"expected a picture (H, W) or (H, W, 3), got shape {picture.shape}")
    if picture.dtype.kind not in "biuf":
        raise ValueError(f"expected a picture of numbers, got dtype {picture.dtype}")
    low, high = float(picture.min()), float(picture.max())
    most = 255 if (picture.dtype.kind in "iu" and high > 1) or picture.dtype == np.uint8 else 1
    if not (low >= -1e-9 and high <= most + 1e-9):
        raise ValueError(
            f"expected a picture with values from 0 to {most}, got {low:g} to {high:g}; "
            "scale it first"
        )
    levels = _levels(np.clip(picture.astype(np.float64) / most, 0.0, 1.0))
    return levels if levels.ndim == 3 else np.repeat(levels[..., None], 3, axis=2)


def _levels(shares: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return shares in [0, 1] as bytes, in LEVELS steps."""
    return np.round(np.round(shares * (LEVELS - 1)) * 255 / (LEVELS - 1)).astype(np.uint8)


def _strength(values: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    """Return magnitudes in [0, 1]; what is no finite number has none."""
    return np.clip(np.where(np.isfinite(values), np.abs(values) / scale, 0.0), 0.0, 1.0)
