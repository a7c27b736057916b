"""A book as an EPUB, for e-readers."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Final

from handbook.archive import packed
from handbook.book import Book
from handbook.colours import light_colours, paint
from handbook.cover import cover
from handbook.documents import STYLE, documents
from handbook.fonts import formula_fonts
from handbook.headings import title_page
from handbook.markup import parse
from handbook.package import (
    CONTAINER,
    COVER_PAGE,
    COVER_PICTURE,
    NAV,
    TITLE,
    contents,
    package,
)
from handbook.pictures import Pictures
from handbook.stylesheets import site_rules
from handbook.xhtml import document, written

_RULES: Final = Path(__file__).with_name("assets") / "epub.css"
_FIRST: Final = {"mimetype": b"application/epub+zip"}


def published(book: Book, site: Path, styles: Sequence[str], words: Mapping[str, str]) -> bytes:
    """Write an EPUB: the same site gives the same bytes.

    Args:
        book: without boxes that have to be unfolded.
        site: the built site, where its pictures, fonts and style sheets are.
        styles: the site's own style sheets for e-readers, from its root.
        words: what the plugin says.
    """
    rules = site_rules(book.look, site)
    values = light_colours(rules, book.look)
    pictures = Pictures(site)
    texts = documents(book, pictures.take, lambda page: paint(page, values))
    used = frozenset[str]().union(*(one.selectors for one in texts))
    fonts = formula_fonts(rules, site, used)
    own = "".join((site / one).read_text("utf-8") for one in styles)
    shown = (
        f'<p class="handbook-picture"><img src="{COVER_PICTURE}" alt="{escape(book.title)}"/></p>\n'
    )
    title = f'<section epub:type="titlepage">\n{written(parse(title_page(book)))}\n</section>\n'
    files = {
        COVER_PICTURE: cover(book),
        COVER_PAGE: document(words["cover"], book.language, STYLE, shown),
        TITLE: document(book.title, book.language, STYLE, title),
        NAV: contents(book, {one.section.anchor: one.name for one in texts}, words),
        STYLE: f"{fonts.style}{_RULES.read_text('utf-8')}{own}".encode(),
        **pictures.files,
        **dict(fonts.files),
    }
    whole = {"package.opf": package(book, texts, files, words).encode(), **files}
    whole |= {one.name: one.content for one in texts}
    entries = {f"EPUB/{name}": content for name, content in whole.items()}
    entries["META-INF/container.xml"] = CONTAINER.encode()
    return packed(entries, book.date, first=_FIRST)
