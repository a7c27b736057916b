"""Boxes that unfold on a screen: on paper each is open, at the end of the book, or left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Final

from handbook.book import Book, Fate, Section
from handbook.markup import Element, classes, drop, parse, write

APPENDICES: Final = ("answers", "appendix")
LINK: Final = "handbook-to"
"""The class of links to the entry of an appendix."""


@dataclass(slots=True)
class _Appendix:
    """What is collected for the end of the book."""

    name: str
    title: str
    count: int = 0
    parts: list[str] = field(default_factory=list)

    def section(self) -> Section:
        html = f"<h1>{escape(self.title)}</h1>\n{''.join(self.parts)}"
        return Section(self.title, "", "", f"handbook-{self.name}", html)


def unfolded(book: Book, fates: Mapping[str, Fate], words: Mapping[str, str]) -> Book:
    """Give the book without boxes that have to be unfolded.

    Args:
        book: with them.
        fates: what becomes of a box, by a class that it has; a box of no such class is open.
        words: the titles of the appendices by their names, and of the links that lead there by
            these names and `-link`.
    """
    appendices = {name: _Appendix(name, words[name]) for name in APPENDICES}

    def settled(section: Section) -> Section:
        html = _settled(section, fates, appendices, words) if section.html else ""
        return replace(section, html=html, children=tuple(map(settled, section.children)))

    chapters = tuple(map(settled, book.chapters))
    filled = tuple(one.section() for one in appendices.values() if one.parts)
    return replace(book, chapters=chapters, appendices=book.appendices + filled)


def _settled(
    section: Section,
    fates: Mapping[str, Fate],
    appendices: Mapping[str, _Appendix],
    words: Mapping[str, str],
) -> str:
    page = parse(section.html)
    moved: dict[str, list[str]] = {name: [] for name in APPENDICES}
    for box in _boxes(page):
        match _fate(box, fates):
            case "omit":
                drop(box)
            case "open":
                box.set("open", "open")
            case "answers" | "appendix" as end:
                _open_inside(box, fates)
                moved[end].append(_move(box, appendices[end], words[f"{end}-link"]))
    for name, entries in moved.items():
        if entries:
            to = f'<a href="#{section.anchor}">{escape(section.called)}</a>'
            appendices[name].parts.append(f"<h2>{to}</h2>\n{''.join(entries)}")
    return write(page)


def _boxes(page: Element) -> Iterator[Element]:
    """Give the boxes, the outer before the inner; one in a box that was taken out goes with it."""
    boxes: list[Element] = list(page.iter("details"))
    for box in boxes:
        if any(one is page for one in box.iterancestors()):
            yield box


def _fate(box: Element, fates: Mapping[str, Fate]) -> Fate:
    return next((fates[name] for name in classes(box) if name in fates), "open")


def _open_inside(box: Element, fates: Mapping[str, Fate]) -> None:
    """Open what is in a box that moves; what is left out elsewhere is left out there, too."""
    for inside in [one for one in box.iter("details") if one is not box]:
        if _fate(inside, fates) == "omit":
            drop(inside)
        else:
            inside.set("open", "open")


def _move(box: Element, appendix: _Appendix, link: str) -> str:
    """Put a question in the place of a box.

    Returns:
        The box's entry of the appendix.
    """
    appendix.count += 1
    answer = f"handbook-{appendix.name}.{appendix.count}"
    question = box.get("id") or f"handbook-{appendix.name}-from.{appendix.count}"
    summary = box.find("summary")
    inner = write(summary) if summary is not None else ""
    if inner.strip() == link:  # the question stands above, and the link says the rest
        inner = ""
    if summary is not None:
        drop(summary)
    asked = parse(
        f'<div class="handbook-question handbook-{appendix.name}" id="{escape(question)}">'
        f"<p>{inner and inner + ' '}"
        f'<a class="{LINK}" href="#{answer}">{escape(link)}\N{NO-BREAK SPACE}{appendix.count}</a>'
        "</p></div>"
    )[0]
    asked.tail = box.tail
    entry = (
        f'<div class="handbook-entry" id="{answer}">'
        f'<p class="handbook-asked"><a href="#{escape(question)}">{appendix.count}</a> '
        f"{inner}</p>\n{write(box)}</div>\n"
    )
    box.addprevious(asked)
    box.tail = None
    drop(box)
    return entry
