"""HTML as a tree: read, changed, and written again."""

from collections.abc import Iterator
from typing import Final

from lxml import etree, html

Element = html.HtmlElement

_PARSER: Final = html.HTMLParser(huge_tree=True, remove_pis=True)
# the parser writes all names small, and a browser's mends that; XML needs them as SVG spells them
_SPELLED: Final = """
animateMotion animateTransform clipPath feBlend feColorMatrix feComponentTransfer feComposite
feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA
feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset
fePointLight feSpecularLighting feSpotLight feTile feTurbulence foreignObject linearGradient
radialGradient textPath
attributeName attributeType baseFrequency calcMode clipPathUnits definitionURL diffuseConstant
edgeMode filterUnits glyphRef gradientTransform gradientUnits kernelMatrix kernelUnitLength
keyPoints keySplines keyTimes lengthAdjust limitingConeAngle markerHeight markerUnits
markerWidth maskContentUnits maskUnits numOctaves pathLength patternContentUnits
patternTransform patternUnits pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio
primitiveUnits refX refY repeatCount repeatDur requiredExtensions requiredFeatures
specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles surfaceScale
systemLanguage tableValues targetX targetY textLength viewBox viewTarget xChannelSelector
yChannelSelector zoomAndPan
"""
_VOID: Final = ("source", "track", "wbr")
"""Elements without an end that the parser takes for such as have one."""
_SPELLING: Final = {name.lower(): name for name in _SPELLED.split()}


def parse(text: str) -> Element:
    """Read a piece of HTML; what it holds are the children of the element that is returned."""
    root = html.fragment_fromstring(text, create_parent="div", parser=_PARSER)
    for void in list(root.iter(*_VOID)):
        _empty(void)
    for outer in root.iter("svg", "math"):
        for element in outer.iter(etree.Element):
            _spell(element)
    return root


def parse_page(text: str) -> Element:
    """Read a whole page."""
    return html.document_fromstring(text, parser=_PARSER)


def write(root: Element) -> str:
    """Write what an element holds."""
    whole = etree.tostring(root, encoding="unicode", method="html", with_tail=False)
    return whole[whole.index(">") + 1 : whole.rindex("</")]


def classes(element: Element) -> list[str]:
    """Give the classes of an element."""
    return (element.get("class") or "").split()


def is_drawn(element: Element) -> bool:
    """Whether an element is a part of a drawing or of a formula."""
    return any(one.tag in ("svg", "math") for one in element.iterancestors())


def elements(root: Element) -> Iterator[Element]:
    """Give every element below one, which may be changed or dropped meanwhile."""
    found: list[Element] = [one for one in root.iter(etree.Element) if one is not root]
    yield from found


def drop(element: Element) -> None:
    """Take an element out with all that is in it; the text after it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def text_of(element: Element) -> str:
    """Give the text in an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def _empty(void: Element) -> None:
    """Put what the parser put into an element after it."""
    parent = void.getparent()
    if parent is None or (not len(void) and not void.text):
        return
    place = parent.index(void) + 1
    inside, text, tail = list(void), void.text or "", void.tail or ""
    void.text, void.tail = None, text
    for child in reversed(inside):
        parent.insert(place, child)
    last = inside[-1] if inside else void
    last.tail = (last.tail or "") + tail


def _spell(element: Element) -> None:
    tag = str(element.tag)
    element.tag = _SPELLING.get(tag, tag)
    for name in map(str, element.attrib):
        if name in _SPELLING:
            element.set(_SPELLING[name], element.attrib.pop(name))
