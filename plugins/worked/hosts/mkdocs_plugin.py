"""The MkDocs plugin: starts running at `on_files`, hands results to pages, splices drawings in."""

import logging
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage

from worked.builds import Build, RecentPages
from worked.cache import RecentEntries, Store
from worked.downloads import DOWNLOADS_SLOT, Downloads
from worked.errors import Problem, WorkedError
from worked.files import plain_newlines
from worked.hosts.begun import begun_build
from worked.hosts.bounded import bounded_work
from worked.hosts.front_matter import front_matter_problems
from worked.hosts.gone import gone_file
from worked.hosts.kept_conversions import KeepingExtension, KeptConversions, Turn
from worked.hosts.kept_downloads import RecentDownloads, site_downloads, with_downloads
from worked.hosts.mkdocs_config import WorkedConfig
from worked.hosts.mkdocs_elements import element_tags
from worked.hosts.mkdocs_site import (
    SCRIPT,
    STYLE_SHEET,
    chapters,
    current_text,
    is_cold,
    leave_results,
    look_at_tree,
    notes_folder,
    page_name,
    put_assets,
    read_page,
    site_settings,
    site_store,
    taken_paths,
)
from worked.hosts.notes import Notes
from worked.hosts.reporting import log_problems
from worked.hosts.strangers import is_strange
from worked.hosts.watching import look_often, watch_packages
from worked.html import PageContext, Slots, WorkedExtension, uncached
from worked.page import Page, PageResult, refused_front_matter
from worked.pool import EndingSignals, WorkerPool

if TYPE_CHECKING:  # a build needs no web server
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.plugins.worked")


