"""A book as XHTML documents, one for each section, with links from one to another."""

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import quote

from handbook.anchors import NAMING
from handbook.book import Book, Section
from handbook.headings import number
from handbook.markup import Element, classes, drop, elements, parse, text_of
from handbook.stills import still
from handbook.xhtml import document, written

STYLE: Final = "style.css"
_ELSEWHERE: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)


@dataclass(frozen=True, slots=True)
class Document:
    """A section as a file of the book."""

    name: str
    section: Section
    content: bytes
    selectors: frozenset[str]
    """What a style sheet can select in it: tags, and classes with their dots."""
    unnamed: int
    """How many pictures in it have no alternative text."""


def documents(
    book: Book, take: Callable[[str], str], paint: Callable[[Element], None]
) -> list[Document]:
    """Write the sections.

    Args:
        book: without boxes that have to be unfolded.
        take: puts a picture into the book and gives its name there, or nothing.
        paint: gives drawings their colours.
    """
    trees = []
    for place, (section, _) in enumerate(book.sections(), 1):
        name = f"{place:03}-{re.sub(r'[^a-z0-9-]+', '-', section.anchor.lower())}.xhtml"
        page = parse(section.html or f"<h1>{escape(section.title)}</h1>")
        heading = page.find(".//h1")
        if heading is not None and section.number:
            number(heading, section.number)
        still(page)
        paint(page)
        trees.append((name, section, page))
    starts = {section.anchor: name for name, section, _ in trees}
    places = dict(starts)
    for name, _, page in trees:
        places.update((one, name) for one in _ids(page) if one not in places)
    found = []
    for name, section, page in trees:
        _settle(page, name, places, starts)
        unnamed = _show(page, take)
        found.append(Document(name, section, _write(book, section, page), _seen(page), unnamed))
    return found


def _ids(page: Element) -> Iterator[str]:
    yield from filter(None, (element.get("id") for element in elements(page)))


def _settle(page: Element, name: str, places: Mapping[str, str], starts: Container[str]) -> None:
    """Let links lead to the files of the book; a reference to nothing goes."""
    own: set[str] = set()
    for element in elements(page):
        if (one := element.get("id")) is not None:
            if not one or places[one] != name or one in own:
                element.attrib.pop("id")
            own.add(one)
    for element in elements(page):
        for attribute in NAMING:
            named = element.attrib.pop(attribute, "").split()
            if there := " ".join(one for one in named if one in own):
                element.set(attribute, there)
        to = element.get("href")
        if to is None or _ELSEWHERE.match(to):
            continue
        found = to.removeprefix("#")
        if found not in places:
            element.attrib.pop("href")
        elif found in starts:
            element.set("href", places[found])
        else:
            file = "" if found in own else places[found]
            element.set("href", f"{file}#{quote(found, safe='/:')}")


def _show(page: Element, take: Callable[[str], str]) -> int:
    """Let pictures be files of the book.

    Returns:
        How many pictures and drawings have no alternative text.
    """
    unnamed = 0
    for element in elements(page):
        if element.tag == "img":
            unnamed += element.get("alt") is None
            element.set("alt", element.get("alt") or "")
            for attribute in ("srcset", "sizes"):
                element.attrib.pop(attribute, None)
            if name := take(element.get("src") or ""):
                element.set("src", name)
            else:
                _refer(element)
        elif element.tag == "image":
            name = take(element.get("xlink:href") or element.get("href") or "")
            if name:
                element.set("xlink:href", name)
                element.attrib.pop("href", None)
            else:
                drop(element)
        elif element.tag == "svg" and element.get("aria-hidden") != "true":
            named = element.get("aria-label") or element.get("aria-labelledby")
            unnamed += not (named or element.find("title") is not None)
    return unnamed


def _refer(image: Element) -> None:
    """Leave a link in the place of a picture from elsewhere, or its text."""
    to, said = image.get("src") or "", escape(image.get("alt") or image.get("src") or "")
    link = f'<a href="{escape(to)}">{said}</a>' if to.startswith(("https:", "http:")) else said
    image.addprevious(parse(f"<span>{link}</span>")[0])
    drop(image)


def _write(book: Book, section: Section, page: Element) -> bytes:
    kind = "chapter" if section.address or section.children else "appendix"
    body = (
        f'<section epub:type="{kind}" role="doc-{kind}" id="{escape(section.anchor)}">\n'
        f"{written(page)}\n</section>\n"
    )
    heading = page.find(".//h1")
    title = section.called if heading is None else text_of(heading)
    return document(title, book.language, STYLE, body)


def _seen(page: Element) -> frozenset[str]:
    tags = {str(element.tag) for element in elements(page)}
    return frozenset(
        tags.union(f".{one}" for element in elements(page) for one in classes(element))
    )
