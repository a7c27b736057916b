"""The hooks of MkDocs: gives boxes their addresses, gathers the cards, and writes the deck."""

from html import escape
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any, Final

from markdown.extensions.toc import slugify
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from revise.cards import Card, cards_in
from revise.elements import AREA, DECK, DESK, FOLDER, served, tags
from revise.extension import ReviseExtension
from revise.listing import SLOT, card_list
from revise.script import PageOfCards, deck_script
from revise.settings import Settings

LAST: Final = -150
"""After plugins that finish a page, and before one that takes the finished page."""


class RevisePlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """Gathers the cards of a site."""

    def __init__(self) -> None:
        self.key = ""
        self.nav = Navigation([], [])
        self.pages: dict[str, PageOfCards] = {}
        self.cards: dict[str, list[Card]] = {}
        """Address of a page -> its cards"""
        self.desks: list[str] = []
        """Addresses of pages that list the cards or show the desk"""

    def on_config(self, config: MkDocsConfig) -> None:
        """Begin anew, and add the extension."""
        self.pages, self.cards, self.desks = {}, {}, []
        self.key = self.config.name or slugify(config.site_name, "-") or "site"
        extension = ReviseExtension(self.config.exercises)
        config.markdown_extensions.append(extension)  # type: ignore[arg-type]

    def on_files(self, files: Files, *, config: MkDocsConfig) -> None:
        """Add the scripts and style sheets of the review."""
        for path in served():
            to = f"{FOLDER}/{path.name}"
            files.append(File.generated(config, to, abs_src_path=str(path)))

    @event_priority(-100)
    def on_nav(self, nav: Navigation, **_: Any) -> None:
        """Note the order of the pages."""
        self.nav = nav

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: Page, **_: Any) -> str:
        """Give a page with cards what shows them one by one, and the desk its scripts."""
        if f"<{DESK}" in html:
            html = html.replace(f"<{DESK}", f'<{DESK} data-site="{escape(self.key)}"', 1)
            return html + tags(DESK, page.url)
        if not any(cards_in(html)):
            return html
        return (
            f'{html}\n<{AREA} data-site="{escape(self.key)}" hidden></{AREA}>{tags(AREA, page.url)}'
        )

    @event_priority(LAST)
    def on_post_page(self, output: str, *, page: Page, **_: Any) -> str:
        """Read the cards of the finished page."""
        if SLOT in output or f"<{DESK}" in output:
            self.desks.append(page.file.dest_uri)
        chapter = page.ancestors[-1].title if page.ancestors else ""
        cards = [
            Card(one.id, page.url, chapter, one.question, one.answer) for one in cards_in(output)
        ]
        if cards:
            minutes = int(page.meta.get("minutes", 0))
            self.pages[page.url] = PageOfCards(page.url, str(page.title), chapter, minutes)
            self.cards[page.url] = cards
        return output

    @event_priority(100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the list of the cards, and the script that the desk loads."""
        order = [page.url for page in self.nav.pages if page.url in self.pages]
        order += [url for url in self.pages if url not in order]
        pages = [self.pages[url] for url in order]
        cards = [card for url in order for card in self.cards[url]]
        for desk in self.desks:
            place = Path(config.site_dir, desk)
            said = card_list(pages, cards, lambda to, at=desk: get_relative_url(to, at))
            place.write_text(place.read_text("utf-8").replace(SLOT, said), "utf-8")

        def link(page: str, to: str) -> str:
            if "//" in to or ":" in to:
                return to
            target = to if to[:1] != "#" else page + to
            whole = target if to[:1] == "#" else normpath(join(dirname(page), to))
            return get_relative_url(whole, self.desks[0]) if self.desks else whole

        deck = Path(config.site_dir, DECK)
        deck.parent.mkdir(parents=True, exist_ok=True)
        deck.write_text(deck_script(pages, cards, link), "utf-8")
