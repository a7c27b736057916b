"""What a book is: sections with their HTML, in the order in which they are read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

Fate = Literal["open", "omit", "answers", "appendix"]
"""Of a box that unfolds; the last two are the names of appendices."""
FATES: Final[tuple[Fate, ...]] = get_args(Fate)


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the site, or a section of its navigation with the pages in it.

    All ids in the HTML are unique in the book, and references to pages of the book name them
    (`#anchor`); pictures are named from the site's root.
    """

    title: str
    """Plain text, as in the navigation."""
    number: str
    """`2`, `2.3`; empty where sections are not numbered."""
    address: str
    """Of the page, from the site's root; empty for a section without a page of its own."""
    anchor: str
    """The id by which links name the section: it is not in the HTML, the writer puts it there."""
    html: str
    """With its heading; empty for a section without a page of its own."""
    children: tuple["Section", ...] = ()

    @property
    def called(self) -> str:
        """The title with its number."""
        return f"{self.number} {self.title}".strip()

    def walk(self, depth: int = 1) -> Iterator[tuple["Section", int]]:
        """Give the section and all below it in reading order, each with its depth from 1."""
        yield self, depth
        for child in self.children:
            yield from child.walk(depth + 1)


@dataclass(frozen=True, slots=True)
class Look:
    """What the theme puts around a page's content, so that a file may look like the site."""

    styles: tuple[str, ...] = ()
    """`<link>` and `<style>` elements in order, with addresses from the site's root."""
    body: tuple[tuple[str, str], ...] = ()
    """Attributes of the body."""
    content: str = ""
    """The classes of the element in which the content stands."""

    def light(self) -> Iterator[tuple[str, str]]:
        """Give the body's attributes on white paper, whatever scheme a screen begins with."""
        for name, value in self.body:
            yield (name, "default") if name == "data-md-color-scheme" else (name, value)


@dataclass(frozen=True, slots=True)
class Book:
    """A site, as it is read from its first page to its last."""

    title: str
    description: str
    author: str
    rights: str
    language: str
    home: str
    """Where the site is published; empty where that is not known."""
    date: datetime
    chapters: tuple[Section, ...]
    appendices: tuple[Section, ...] = ()
    look: Look = Look()

    def sections(self) -> Iterator[tuple[Section, int]]:
        """Give every section in reading order, each with its depth from 1."""
        for chapter in self.chapters + self.appendices:
            yield from chapter.walk()