class WorkedPlugin(BasePlugin[WorkedConfig]):  # type: ignore[no-untyped-call]
    """Runs the cells of the notes while the site builds."""

    def __init__(self) -> None:
        self.serving = False
        self.build: Build | None = None
        self.pool: WorkerPool | None = None
        self.signals = EndingSignals(interrupt=KeyboardInterrupt)
        self.notes: Notes | None = None
        self.store: Store | None = None
        self.recent: RecentEntries | None = None
        self.recent_pages: RecentPages | None = None
        self.recent_downloads: RecentDownloads | None = None
        self.conversions = KeptConversions()
        self.context: PageContext | None = None
        self.slots: dict[str, Slots] = {}
        self.pages: dict[str, Page] = {}
        self.downloads: Downloads | None = None
        self.server: LiveReloadServer | None = None
        self.extra: list[Problem] = []
        self.failed = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview: errors appear in its pages, and workers stay."""
        self.server = None  # MkDocs keeps a plugin from one command to the next
        self.serving = command == "serve"
        self.recent = RecentEntries() if self.serving else None
        self.recent_pages = RecentPages() if self.serving else None
        self.recent_downloads = RecentDownloads() if self.serving else None
        self.signals.listen()
        if self.pool is None:
            self.pool = WorkerPool()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put the extension, the style sheet and the script into the site.

        Where all pages will run, what they need warms up while MkDocs gets ready.
        """
        for strange in look_at_tree(self.config, config):
            log.warning("%s/%s", notes_folder(config), strange)
        for extension in (WorkedExtension(self), KeepingExtension(self.conversions)):
            config.markdown_extensions.append(extension)  # type: ignore[arg-type]
        if STYLE_SHEET not in config.extra_css:
            config.extra_css.insert(0, STYLE_SHEET)
        if SCRIPT not in map(str, config.extra_javascript):
            config.extra_javascript.insert(0, SCRIPT)
        if self.pool is not None and is_cold(self.config, config):  # a second of work
            self.pool.configure(site_settings(self.config, config))
            self.pool.warm_up()
        return config

    def context_for(self, text: str) -> PageContext | None:
        """Give the extension what belongs to the page that MkDocs converts now."""
        return self.context

    def report(self, problem: Problem) -> None:
        """Keep what the extension finds, to be reported with the rest."""
        self.extra.append(problem)

    @event_priority(-100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Start running every page, also those that other plugins have made by now."""
        put_assets(files, config)
        self.slots, self.notes, self.extra = {}, None, []
        settings = site_settings(self.config, config)
        store = site_store(self.config, config, self.recent)
        watch_packages(self.server, settings)
        wanted = InclusionLevel.is_in_serve if self.serving else InclusionLevel.is_included
        self.pages = {
            file.src_uri: read_page(file, config)
            for file in files.documentation_pages(inclusion=wanted)
        }
        self.store = store
        self.conversions.begin(store, self.config.pure_extensions)
        self.build = begun_build(
            self.pages.values(), settings, store, pool=self.pool, recent=self.recent_pages
        )
        return files

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Number figures and tables in the order of the navigation."""
        assert self.build is not None and self.store is not None  # noqa: S101, PT018 - `on_files`
        self.notes = Notes(self.build.settings, chapters(nav, self.pages), graph=self.build.graph)
        if self.config.downloads:
            self.downloads = site_downloads(
                self.notes,
                self._result,
                self.store,
                digests=self.conversions.digests,
                recent=self.recent_downloads,
            )
            self.extra += taken_paths(self.pages, files)

    def on_page_read_source(self, *, page: HostPage, config: MkDocsConfig) -> str | None:
        """Convert the text that has run, also where the file has changed or vanished since."""
        known, text = self.pages.get(page.file.src_uri), current_text(page.file)
        if known and refused_front_matter(known.text):
            return "<!-- -->"  # MkDocs must not read it either
        if known is None or (text is not None and plain_newlines(text) == known.text):
            return None
        return known.text or "<!-- -->"  # nothing is converted of nothing, not even an error

    @event_priority(-100)
    def on_page_markdown(
        self, markdown: str, *, page: HostPage, config: MkDocsConfig, files: Files
    ) -> None:
        """Wait for this page's results, and for no other's."""
        uri = page.file.src_uri
        if uri in self.pages:
            result = self._result(self.pages[uri].name)
            self.extra += front_matter_problems(result.page, page.meta, config.theme)
        else:  # it came after our `on_files`: the extension refuses its cells
            result = PageResult(Page(page_name(page.file, config), "", (), ()), (), {}, (), ran=0)
        context = PageContext(
            result,
            show_problems=self.serving,
            slots=self.slots.setdefault(uri, Slots(uri)),
            references=self.notes.references if self.notes else None,
            memo=self.store.recall if self.store else uncached,
            is_strange=is_strange(),
        )
        self.context = self.conversions.take(Turn(page, config, files, context, self.extra))

    def _result(self, page: str) -> PageResult:
        assert self.build is not None  # noqa: S101 - set at `on_files`
        try:
            return self.build.result(page)
        except (WorkedError, OSError) as error:
            raise Abort(f"worked: {error}") from error

    @event_priority(100)
    def on_page_content(self, html: str, *, page: HostPage, **_: Any) -> str:
        """Forget the page, so that another plugin's own conversions do not get its results."""
        self.context = None
        self.conversions.drop()
        html += element_tags(self.pages.get(page.file.src_uri), self.notes, page.url)
        return f"{html}\n{DOWNLOADS_SLOT}" if self._offers(page) else html

    def _offers(self, page: HostPage) -> bool:
        """Whether a page has something to take away: cells, and no errors."""
        known = self.pages.get(page.file.src_uri)
        if known is None or not known.cells or not self.config.downloads:
            return False
        return not self._result(known.name).problems

    @event_priority(100)
    def _say(self, env: Any, *, config: MkDocsConfig, **_: Any) -> None:
        """Report everything that is wrong, before any plugin ends the build."""
        if self.build is None or self.notes is None:
            return
        results = [self._result(page.name) for page in self.pages.values()]
        problems = [problem for result in results for problem in result.problems] + self.extra
        log_problems(log, self.notes, results, problems)
        log.info("%s", self.build.closing_line())
        if not self.serving:
            self.build.close()
        leave_results(self.notes, site_store(self.config, config), config)
        self.failed = bool(problems)

    @event_priority(-100)
    def _stop(self, env: Any, **_: Any) -> None:
        """End the build where a page failed: nothing false is published."""
        if self.failed and not self.serving:
            raise Abort("worked: the notes have errors; no site was written")

    on_env = CombinedEvent(_say, _stop)  # each by its own priority

    def on_serve(self, server: "LiveReloadServer", *, config: MkDocsConfig, **_: Any) -> None:
        """Rebuild the preview when one of the site's own packages changes."""
        self.server = server
        look_often(server)
        watch_packages(server, site_settings(self.config, config))

    def on_build_error(self, *, error: Exception, **_: Any) -> None:
        """Say which file of the notes has gone while the site was built."""
        if self.build and (said := gone_file(error, self.pages, self.build.settings)):
            raise Abort(f"worked: {said}") from error

    @event_priority(-100)
    def on_shutdown(self) -> None:
        """Forget the build or preview that has ended, and its workers."""
        self.server = None
        if self.pool is not None:
            self.pool.close()
            self.pool = None
        if self.serving and self.store:
            self.store.trim(always=True)
        self.signals.stop()

    def on_post_page(self, output: str, *, page: HostPage, config: MkDocsConfig) -> str:
        """Put the page's drawings in and write its downloads, so that no build holds all pages'."""

        def finish() -> str:
            finished, slots = output, self.slots.pop(page.file.src_uri, None)
            if self.downloads and DOWNLOADS_SLOT in output and self._offers(page):
                result = self._result(self.pages[page.file.src_uri].name)
                finished = with_downloads(output, self.downloads, result, page.file)
            return slots.fill(finished) if slots else finished

        return bounded_work(page_name(page.file, config), finish)

    def on_post_build(self, **_: Any) -> None:
        """Bring the store within its limit again: downloads have been kept in it.

        A preview does so at its end: it is long to look through thousands of entries at each save.
        """
        if self.store and not self.serving:
            self.store.trim()
