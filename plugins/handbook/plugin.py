"""The hooks of MkDocs: gathers finished pages, and makes files of them when the site is there."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

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

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Build files with the site only: a preview has none."""
        self.previewing = command == "serve"

    def on_config(self, config: MkDocsConfig) -> None:
        """Begin anew."""
        self.formats = [] if self.previewing else self.config.formats
        self.finished, self.wanted = {}, set()

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
        place = Path(config.site_dir, self.config.folder)
        place.mkdir(parents=True, exist_ok=True)
        book = self._book(config)
        for one in self.formats:
            self._write(one, book, place / f"{self._name(config)}.{one}", Path(config.site_dir))

    def _name(self, config: MkDocsConfig) -> str:
        from markdown.extensions.toc import slugify

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

    def _write(self, one: str, book: "Book", file: Path, site: Path) -> None:
        """Write a file of one format from the book and the built site."""
        LOG.warning("handbook: %s is not written yet: %s", one, file.name)
