"""A figure of any style in the light and in the dark scheme: on the page, or on a plate of its own.

A figure that sets a background keeps it, and with it all its colours.  So does one whose texts or
black lines stand on shapes in fixed colours: on a dark page they would be gone.  Any other follows
the scheme.
"""

import contextlib
import warnings
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure

from worked.palette import FG, LIGHT, SENTINELS
from worked.svg import (
    BLACK_ON,
    follow_scheme,
    has_ink,
    luminance,
    put_on_plate,
    stands_on_colour,
    weak_colours,
)

_PAPER: Final = 0.97
"""least level of red, green and blue that is paper"""


class ContrastWarning(UserWarning):
    """A text or a line that can hardly be seen."""


def in_both_schemes(svg: str, figure: Figure) -> str:
    """Give a drawing the colours in which it can be read in both schemes; warn where it cannot.

    Args:
        svg: as matplotlib writes it.
        figure: that it shows.
    """
    background = _background(figure)
    free_texts = any(axes.texts for axes in figure.axes)
    if not background and (free_texts or has_ink(svg)) and stands_on_colour(svg):
        background = LIGHT["bg"]
    svg = put_on_plate(svg, background) if background else follow_scheme(svg)
    for said in weak_colours(svg, background):
        warnings.warn(said, ContrastWarning, stacklevel=1)
    return svg


def _background(figure: Figure) -> str:
    """Give the colour on which a figure wants to stand; empty where it is that of the page."""
    if _is_coloured(figure.patch):
        return to_hex(figure.get_facecolor())
    inside = (axes.patch for axes in figure.axes if axes.axison)
    return LIGHT["bg"] if any(map(_is_coloured, inside)) else ""


def _is_coloured(patch: Any) -> bool:
    red, green, blue, alpha = to_rgba(patch.get_facecolor())
    is_ours = to_hex((red, green, blue)) in SENTINELS.values()
    return bool(patch.get_visible() and alpha and not is_ours and min(red, green, blue) < _PAPER)


@contextlib.contextmanager
def readable_numbers(figure: Figure) -> Iterator[None]:
    """Have the texts on the pixels of a map black or white for a while, where they have no colour.

    The pixels are the same in both schemes.
    """
    changed = []
    for axes in figure.axes:
        for text in axes.texts if axes.images else ():
            if to_hex(text.get_color()) == FG and (ink := _ink_on(axes.images[-1], text)):
                changed.append(text)
                text.set_color(ink)
    try:
        yield
    finally:
        for text in changed:
            text.set_color(FG)


def _ink_on(image: Any, text: Any) -> str:
    """Choose black or white by the pixel under a text; empty where there is none."""
    pixels = image.get_array()
    if pixels is None or text.get_transform() != image.axes.transData or text.get_bbox_patch():
        return ""
    rows, columns = pixels.shape[:2]
    left, right, bottom, top = image.get_extent()
    x, y = text.get_unitless_position()
    across = (x - left) / (right - left) * columns
    down = (y - bottom) / (top - bottom) * rows
    down = rows - down if image.origin == "upper" else down
    if not (0 <= across < columns and 0 <= down < rows):
        return ""
    row, column = int(down), int(across)
    pixel = image.to_rgba(pixels[row : row + 1, column : column + 1], bytes=True)[0, 0]
    if np.ma.is_masked(pixel) or pixel[3] < 255:  # the page shines through
        return ""
    level = luminance("#{:02x}{:02x}{:02x}".format(*pixel[:3]))
    return "#000000" if level > BLACK_ON else "#ffffff"
