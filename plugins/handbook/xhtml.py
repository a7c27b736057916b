"""A page as XHTML, well formed, with MathML and SVG in their own namespaces."""

import re
from html import escape
from typing import Final

from lxml import etree

from handbook.markup import Element

XHTML: Final = "http://www.w3.org/1999/xhtml"
EPUB: Final = "http://www.idpf.org/2007/ops"
_MATHML: Final = "http://www.w3.org/1998/Math/MathML"
_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_OWN: Final = {"svg": _SVG, "math": _MATHML}
_HTML_AGAIN: Final = ("foreignObject", "annotation-xml")
_MAPS: Final[dict[str, dict[str | None, str]]] = {
    XHTML: {None: XHTML, "epub": EPUB},
    _SVG: {None: _SVG, "xlink": _XLINK},
    _MATHML: {None: _MATHML},
}
_VOID: Final = frozenset({"area", "br", "col", "embed", "hr", "img", "wbr"})
_NAME: Final = re.compile(r"[A-Za-z_][\w.-]*\Z")
_UNSAID: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot say."""
_STYLED: Final = ("displaystyle", "scriptlevel")
"""MathML has these on every element, MathML 3, which e-readers know, on `mstyle` only."""


def document(title: str, language: str, style: str, body: str) -> bytes:
    """Write an XHTML document.

    Args:
        title: plain text.
        language: a tag, such as `en`.
        style: the style sheet's name.
        body: XHTML.
    """
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="{XHTML}" xmlns:epub="{EPUB}" lang="{escape(language)}" '
        f'xml:lang="{escape(language)}">\n<head>\n<title>{escape(title)}</title>\n'
        f'<link rel="stylesheet" href="{escape(style)}"/>\n</head>\n'
        f"<body>\n{body}</body>\n</html>\n"
    ).encode()


def written(root: Element) -> str:
    """Write what an element holds, for a document's body."""
    holder = etree.Element(f"{{{XHTML}}}div", nsmap=_MAPS[XHTML])
    holder.text = _said(root.text)
    for child in root:
        _copy(child, holder, XHTML)
    whole: str = etree.tostring(holder, encoding="unicode")
    return whole[whole.index(">") + 1 : whole.rindex("</")] if len(holder) or holder.text else ""


def _copy(element: Element, parent: etree._Element, space: str) -> None:
    """Put an element, as XML has it, at the end of another."""
    if not isinstance(element.tag, str):  # a comment
        _append(parent, element.tail)
        return
    if not _NAME.match(element.tag):  # a browser shows what is in it, XML has no such name
        _append(parent, element.text)
        for child in element:
            _copy(child, parent, space)
        _append(parent, element.tail)
        return
    space = _OWN.get(element.tag, space)
    holder = _styled(element, parent) if space == _MATHML else parent
    copy = etree.SubElement(holder, f"{{{space}}}{element.tag}", nsmap=_MAPS[space])
    for name, value in element.attrib.items():
        _set(copy, str(name), str(value), styled=holder is not parent)
    # an empty text gives it an end of its own: some e-readers take a page for HTML
    copy.text = _said(element.text) or ("" if space == XHTML and element.tag not in _VOID else None)
    for child in element:
        _copy(child, copy, XHTML if element.tag in _HTML_AGAIN else space)
    _append(parent, element.tail)


def _styled(element: Element, parent: etree._Element) -> etree._Element:
    """Put an `mstyle` around what has an attribute that only that may have."""
    own = {"math", "mstyle", "mtable"} if element.get("scriptlevel") is None else {"mstyle"}
    said = {name: value for name in _STYLED if (value := element.get(name)) is not None}
    if not said or element.tag in own:
        return parent
    return etree.SubElement(parent, f"{{{_MATHML}}}mstyle", said)


def _set(copy: etree._Element, name: str, value: str, *, styled: bool) -> None:
    if name == "xlink:href":
        name = f"{{{_XLINK}}}href"
    elif not _NAME.match(name) or name == "xmlns" or (styled and name in _STYLED):
        return
    copy.set(name, _UNSAID.sub("", value))


def _append(parent: etree._Element, text: str | None) -> None:
    """Put a text at the end of an element."""
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + _said(text)
    else:
        parent.text = (parent.text or "") + _said(text)


def _said(text: str | None) -> str:
    return _UNSAID.sub("", text or "")
