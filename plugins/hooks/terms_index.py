"""A hook of this site: list every term, abbreviation and other name with the sections that have it.

The list is put in after the search has read the page: a term is found where it stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from unicodedata import normalize

from markdown.extensions.toc import slugify
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils import get_relative_url

from terms import GLOSSARY, Term, read_terms
from uses import Section, alike, respelled, sections, uses

LIST = "exam/terms.md"


@dataclass(frozen=True, slots=True)
class Place:
    """A section of a page."""

    page: Page
    section: Section

    def link(self, seen_from: Page) -> str:
        """Write a link with the page's title; the section's shows on hover and on focus."""
        at = f"#{self.section.address}" if self.section.address else ""
        title = f' title="{escape(self.section.title)}"' if self.section.title else ""
        to = get_relative_url(self.page.url, seen_from.url)
        return f'<a href="{to}{at}"{title}>{escape(str(self.page.title))}</a>'


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the index."""

    name: str
    says: str
    """HTML: links, or another name to see."""
    sees: str = ""
    """That name."""

    @property
    def order(self) -> str:
        """Give what it is sorted by: letters without accents, and digits."""
        return "".join(filter(str.isalnum, normalize("NFKD", self.name))).lower()

    @property
    def letter(self) -> str:
        """Give the letter under which it stands."""
        return self.order[0].upper() if self.order[0].isalpha() else "0–9"


def on_page_context(
    context: dict[str, object], page: Page, config: MkDocsConfig, nav: Navigation, **_: object
) -> None:
    """Put the list at the end of its page, and its letters among the page's contents."""
    if page.file.src_uri != LIST:
        return
    glossary = next(one for one in nav.pages if one.file.src_uri == GLOSSARY)
    terms = read_terms(glossary.file.content_string)
    pages = [one for one in nav.pages if "needs" in one.meta]
    found = [*_terms(terms, pages, page), *_others(terms, pages, page)]
    found += _abbreviations(config.mdx_configs["abbr"]["glossary"], terms, pages, page)
    by_name = {entry.name: entry for entry in found}
    seen = {entry.sees for entry in found}
    letters, parts = [], []
    for letter, some in groupby(sorted(by_name.values(), key=_order), _letter):
        at = "digits" if len(letter) > 1 else letter.lower()
        page.toc.items[0].children.append(AnchorLink(letter, at, 2))
        letters.append(f'<a href="#{at}">{letter}</a>')
        lines = "\n".join(_line(entry, is_seen=entry.name in seen) for entry in some)
        parts.append(f'<h2 id="{at}">{letter}</h2>\n<ul class="site-terms">\n{lines}\n</ul>\n')
    jump = f'<p class="site-letters">{" ".join(letters)}</p>'
    page.content = f"{page.content}\n{jump}\n{''.join(parts)}"


def _line(entry: Entry, *, is_seen: bool) -> str:
    at = f' id="{_address(entry.name)}"' if is_seen else ""
    return f"<li{at}><b>{escape(entry.name)}</b>: {entry.says}</li>"


def _address(name: str) -> str:
    return f"term-{slugify(name, '-')}"


def _see(name: str, other: str) -> Entry:
    return Entry(name, f'see <a href="#{_address(other)}">{escape(other)}</a>', other)


def _order(entry: Entry) -> tuple[str, str]:
    return entry.order, entry.name


def _letter(entry: Entry) -> str:
    return entry.letter


def _terms(terms: list[Term], pages: list[Page], at: Page) -> Iterator[Entry]:
    """List the terms of the glossary, and their other spellings."""
    by_uri = {page.file.src_uri: page for page in pages}
    used = [(page, uses(page.content or "")) for page in pages]
    for term in terms:
        at_entry = term.address
        places = [Place(page, found[at_entry]) for page, found in used if at_entry in found]
        links = []
        if home := by_uri.get(term.page):
            section = sections(home.content or "").get(term.section, Section("", ""))
            links.append(f"<strong>{Place(home, section).link(at)}</strong>")
            places = [place for place in places if place.section != section or place.page != home]
        yield Entry(term.name, "; ".join([*links, *(place.link(at) for place in places)]))
        for name in dict.fromkeys([respelled(term.name), *term.others]):
            if name != term.name:
                yield _see(name, term.name)


def _others(terms: list[Term], pages: list[Page], at: Page) -> Iterator[Entry]:
    """List the names that pages give themselves, where the glossary has none like them."""
    listed = {alike(name): name for term in terms for name in (*term.others, term.name)}
    known = set(map(_bare, listed.values()))
    for page in pages:
        for name in map(str, page.meta["also"]):
            same = listed.setdefault(alike(name), name)
            if _bare(name) not in known:
                yield _see(name, same) if same != name else _named(name, page, at)
            known.add(_bare(name))


def _named(name: str, page: Page, at: Page) -> Entry:
    return Entry(name, Place(page, Section("", "")).link(at))


def _bare(name: str) -> str:
    return name.lower().replace("-", " ")


def _abbreviations(
    short: dict[str, str], terms: list[Term], pages: list[Page], at: Page
) -> Iterator[Entry]:
    """List the abbreviations, with what they are short for."""
    names = {term.name.lower() for term in terms}
    used = [(page, uses(page.content or "")) for page in pages]
    for name, text in short.items():
        if name.lower() in names:
            continue
        long = text.partition(":")[0]
        links = [Place(page, found[name]).link(at) for page, found in used if name in found]
        yield Entry(name, "; ".join([escape(long), *links]))
