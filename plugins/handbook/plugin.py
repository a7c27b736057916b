"""The hooks of MkDocs: gathers finished pages, and makes files of them when the site is there."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from markdown.extensions.toc import slugify
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from handbook.offer import SLOT, offer, size
from handbook.settings import Settings

if TYPE_CHECKING:  # a site that builds no file reads no HTML
    from handbook.book import Book
    from handbook.pages import FinishedPage

LOG: Final = logging.getLogger("mkdocs.plugins.handbook")
LAST: Final = -200
"""After every other plugin, also those that mean to be last."""


class HandbookPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """Makes files to take away of a finished site."""

    def __init__(self) -> None:
        self.formats: list[str] = []
        self.nav = Navigation([], [])
        self.wanted: set[str] = set()
        self.finished: dict[str, FinishedPage] = {}
        self.offering: list[str] = []
        """Pages that offer the files"""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Build files with the site only: a preview has none."""
        self.previewing = command == "serve"

    def on_config(self, config: MkDocsConfig) -> None:
        """Begin anew."""
        self.formats = [] if self.previewing else self.config.formats
        self.finished, self.wanted, self.offering = {}, set(), []

    @event_priority(LAST)
    def on_nav(self, nav: Navigation, **_: Any) -> None:
        """Note the order of the pages."""
        if not self.formats:
            return
        from handbook.chapters import in_book

        self.nav = nav
        self.wanted = {
            page.file.src_uri for page in nav.pages if in_book(page, self.config.exclude)
        }

    @event_priority(LAST)
    def on_page_context(self, context: Any, *, page: Page, **_: Any) -> None:
        """Mark a page's content, so that it is found in what the theme makes of it."""
        if page.file.src_uri in self.wanted:
            from handbook.pages import marked

            page.content = marked(page.content or "")

    @event_priority(LAST)
    def on_post_page(self, output: str, *, page: Page, **_: Any) -> str:
        """Take the content of the finished page.

        Raises:
            PluginError: where the marks have gone.
        """
        if SLOT in output:
            self.offering.append(page.file.dest_uri)
            output = output if self.formats else output.replace(SLOT, "")
        if page.file.src_uri not in self.wanted:
            return output
        from handbook.pages import finished_page

        output, finished = finished_page(output, page.url)
        if finished is None:
            raise PluginError(
                f"handbook: {page.file.src_uri}: its content is not in the finished page, or "
                "another plugin removes comments before: list `handbook` after that, or the page "
                "under `exclude`"
            )
        self.finished[page.file.src_uri] = finished
        return output

    @event_priority(LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the files."""
        if not self.formats:
            return
        site = Path(config.site_dir)
        place = site / self.config.folder
        book = self._book(config)
        pages = {one: (site / one).read_text("utf-8") for one in self.offering}
        for name, page in pages.items():  # no file offers itself
            (site / name).write_text(page.replace(SLOT, ""), "utf-8")
        names = [f"{self._name(config)}.{one}" for one in self.formats]
        # the folder is made at the end: what is packed holds no file that was made of it
        made = {place / name: self._write(name, book, site) for name in names}
        place.mkdir(parents=True, exist_ok=True)
        for file, content in made.items():
            file.write_bytes(content)
            LOG.info("handbook: %s, %s", file.relative_to(site.parent), size(len(content)))
        for name, page in pages.items():
            to = get_relative_url(self.config.folder, name)
            said = offer([*made], to, self.config.said())
            (site / name).write_text(page.replace(SLOT, said), "utf-8")

    def _name(self, config: MkDocsConfig) -> str:
        return self.config.name or slugify(config.site_name, "-") or "handbook"

    def _book(self, config: MkDocsConfig) -> "Book":
        from handbook.chapters import make_book
        from handbook.folds import unfolded

        book = make_book(
            self.nav,
            self.finished,
            config,
            numbered=self.config.numbered,
            without=self.config.without,
        )
        return unfolded(book, self.config.fates(), self.config.said())

    def _write(self, name: str, book: "Book", site: Path) -> bytes:
        """Make a file of one format from the book and the built site."""
        stem, _, ending = name.rpartition(".")
        if ending == "zip":
            from handbook.archive import zipped

            return zipped(site, stem, book.date, self.config.unpacked)
        if ending == "pdf":
            from handbook.chromium import PrintError
            from handbook.printing import printed

            try:
                return printed(book, site, self.config.said())
            except PrintError as error:
                raise PluginError(f"handbook: {error}") from error
        from handbook.publication import published

        for style in self.config.epub_styles:
            if not (site / style).is_file():
                raise PluginError(f"handbook: epub_styles: there is no {style} in the site")
        return published(book, site, self.config.epub_styles, self.config.said())
