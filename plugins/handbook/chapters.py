"""From MkDocs' navigation and the finished pages to a book."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from html import escape
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation
from mkdocs.structure.nav import Section as NavSection
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_datetime

from handbook.anchors import Anchors
from handbook.book import Book, Section
from handbook.markup import Element, classes, drop, elements, is_drawn, parse, write
from handbook.pages import FinishedPage, one_look

_SCRIPTS: Final = {"script", "template"}
_PERMALINK: Final = "headerlink"
"""What MkDocs and its themes call the sign beside a heading that links to itself."""


def in_book(page: Page, exclude: Sequence[str]) -> bool:
    """Whether a page is not left out, by patterns of paths below the notes' folder."""
    return not any(fnmatch(page.file.src_uri, pattern) for pattern in exclude)


def make_book(
    nav: Navigation,
    finished: Mapping[str, FinishedPage],
    config: MkDocsConfig,
    *,
    numbered: bool,
    without: Sequence[str],
) -> Book:
    """Put the finished pages together.

    Args:
        nav: gives titles and order.
        finished: the pages of the book, by their paths below the notes' folder.
        config: the site's.
        numbered: whether chapters, the sections at the top of the navigation, have numbers.
        without: classes of elements that have no place in a book, and names of custom elements.
    """
    home = config.site_url or ""
    gathering = _Gathering(finished, Anchors(home), numbered, frozenset([*without, _PERMALINK]))
    chapters = gathering.book(nav.items)
    return Book(
        title=config.site_name,
        description=config.site_description or "",
        author=config.site_author or "",
        rights=config.copyright or "",
        language=config.theme.get("language") or "en",
        home=home,
        date=get_build_datetime(),
        chapters=chapters,
        look=one_look([page.look for page in finished.values()]),
    )


@dataclass(frozen=True, slots=True)
class _Gathering:
    finished: Mapping[str, FinishedPage]
    anchors: Anchors
    numbered: bool
    without: frozenset[str]

    def book(self, items: Sequence[StructureItem]) -> tuple[Section, ...]:
        """Read all pages, then settle what they say of each other."""
        trees = {}
        for page in filter(self._is_in, _pages(items)):
            tree = self._cleaned(parse(self.finished[page.file.src_uri].html))
            if tree.find(".//h1") is None:
                tree.insert(0, parse(f"<h1>{escape(str(page.title))}</h1>")[0])
            self.anchors.add(page.url, tree)
            trees[page.url] = tree
        for address, tree in trees.items():
            self.anchors.settle(address, tree)
        return tuple(self._sections(items, "", lambda page: write(trees[page.url])))

    def _is_in(self, page: Page) -> bool:
        return page.file.src_uri in self.finished

    def _sections(
        self, items: Sequence[StructureItem], above: str, html: Callable[[Page], str]
    ) -> Iterator[Section]:
        """Number sections; pages, too, but for those outside of all sections."""
        count = 0
        for item in items:
            if isinstance(item, Page) and self._is_in(item):
                count += 1 if above else 0
                number = f"{above}{count}" if above else ""
                yield self._section(item, str(item.title), number, html)
            elif isinstance(item, NavSection):
                count += 1 if above or self.numbered else 0
                number = f"{above}{count}" if self.numbered else ""
                if any(map(self._is_in, _pages(item.children))):
                    yield self._chapter(item, number, html)

    def _chapter(self, item: NavSection, number: str, html: Callable[[Page], str]) -> Section:
        """Make a section of the navigation's; its first page is its own where it is an index."""
        first, *rest = item.children
        above = f"{number}." if number else ""
        if isinstance(first, Page) and first.file.name == "index" and self._is_in(first):
            children = tuple(self._sections(rest, above, html))
            return self._section(first, str(item.title), number, html, children)
        children = tuple(self._sections(item.children, above, html))
        anchor = f"section-{children[0].anchor}"
        return Section(str(item.title), number, "", anchor, "", children)

    def _section(
        self,
        page: Page,
        title: str,
        number: str,
        html: Callable[[Page], str],
        children: tuple[Section, ...] = (),
    ) -> Section:
        anchor = self.anchors.prefixes[page.url]
        return Section(title, number, page.url, anchor, html(page), children)

    def _cleaned(self, page: Element) -> Element:
        """Take out what belongs to a screen."""
        for element in elements(page):
            names = {str(element.tag), *classes(element)}
            if element.tag in _SCRIPTS or self.without & names or _is_for_a_script(element):
                _drop_whole(element)
            elif element.tag == "noscript":  # there will be none
                element.drop_tag()
            element.attrib.pop("loading", None)
        return page


def _is_for_a_script(element: Element) -> bool:
    """Whether an element is one that a script would fill, and nothing without."""
    is_custom = "-" in str(element.tag) and not is_drawn(element)
    return is_custom and _is_empty(element)


def _is_empty(element: Element) -> bool:
    return len(element) == 0 and not (element.text or "").strip()


def _drop_whole(element: Element) -> None:
    """Take an element out, with the paragraph that held nothing else."""
    around = element.getparent()
    drop(element)
    if around is not None and around.tag == "p" and _is_empty(around):
        drop(around)


def _pages(items: Sequence[StructureItem]) -> Iterator[Page]:
    for item in items:
        if isinstance(item, Page):
            yield item
        elif isinstance(item, NavSection):
            yield from _pages(item.children)
