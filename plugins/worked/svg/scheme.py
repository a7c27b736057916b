"""Colours of a drawing in the light and in the dark scheme: what follows it, what is too weak.

Black, white and greys are ink and paper, and follow the scheme, unless they are data or stand on
something that does not.
"""

import re
from collections.abc import Iterator
from typing import Final

from worked.palette import DARK, LIGHT, SENTINELS

_COLOUR: Final = re.compile(r"(?P<what>fill|stroke): (?P<code>#[0-9a-f]{6})")
_PARTS: Final = re.compile(r'(?=\n  <g id=")')
"""Before each axes, and each text beside them: what stands directly in the figure's group."""
_PICTURE: Final = re.compile(r'<image\b|<g id="(?:QuadMesh|PolyQuadMesh)_\d+">')
_DEFINED: Final = re.compile(r"(<defs>.*?</defs>)", re.DOTALL)
_UNFILLED: Final = re.compile(r'(<(?:text|path|use)\b[^>]*? style=")(?![^"]*\bfill:)')
_TEXT: Final = re.compile(r"<text\b[^>]*>")
_LINE: Final = re.compile(r'<path\b[^>]* style="fill: none; [^"]*stroke: [^"]*"')
_OPENING: Final = re.compile(r"<svg\b[^>]*>")
_MOST_GREYS: Final = 4
"""greys beside black and white; more of them are data"""
_INKS: Final = ((0x40, "fg"), (0x99, "muted"), (0xE6, "line"), (0xFF, "bg"))
"""The highest level of a grey -> what it means."""
BLACK_ON: Final = 0.179
"""luminance above which black is seen better than white"""
_LEAST: Final = 3.0
"""contrast with the light page and with the dark one: no colour has more than 4.2 with both"""
_LEAST_ON_PLATE: Final = 4.5
"""of a text; WCAG 2.2, success criteria 1.4.3 and 1.4.11"""


def stands_on_colour(svg: str) -> bool:
    """Whether a drawing fills shapes in colours that are the same in both schemes."""
    fills = (found["code"] for found in _colours(svg) if found["what"] == "fill")
    return any(_grey(code) is None and code not in SENTINELS.values() for code in fills)


def has_ink(svg: str) -> bool:
    """Whether a drawing uses black, white or a grey by name, outside of axes with pictures."""
    pieces = (piece for part in _flat_parts(svg) for piece in _DEFINED.split(part)[::2])
    bare = any(map(_UNFILLED.search, pieces))
    return bare or any(_grey(found["code"]) is not None for found in _colours(svg))


def follow_scheme(svg: str) -> str:
    """Have black, white and greys follow the scheme, outside of axes with pictures.

    Args:
        svg: as matplotlib writes it.
    """
    greys = {_grey(found["code"]) for found in _colours(svg)}
    if len(greys - {None, 0, 0xFF}) > _MOST_GREYS:
        return svg
    parts = _PARTS.split(svg)
    return "".join(part if _PICTURE.search(part) else _followed(part) for part in parts)


def _followed(part: str) -> str:
    pieces = _DEFINED.split(part)
    # matplotlib leaves out the fill of what is black; a definition takes that of its use
    pieces[::2] = [_UNFILLED.sub(r"\1fill: #000000; ", piece) for piece in pieces[::2]]
    return _COLOUR.sub(_ink, "".join(pieces))


def _flat_parts(svg: str) -> Iterator[str]:
    """Give the parts of a drawing that hold no picture."""
    return (part for part in _PARTS.split(svg) if not _PICTURE.search(part))


def _colours(svg: str) -> Iterator[re.Match[str]]:
    """Find the colours of a drawing, outside of axes with pictures."""
    return (found for part in _flat_parts(svg) for found in _COLOUR.finditer(part))


def put_on_plate(svg: str, colour: str) -> str:
    """Give a drawing a background, and for good the colours of the scheme that goes with it."""
    scheme = LIGHT if luminance(colour) > BLACK_ON else DARK
    for name, sentinel in SENTINELS.items():
        svg = svg.replace(sentinel, scheme[name])
    plate = f'<rect width="100%" height="100%" style="fill: {colour}"/>'
    return _OPENING.sub(lambda found: f"{found[0]}{plate}", svg, count=1)


def weak_colours(svg: str, plate: str) -> Iterator[str]:
    """Say which colours of texts and lines can hardly be seen, once each.

    Args:
        svg: as matplotlib writes it, after `follow_scheme` or `put_on_plate`.
        plate: the colour on which it stands; empty for the page's.
    """
    pages = {"the light page": LIGHT["bg"], "the dark page": DARK["bg"]}
    grounds = {"the plate": plate} if plate else pages
    for noun, code in dict.fromkeys(_drawn(svg)):
        least = _LEAST_ON_PLATE if plate and noun == "text" else _LEAST
        for where, ground in grounds.items():
            if (ratio := contrast(code, ground)) < least:
                said = f"a {noun} in {code} has a contrast of {ratio:.1f} on {where}"
                yield f"{said}; {least:g} is needed"


def _drawn(svg: str) -> Iterator[tuple[str, str]]:
    """Give the texts and lines that have a colour of their own: (`text` or `line`, colour)."""
    for part in _flat_parts(svg):
        for pattern, noun, key in ((_TEXT, "text", "fill"), (_LINE, "line", "stroke")):
            colours = (one for tag in pattern.findall(part) for one in _COLOUR.finditer(tag))
            codes = (one["code"] for one in colours if one["what"] == key)
            for code in codes:
                if code not in SENTINELS.values() and not _is_paper(code):
                    yield noun, code


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours `#rrggbb`, from 1 to 21, as WCAG 2.2 defines it."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(code: str) -> float:
    """Give the relative luminance of a colour `#rrggbb`, from 0 to 1, as WCAG 2.2 defines it."""
    channels = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _grey(code: str) -> int | None:
    """Give the level of a grey; None for a colour."""
    return int(code[1:3], 16) if code[1:3] == code[3:5] == code[5:7] else None


def _is_paper(code: str) -> bool:
    level = _grey(code)
    return level is not None and level > _INKS[-2][0]


def _ink(found: re.Match[str]) -> str:
    level = _grey(found["code"])
    if level is None:
        return found[0]
    name = next(name for most, name in _INKS if level <= most)
    return f"{found['what']}: {SENTINELS[name]}"
