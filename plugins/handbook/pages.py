"""A finished page: its content after every plugin, and what the theme puts around it."""

from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from handbook.book import Look
from handbook.markup import Element, classes, parse_page

BEGIN: Final = "<!--handbook: content-->"
END: Final = "<!--handbook: end of content-->"
_HERE: Final = "handbook-content"


@dataclass(frozen=True, slots=True)
class FinishedPage:
    """What of a page goes into the book."""

    address: str
    """From the site's root."""
    html: str
    look: Look


def marked(content: str) -> str:
    """Mark a page's content before the theme's template gets it."""
    return f"{BEGIN}{content}{END}"


def finished_page(output: str, address: str) -> tuple[str, FinishedPage | None]:
    """Take the content out of the page that the template gave.

    Returns:
        The page without the marks, and its content; None where the marks have gone.
    """
    before, found, rest = output.partition(BEGIN)
    content, ended, after = rest.partition(END)
    if not (found and ended):
        return output, None
    around = parse_page(f'{before}<i id="{_HERE}"></i>{after}')
    return before + content + after, FinishedPage(address, content, _look(around, address))


def rooted(reference: str, address: str) -> str:
    """Name a file of the site from the site's root, as seen from a page."""
    if urlsplit(reference).scheme or reference.startswith(("//", "/")):
        return reference
    return normpath(join(dirname(address), reference))


def one_look(looks: list[Look]) -> Look:
    """Put the style sheets of several pages together, in an order that suits all of them."""
    styles: list[str] = []
    for look in looks:
        place = 0
        for style in look.styles:
            if style in styles:
                place = styles.index(style) + 1
            else:
                styles.insert(place, style)
                place += 1
    first = looks[0] if looks else Look()
    return Look(tuple(styles), first.body, first.content)


def _look(page: Element, address: str) -> Look:
    here = page.get_element_by_id(_HERE).getparent()
    whole = page.find("body")
    body = {
        str(name): str(value)
        for name, value in (whole.attrib.items() if whole is not None else ())
        if name in ("dir", "class") or str(name).startswith("data-")
    }
    return Look(
        tuple(filter(None, (_style(element, address) for element in page.iter("link", "style")))),
        tuple(body.items()),
        " ".join(classes(here)) if here is not None else "",
    )


def _style(element: Element, address: str) -> str:
    """Write a style sheet of the page anew, seen from the root; empty for what is none."""
    if element.tag == "link":
        if "stylesheet" not in (element.get("rel") or "").split():
            return ""
        if element.get("media") == "print":  # it knows pages that are printed alone
            return ""
        element.set("href", rooted(element.get("href") or "", address))
    written: str = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return written.strip()
