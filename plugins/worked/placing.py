"""Check an SVG that came from a cell, and put it into a page.

What is not on the lists is refused, never repaired: whatever comes here was made by code that
nobody trusts.  No NumPy and no matplotlib here: the room belongs to the build, not to the worker.
"""

import re
from html import escape
from typing import Final
from xml.parsers import expat

ELEMENTS: Final = frozenset(
    [
        *("svg", "g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("text", "tspan", "use", "clipPath", "image", "pattern", "title", "desc"),
        *("linearGradient", "radialGradient", "stop", "marker", "mask", "symbol"),
    ]
)
ATTRIBUTES: Final = frozenset(
    [
        *("id", "class", "style", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx"),
        *("ry", "fx", "fy", "dx", "dy", "width", "height", "points", "transform", "viewBox"),
        *("fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity"),
        *("stroke-linecap", "stroke-linejoin", "stroke-dasharray", "stroke-dashoffset"),
        *("stroke-miterlimit", "opacity", "clip-path", "clip-rule", "color", "mask", "font-size"),
        *("font-weight", "font-style", "font-family", "text-anchor", "dominant-baseline"),
        *("textLength", "lengthAdjust", "xml:space", "preserveAspectRatio", "patternUnits"),
        *("patternTransform", "patternContentUnits", "gradientUnits", "gradientTransform"),
        *("offset", "stop-color", "stop-opacity", "markerWidth", "markerHeight", "refX", "refY"),
        *("orient", "markerUnits", "paint-order", "version", "xmlns", "xmlns:xlink"),
    ]
)
HINTS: Final = {
    "filter": "matplotlib writes it for Gouraud shading; use flat shading",
    "a": "matplotlib writes it for set_url; leave it out",
    "script": "no scripts in drawings",
    "foreignObject": "no HTML in drawings",
    "style": "use style attributes",
}

_PIXELS = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]*")
_INSIDE = re.compile(r"#[\w@.-]+")
_URL = re.compile(r"url\(\s*(?!#[\w@.-]+\s*\))|@import|expression\(|javascript:", re.IGNORECASE)
_ESCAPED = re.compile(r"\\")
_REFERENCE = re.compile(r'( id="|xlink:href="#|url\(#)@-')
_HEAD = re.compile(r"<svg\b([^>]*)>")
_VIEW = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')


class UnsafeError(ValueError):
    """An SVG with something in it that no drawing needs."""


def check(svg: str) -> None:
    """Look at every element and attribute of an SVG.

    Raises:
        UnsafeError: names the first thing that is not allowed.
    """
    # xlink is bound by the HTML parser of the page; XML wants to see it
    whole = svg.replace("<svg", '<svg xmlns:xlink="http://www.w3.org/1999/xlink"', 1)
    parser = expat.ParserCreate()
    parser.StartElementHandler = _element
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.ProcessingInstructionHandler = _refuse_instruction
    try:
        parser.Parse(whole.encode("utf-8", "backslashreplace"), True)
    except expat.ExpatError as error:
        raise UnsafeError(f"an SVG that is no XML: {error}") from error
    if not svg.startswith("<svg"):
        raise UnsafeError("an SVG that does not begin with <svg")


def _refuse_doctype(*_: object) -> None:
    raise UnsafeError("an SVG with a document type")


def _refuse_instruction(*_: object) -> None:
    raise UnsafeError("an SVG with a processing instruction")


def _element(name: str, attributes: dict[str, str]) -> None:
    if name not in ELEMENTS:
        hint = f": {HINTS[name]}" if name in HINTS else ""
        raise UnsafeError(f"an SVG with <{name[:40]}>{hint}")
    for key, value in attributes.items():
        if key in ("xlink:href", "href"):
            allowed = _PIXELS if name == "image" else _INSIDE
            if not allowed.fullmatch(value):
                raise UnsafeError(f"an SVG with {key}={value[:40]!r} on <{name}>")
        elif key not in ATTRIBUTES:
            raise UnsafeError(f"an SVG with the attribute {key[:40]!r} on <{name}>")
        elif _URL.search(value) or (key == "style" and _ESCAPED.search(value)):
            raise UnsafeError(f"an SVG with {key}={value[:40]!r} on <{name}>")


def place(svg: str, prefix: str, *, title: str) -> str:
    """Make a drawing fit to stand in a page.

    Args:
        svg: as `worked.drawing` made it and `check` let it pass.
        prefix: unique in the whole site; begins every id.
        title: the alternative text, plain.

    Raises:
        UnsafeError: when the drawing does not say its size.
    """
    placed = _REFERENCE.sub(rf"\g<1>{prefix}-", svg)
    head = _HEAD.search(placed)
    view = _VIEW.search(head[1]) if head else None
    if head is None or view is None:
        raise UnsafeError("an SVG without a viewBox")
    # one point of the drawing is 4/3 pixels of the page
    width, height = (round(float(size) * 4 / 3, 2) for size in view.groups())
    name = f"{prefix}-title"
    opening = (
        f'<svg{head[1]} width="{width:g}" height="{height:g}" role="img" aria-labelledby="{name}">'
        f'<title id="{name}">{escape(title)}</title>'
    )
    return placed[: head.start()] + opening + placed[head.end() :]
