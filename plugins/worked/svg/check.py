"""Check an SVG that came from a cell.

What is not on the lists is refused, never repaired: whatever comes here was made by code that
nobody trusts.
"""

import math
import re
from collections.abc import Callable
from typing import Final
from xml.parsers import expat

from worked import limits

_ELEMENTS: Final = frozenset(
    [
        *("svg", "g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("text", "tspan", "use", "clipPath", "image", "pattern", "title", "desc"),
        *("linearGradient", "radialGradient", "stop", "marker", "mask", "symbol"),
    ]
)
_ATTRIBUTES: Final = frozenset(
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
_PROPERTIES: Final = _ATTRIBUTES | {
    *("font", "font-stretch", "font-variant", "letter-spacing", "word-spacing", "white-space"),
    *("image-rendering", "shape-rendering", "text-rendering", "vector-effect", "overflow"),
    *("display", "visibility", "baseline-shift", "alignment-baseline", "text-decoration"),
    *("marker", "marker-start", "marker-mid", "marker-end", "mix-blend-mode", "isolation"),
}
"""What a style may set: nothing that fetches, moves or animates."""
_FUNCTIONS: Final = frozenset(
    [
        *("url", "var", "calc", "rgb", "rgba", "hsl", "hsla", "matrix", "translate", "translateX"),
        *("translateY", "scale", "scaleX", "scaleY", "rotate", "skew", "skewX", "skewY"),
    ]
)
"""What may stand before a parenthesis: `image-set(…)`, say, fetches without any `url(…)`."""
_HINTS: Final = {
    "filter": "matplotlib writes it for Gouraud shading; use flat shading",
    "a": "matplotlib writes it for set_url; leave it out",
    "script": "no scripts in drawings",
    "foreignObject": "no HTML in drawings",
    "style": "use style attributes",
}

_PIXELS = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]*")
_INSIDE = re.compile(r"#@-[\w.-]+")
_OWN_ID = re.compile(r"@-[\w.-]+")
_URL = re.compile(r"url\(\s*(?!#@-[\w.-]+\s*\))|@import|javascript:", re.IGNORECASE)
_CALL = re.compile(r"(?<![^\s(),;:])([^\s(),;:]*+)\(")
# CSS reads escapes in attributes like `fill` too; the others would end a tag or hide a name
_STRANGE = re.compile(r"[\\<>]|/\*")
_HEAD = re.compile(r"<svg\b([^>]*[^/>])>")
_VIEW = re.compile(r'\sviewBox="\s*[^\s,"]+[\s,]+[^\s,"]+[\s,]+([^\s,"]+)[\s,]+([^\s,"]+)\s*"')


class UnsafeError(ValueError):
    """An SVG with something in it that no drawing needs."""


def check_svg(svg: str) -> None:
    """Look at every element and attribute of an SVG, and whether it says its size.

    Raises:
        UnsafeError: names the first thing that is not allowed.
    """
    if len(svg) > limits.MAX_DRAWING:
        raise UnsafeError(
            f"a drawing of {len(svg):,} characters; at most {limits.MAX_DRAWING:,} fit"
        )
    if not svg.startswith("<svg"):
        raise UnsafeError("an SVG that does not begin with <svg")
    # xlink is bound by the HTML parser of the page; XML wants to see it
    whole = svg.replace("<svg", '<svg xmlns:xlink="http://www.w3.org/1999/xlink"', 1)
    parser = expat.ParserCreate()
    around: list[str] = []
    repeats = _Repeats()

    def begin(name: str, attributes: dict[str, str]) -> None:
        _element(name, attributes, around)
        repeats.begin(name, attributes)

    def end(name: str) -> None:
        around.pop()
        repeats.end()

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    # the page's HTML parser ends comments and CDATA elsewhere than XML does
    parser.CommentHandler = _refusal("a comment")
    parser.StartCdataSectionHandler = _refusal("a CDATA section")
    parser.StartDoctypeDeclHandler = _refusal("a document type")
    parser.ProcessingInstructionHandler = _refusal("a processing instruction")
    try:
        parser.Parse(whole.encode("utf-8", "backslashreplace"), True)
    except expat.ExpatError as error:
        raise UnsafeError(f"an SVG that is not XML: {error}") from error
    repeats.check()
    svg_size(svg)


class _Repeats:
    """Parts that are drawn again by `<use>`: ten times ten of ten keep a browser busy for ever."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._holders: set[str] = set()
        """Ids of all that a `<use>` is in."""
        self._drawn: set[str] = set()

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self._ids.append(attributes.get("id", ""))
        if name == "use":
            self._holders.update(self._ids)
            self._drawn.add(attributes.get("xlink:href", "#")[1:])

    def end(self) -> None:
        self._ids.pop()

    def check(self) -> None:
        if again := (self._drawn & self._holders) - {""}:
            raise UnsafeError(f"an SVG with a <use> of {min(again)[:40]!r}, which holds one itself")


def _refusal(what: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise UnsafeError(f"an SVG with {what}")

    return refuse


def _element(name: str, attributes: dict[str, str], around: list[str]) -> None:
    if around and name == "svg":
        raise UnsafeError("an SVG inside an SVG")
    if around and around[-1] in ("title", "desc"):  # where HTML begins again
        raise UnsafeError(f"an SVG with <{name[:40]}> inside <{around[-1]}>")
    if around and name == "svg":
        raise UnsafeError("an SVG with <svg> in it: draw both as one")
    around.append(name)
    if len(around) > limits.MAX_DRAWING_DEPTH:
        raise UnsafeError(
            f"an SVG with more than {limits.MAX_DRAWING_DEPTH} elements in each other"
        )
    if name not in _ELEMENTS:
        hint = f": {_HINTS[name]}" if name in _HINTS else ""
        raise UnsafeError(f"an SVG with <{name[:40]}>{hint}")
    for key, value in attributes.items():
        if key == "xlink:href":
            good = (_PIXELS if name == "image" else _INSIDE).fullmatch(value) is not None
        elif key not in _ATTRIBUTES:
            raise UnsafeError(f"an SVG with the attribute {key[:40]!r} on <{name}>")
        elif key == "id":  # any other would meet the page's own ids
            good = _OWN_ID.fullmatch(value) is not None
        else:
            good = _is_harmless(key, value)
        if not good:
            raise UnsafeError(f"an SVG with {key}={value[:40]!r} on <{name}>")


def _is_harmless(key: str, value: str) -> bool:
    if _URL.search(value) or _STRANGE.search(value):
        return False
    if not _FUNCTIONS.issuperset(_CALL.findall(value)):
        return False
    names = (part.partition(":")[0].strip() for part in value.split(";")) if key == "style" else ()
    return all(name in _PROPERTIES for name in names if name)


def svg_size(svg: str) -> tuple[float, float]:
    """Give width and height of a drawing: points."""
    head = _HEAD.match(svg)
    view = _VIEW.search(head[1]) if head else None
    try:
        width, height = map(float, view.groups()) if view else (math.nan, math.nan)
    except ValueError:
        width = height = math.nan
    if not (0 < width < math.inf and 0 < height < math.inf):
        raise UnsafeError("an SVG without a viewBox that says its size")
    if max(width, height) > limits.MAX_DRAWING_SIDE:
        most = f"{limits.MAX_DRAWING_SIDE:,}"
        raise UnsafeError(f"a drawing of {width:,.6g} × {height:,.6g} points; at most {most} fit")
    return width, height
