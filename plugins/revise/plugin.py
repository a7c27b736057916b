"""The hooks of MkDocs: gives boxes addresses, gathers the cards, writes what they need."""

import logging
from html import escape
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urljoin, urlsplit

from markdown.extensions.toc import slugify
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_timestamp, get_relative_url

from revise.boxes import Box, boxes_in
from revise.cardfiles import DECK_FILE, card_files
from revise.cards import Card, PageOfCards, cards_in
from revise.checking import theme_classes, wrong_ids
from revise.course import Course
from revise.deck import Deck, Gathered
from revise.elements import AREA, DECK, DESK, FOLDER, PAPER, QUESTION, served, tags
from revise.elsewhere import Carrier, plain
from revise.extension import ReviseExtension
from revise.listing import CARDS_SLOT, card_list
from revise.offer import FILES_SLOT, offer
from revise.papers.gathering import QuestionBank
from revise.script import deck_script
from revise.settings import Settings
from worked.hosts.handed import recall_of

LOG: Final = logging.getLogger("mkdocs.plugins.revise")
_SITE: Final = "https://site/"
"""Stands for the site's root where addresses are joined"""


class RevisePlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """Gathers the cards of a site."""

    def __init__(self) -> None:
        self.serving = self.dirty = False
        self.key = ""
        self.order: list[str] = []
        """Addresses of pages as the navigation has them"""
        self.boxes: list[Box] = []
        self.gathered = Gathered()
        self.bank = QuestionBank()
        self.desk = ""
        """The file of the page that asks the cards"""
        self.offering: list[str] = []
        """Files of pages that list the cards, or offer them as files"""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether somebody is watching, and whether all pages will come."""
        self.serving, self.dirty = command == "serve", dirty

    def on_config(self, config: MkDocsConfig) -> None:
        """Begin anew, and add the extension."""
        self.boxes, self.gathered, self.desk, self.offering = [], Gathered(), "", []
        self.key = self.config.name or slugify(config.site_name, "-") or "site"
        extension = ReviseExtension(self.config.exercises)
        self.kinds = extension.kinds
        config.markdown_extensions.append(extension)  # type: ignore[arg-type]

    def on_files(self, files: Files, *, config: MkDocsConfig) -> None:
        """Add the scripts and style sheets of the review."""
        for name, text in served().items():
            files.append(File.generated(config, f"{FOLDER}/{name}", content=text))

    @event_priority(-100)
    def on_nav(self, nav: Navigation, **_: Any) -> None:
        """Note the order of the pages."""
        self.order = [page.url for page in nav.pages]

    @event_priority(100)
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, **_: Any
    ) -> None:
        """Read the boxes before anybody changes the text: MkDocs has cut the front matter off."""
        cut = max(0, page.file.content_string.count("\n") - markdown.count("\n"))
        file = f"{Path(config.docs_dir).name}/{page.file.src_uri}"
        self.boxes += boxes_in(markdown, file, self.kinds, cut=cut)

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: Page, **_: Any) -> str:
        """Give a page with cards what shows them one by one, and the desk its scripts."""
        for element in (QUESTION, PAPER):
            if f"<{element}" in html:
                html += tags(element, page.url)
        site = f'data-site="{escape(self.key)}"'
        if f"<{DESK}" in html:
            self.desk = page.file.dest_uri
            html = html.replace(f"<{DESK}", f"<{DESK} {site}", 1)
            return html + tags(DESK, page.url)
        if not any(cards_in(html)):
            return html
        return f"{html}\n<{AREA} {site} hidden></{AREA}>{tags(AREA, page.url)}"

    @event_priority(-100)
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files, **_: Any) -> None:
        """End a build in which two cards could be taken for one, now that all have been read.

        The questions of all pages have run by now.

        Raises:
            Abort: exit code 1, strict or not.
        """
        self.bank.gather(config, files)
        problems = [
            *map(str, wrong_ids(self.boxes, theme_classes(config.theme.dirs))),
            *self.bank.problems,
        ]
        for problem in problems:
            LOG.error("%s", problem)
        if problems and not self.serving:
            raise Abort(f"revise: ids to mend: {len(problems)}")

    @event_priority(-25)
    def _read(self, /, output: str, *, page: Page, **_: Any) -> None:
        """Read the cards with their drawings, and while their formulas are TeX."""
        if cards := self._cards(output, page):
            self.gathered.sources[page.url] = cards

    @event_priority(-100)
    def _lead(self, /, output: str, *, page: Page, **_: Any) -> str:
        """Lead from the cards of a page to the desk, which is known by now."""
        if not self.desk:
            return output
        to = get_relative_url(self.desk, page.url)
        return output.replace(f"<{AREA} ", f'<{AREA} data-desk="{escape(to)}" ', 1)

    @event_priority(-150)
    def _take(self, /, output: str, *, page: Page, **_: Any) -> None:
        """Read the cards as readers see them, before a plugin that takes the finished page.

        Raises:
            PluginError: for a second desk.
        """
        at = page.file.dest_uri
        if f"<{DESK}" in output:
            if self.desk not in ("", at):
                raise PluginError(f"revise: {self.desk} and {at} have a {DESK}: a site has one")
            self.desk = at
        if CARDS_SLOT in output or FILES_SLOT in output:
            self.offering.append(at)
        if cards := self._cards(output, page):
            url, chapter = page.url, cards[0].chapter
            minutes = page.meta.get("minutes") or estimated(page.content or "")
            self.gathered.pages[url] = PageOfCards(url, str(page.title), chapter, int(minutes))
            self.gathered.cards[url] = cards

    @event_priority(-20)
    def _print(self, /, output: str, *, page: Page, config: MkDocsConfig, **_: Any) -> str:
        """Put the papers of a page in, which stay out of the search."""
        name = f"{Path(config.docs_dir).name}/{page.file.src_uri}"
        return self.bank.fill(output, page.url, name)

    on_post_page = CombinedEvent(_print, _read, _lead, _take)  # each by its own priority

    def _cards(self, html: str, page: Page) -> tuple[Card, ...]:
        ancestors = list(page.ancestors)
        chapter = str(ancestors[-1].title) if ancestors else ""
        return tuple(
            Card(one.id, page.url, chapter, one.question, one.answer) for one in cards_in(html)
        )

    @event_priority(100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the deck, the files, and what pages say of them."""
        if self.dirty:  # most pages have not been read
            return
        self.bank.write(Path(config.site_dir), self.gathered.first())
        for said in self.bank.problems:
            LOG.error("%s", said)
        for said in self.bank.changed:
            LOG.info("%s", said)
        site, deck = Path(config.site_dir), self.gathered.deck(self.order)
        files = self._files(deck, config) if deck.cards and self.config.files else {}
        for name, content in files.items():
            place = site / self.config.folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        if self.desk:
            said = deck_script(deck.pages, deck.cards, self._seen_from_desk)
            (site / DECK).write_text(said, "utf-8")
        sizes = {name: len(content) for name, content in files.items()}
        for at in self.offering:
            page = (site / at).read_text("utf-8")
            (site / at).write_text(self._filled(page, at, deck, sizes), "utf-8")

    def _filled(self, page: str, at: str, deck: Deck, sizes: dict[str, int]) -> str:
        words = self.config.said()
        said = card_list(
            deck.pages, deck.cards, lambda to: get_relative_url(to, at), words["chapterless"]
        )
        line = offer(sizes, get_relative_url(self.config.folder, at), words)
        return page.replace(CARDS_SLOT, said).replace(FILES_SLOT, line)

    def _seen_from_desk(self, page: str, to: str) -> str:
        whole = urljoin(_SITE + page, to)
        if not whole.startswith(_SITE) or urlsplit(to).scheme:
            return to
        return get_relative_url(whole.removeprefix(_SITE), self.desk)

    def _files(self, deck: Deck, config: MkDocsConfig) -> dict[str, bytes]:
        titles = {page.url: page.title for page in deck.pages}
        course = Course(self.key, config.site_name, get_build_timestamp(), titles)
        carrier = Carrier(config.site_url or "", Path(config.site_dir), drawing_colours())
        recall = recall_of(config.plugins.get("worked"))
        files = card_files(deck.sources, carrier, course, recall)
        if DECK_FILE not in files:
            LOG.info('revise: no cards.apkg: it needs `pip install "mkdocs-worked[revise]"`')
        return files


def drawing_colours() -> dict[str, str]:
    """Give the variables of drawings and the values that they have on white paper."""
    from worked.palette import LIGHT

    return {f"--fig-{name}": colour for name, colour in LIGHT.items()}


def estimated(html: str) -> int:
    """Give the minutes that a page takes to read, of which nobody has said so."""
    return max(1, round(len(plain(html).split()) / 150))
