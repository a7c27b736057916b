"""What runs, asks, moves or unfolds on a screen, as it stands in a book that is read as it is."""

from html import escape
from typing import Final

from handbook.markup import Element, classes, drop, elements, is_drawn, parse

_SAID_GONE: Final = """
base button datalist dialog input link meta meter param progress script select source style
template textarea track
"""
_GONE: Final = frozenset(_SAID_GONE.split())
_OPENED: Final = frozenset({"center", "fieldset", "font", "form", "label", "legend", "output"})
"""What is around them goes, what is in them stays."""
_ELSEWHERE: Final = frozenset({"iframe", "video", "audio", "embed", "object"})
_SCREEN: Final = ("tabindex", "contenteditable", "draggable", "autofocus", "download", "target")
_LINES: Final = frozenset({"p", "span", "a", "strong", "em", "b", "i"})
"""A custom element in them is part of a line."""

_WIDE: Final = {4: "handbook-wide", 6: "handbook-wider"}
"""What a table of so many columns is for a phone."""


def still(page: Element) -> None:
    """Turn what belongs to a screen into what is read, in place."""
    _lay_out_tabs(page)
    for element in elements(page):
        if element.getparent() is None:  # it went with what was around it
            continue
        tag = str(element.tag)
        if tag in _GONE:
            drop(element)
        elif tag in _ELSEWHERE:
            _refer(element)
        elif tag in _OPENED:
            element.drop_tag()
        else:
            _settle(element, tag)


def _settle(element: Element, tag: str) -> None:
    if tag in ("details", "summary"):
        element.tag = "div"
        name = "handbook-box" if tag == "details" else "handbook-box-title"
        element.set("class", " ".join([*classes(element), name]))
        for attribute in ("open", "name"):
            element.attrib.pop(attribute, None)
    elif tag == "table":
        columns = max((len(row) for row in element.iter("tr")), default=0)
        if names := [name for least, name in _WIDE.items() if columns >= least]:
            element.set("class", " ".join([*classes(element), *names]))
    elif "-" in tag and not is_drawn(element):
        parent = element.getparent()
        element.tag = "span" if parent is not None and parent.tag in _LINES else "div"
    if element.get("tabindex") is not None and element.get("role") in ("region", "group"):
        for attribute in ("role", "aria-label"):  # it was a box that scrolls
            element.attrib.pop(attribute, None)
    for attribute in list(map(str, element.attrib)):
        if attribute in _SCREEN or attribute.startswith(("on", "data-")):
            element.attrib.pop(attribute)


def _refer(element: Element) -> None:
    """Leave a link to what is shown from elsewhere; nothing where it is not to be found."""
    inner = next((one.get("src") for one in element.iter("source")), None)
    to = element.get("src") or element.get("data") or inner or ""
    if to.startswith(("https:", "http:")):
        said = escape(element.get("title") or to)
        element.addprevious(parse(f'<a href="{escape(to)}">{said}</a>')[0])
    drop(element)


def _lay_out_tabs(page: Element) -> None:
    """Let what stands in tabs, as `pymdownx.tabbed` writes them, stand one below the other."""
    for tabs in page.iter("div"):
        if "tabbed-set" not in classes(tabs):
            continue
        labels = [one for one in tabs.iter("label") if _set_of(one) is tabs]
        blocks = [
            one
            for one in tabs.iter("div")
            if "tabbed-block" in classes(one) and _set_of(one) is tabs
        ]
        for label, block in zip(labels, blocks, strict=False):
            label.tag, label.tail = "p", None
            label.set("class", "handbook-box-title")
            label.attrib.pop("for", None)
            block.insert(0, label)
            block.text, label.tail = None, block.text


def _set_of(element: Element) -> Element | None:
    return next((one for one in element.iterancestors() if "tabbed-set" in classes(one)), None)
