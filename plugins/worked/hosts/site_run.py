"""The pages of a site, what running them gave, and what is wrong with them."""

import logging
from collections.abc import Collection, Mapping
from functools import partial

from mkdocs.exceptions import Abort
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation

from worked.builds import Build
from worked.cache import Store
from worked.downloads import DOWNLOADS_SLOT, Downloads
from worked.errors import Problem, WorkedError
from worked.hosts.begun import begun_build
from worked.hosts.kept_downloads import site_downloads, with_downloads
from worked.hosts.mkdocs_site import chapters
from worked.hosts.notes import Notes
from worked.hosts.remembered import Remembered
from worked.hosts.reporting import log_problems
from worked.hosts.written import WrittenDigests
from worked.html import Memo
from worked.page import Page, PageResult
from worked.pool import WorkerPool
from worked.settings import Settings

_LOG = logging.getLogger("mkdocs.plugins.worked")


class SiteRun:
    """One build's; a preview runs pages that are saved once more in the same."""

    def __init__(
        self,
        pages: Mapping[str, Page],
        settings: Settings,
        store: Store,
        *,
        pool: WorkerPool | None,
        remembered: Remembered | None,
        digests: WrittenDigests | None,
    ) -> None:
        """Start running.

        Args:
            pages: every page of the site, by its file.
            pool: whose workers stay for the next build.
            remembered: by a preview.
            digests: of what the pages give; None where nothing is offered to take away.
        """
        self.pages = dict(pages)
        self.settings = settings
        self.store = store
        self.notes: Notes | None = None
        self.extra: list[Problem] = []
        """What is wrong beside what running has shown."""
        self.failed = False
        self._pool = pool
        self._remembered = remembered
        self._digests = digests
        self._downloads: Downloads | None = None
        self.build = self._begun()

    def _begun(self) -> Build:
        recent = self._remembered.pages if self._remembered else None
        pages = self.pages.values()
        return begun_build(pages, self.settings, self.store, pool=self._pool, recent=recent)

    def number(self, nav: Navigation) -> None:
        """Number figures and tables in the order of the navigation."""
        self.notes = Notes(self.settings, chapters(nav, self.pages), graph=self.build.graph)
        if self._digests:
            recent = self._remembered.downloads if self._remembered else None
            self._downloads = site_downloads(
                self.notes, self.result, self.store, digests=self._digests, recent=recent
            )

    def again(self, pages: Mapping[str, Page], nav: Navigation) -> None:
        """Run what some pages need now; they take the place of what they were."""
        self.extra = []
        self.pages |= pages
        self.build = self._begun()
        self.number(nav)

    def result(self, page: str) -> PageResult:
        """Wait for one page, by its name.

        Raises:
            Abort: no worker could run it.
        """
        try:
            return self.build.result(page)
        except (WorkedError, OSError) as error:
            raise Abort(f"worked: {error}") from error

    def memo(self, page: str) -> Memo:
        """Give what keeps texts that were made for a page, by its name."""
        return partial(self.store.recall, page=page)

    def report(self, uris: Collection[str]) -> None:
        """Say what is wrong with some pages, and what was done."""
        if self.notes is None:
            return
        results = [self.result(self.pages[uri].name) for uri in uris]
        problems = [problem for result in results for problem in result.problems] + self.extra
        log_problems(_LOG, self.notes, results, problems)
        _LOG.info("%s", self.build.closing_line())
        self.failed = bool(problems)

    def offers(self, uri: str) -> bool:
        """Whether a page has something to take away: cells, and no errors."""
        known = self.pages.get(uri)
        if known is None or not known.cells or not self._digests:
            return False
        return not self.result(known.name).problems

    def with_downloads(self, html: str, file: File) -> str:
        """Write the downloads of a page, where it offers some, and name them in it."""
        if not (self._downloads and DOWNLOADS_SLOT in html and self.offers(file.src_uri)):
            return html
        result = self.result(self.pages[file.src_uri].name)
        return with_downloads(html, self._downloads, result, file)
