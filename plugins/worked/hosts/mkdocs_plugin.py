"""The MkDocs plugin: starts running at `on_files`, hands results to pages, splices drawings in."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage

from worked.downloads import DOWNLOADS_SLOT
from worked.errors import Problem
from worked.files import plain_newlines
from worked.hosts.begun import get_ready
from worked.hosts.bounded import bounded_work
from worked.hosts.front_matter import front_matter_problems
from worked.hosts.gone import gone_file
from worked.hosts.kept_conversions import KeepingExtension, KeptConversions, Turn
from worked.hosts.mkdocs_config import WorkedConfig
from worked.hosts.mkdocs_elements import element_tags
from worked.hosts.mkdocs_site import (
    current_text,
    is_cold,
    leave_results,
    link_assets,
    look_at_tree,
    notes_folder,
    page_name,
    put_assets,
    read_page,
    site_settings,
    taken_paths,
)
from worked.hosts.remembered import Remembered
from worked.hosts.saved_pages import SavedPages
from worked.hosts.site_run import SiteRun
from worked.hosts.site_store import BuildStores
from worked.hosts.staged_server import StagedServer, serve_in_stages
from worked.hosts.strangers import is_strange
from worked.hosts.watching import look_often, watch_packages
from worked.html import PageContext, Slots, WorkedExtension
from worked.page import Page, PageResult, refused_front_matter
from worked.pool import EndingSignals, WorkerPool

if TYPE_CHECKING:  # a build needs no web server
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.plugins.worked")


class WorkedPlugin(BasePlugin[WorkedConfig]):  # type: ignore[no-untyped-call]
    """Runs the cells of the notes while the site builds."""

    def __init__(self) -> None:
        self.serving = self.dirty = False
        self.run: SiteRun | None = None
        self.pool: WorkerPool | None = None
        self.signals = EndingSignals(interrupt=KeyboardInterrupt)
        self.stores = BuildStores()
        self.conversions = KeptConversions()
        self.context: PageContext | None = None
        self.slots: dict[str, Slots] = {}
        self.server: LiveReloadServer | None = None
        self.saved = SavedPages()
        self.staged: StagedServer | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview: errors appear in its pages, and workers stay."""
        self.server = None  # MkDocs keeps a plugin from one command to the next
        self.serving, self.dirty = command == "serve", dirty
        self.stores = BuildStores(Remembered() if self.serving else None)
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
        link_assets(config)
        if self.pool is not None and is_cold(self.config, config):  # a second of work
            get_ready(self.pool, site_settings(self.config, config))
        return config

    def context_for(self, text: str) -> PageContext | None:
        """Give the extension what belongs to the page that MkDocs converts now."""
        return self.context

    def report(self, problem: Problem) -> None:
        """Keep what the extension finds, to be reported with the rest."""
        if self.run:
            self.run.extra.append(problem)

    @event_priority(-100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Start running every page, also those that other plugins have made by now."""
        put_assets(files, config)
        self.slots = {}
        settings = site_settings(self.config, config)
        store = self.stores.next(self.config, config)
        watch_packages(self.server, settings)
        wanted = InclusionLevel.is_in_serve if self.serving else InclusionLevel.is_included
        pages = {
            file.src_uri: read_page(file, config)
            for file in files.documentation_pages(inclusion=wanted)
        }
        self.conversions.begin(store, self.config.pure_extensions)
        self.run = SiteRun(
            pages,
            settings,
            store,
            pool=self.pool,
            remembered=self.stores.remembered,
            digests=self.conversions.digests if self.config.downloads else None,
        )
        return files

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Number figures and tables in the order of the navigation."""
        run = self._begun()
        run.number(nav)
        self.saved.begin(run, nav)
        if self.config.downloads:
            run.extra += taken_paths(run.pages, files)

    def _begun(self) -> SiteRun:
        assert self.run is not None  # noqa: S101 - since `on_files`
        return self.run

    def on_page_read_source(self, *, page: HostPage, config: MkDocsConfig) -> str | None:
        """Convert the text that has run, also where the file has changed or vanished since."""
        known, text = self._begun().pages.get(page.file.src_uri), current_text(page.file)
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
        uri, run = page.file.src_uri, self._begun()
        if uri in run.pages:
            result = run.result(run.pages[uri].name)
            run.extra += front_matter_problems(result.page, page.meta, config.theme)
        else:  # it came after our `on_files`: the extension refuses its cells
            result = PageResult(Page(page_name(page.file, config), "", (), ()), (), {}, (), ran=0)
        context = PageContext(
            result,
            show_problems=self.serving,
            slots=self.slots.setdefault(uri, Slots(uri)),
            references=run.notes.references if run.notes else None,
            memo=run.memo(result.page.name),
            is_strange=is_strange(),
        )
        self.context = self.conversions.take(Turn(page, config, files, context, run.extra))

    @event_priority(100)
    def on_page_content(self, html: str, *, page: HostPage, **_: Any) -> str:
        """Forget the page, so that another plugin's own conversions do not get its results."""
        uri, run = page.file.src_uri, self._begun()
        self.context = None
        self.conversions.drop()
        html += element_tags(run.pages.get(uri), run.notes, page.url)
        return f"{html}\n{DOWNLOADS_SLOT}" if run.offers(uri) else html

    @event_priority(100)
    def _say(self, env: Any, *, config: MkDocsConfig, **_: Any) -> None:
        """Report everything that is wrong, before any plugin ends the build."""
        if self.run is None or self.run.notes is None:
            return
        self.run.report(self.run.pages)
        if not self.serving:
            self.run.build.close()
        leave_results(self.run.notes, self.run.store, config)

    @event_priority(-100)
    def _stop(self, env: Any, **_: Any) -> None:
        """End the build where a page failed: nothing false is published."""
        if self.run and self.run.failed and not self.serving:
            raise Abort("worked: the notes have errors; no site was written")

    @event_priority(-200)
    def _note(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """Note what a saved page will be shown by."""
        self.saved.note(config, files, env)

    on_env = CombinedEvent(_say, _stop, _note)  # each by its own priority

    @event_priority(-100)  # others may have the server call its builder
    def on_serve(
        self, server: "LiveReloadServer", *, config: MkDocsConfig, builder: Callable[[], None]
    ) -> None:
        """Rebuild the preview when one of the site's own packages changes, a saved page soon."""
        self.server = server
        look_often(server)
        watch_packages(server, site_settings(self.config, config))
        if self.serving and not self.dirty:
            self.staged = serve_in_stages(server, builder, self.saved)

    def on_build_error(self, *, error: Exception, **_: Any) -> None:
        """Say which file of the notes has gone while the site was built."""
        run = self.run
        if run and (said := gone_file(error, run.pages, run.settings)):
            raise Abort(f"worked: {said}") from error

    @event_priority(-100)
    def on_shutdown(self) -> None:
        """Forget the build or preview that has ended, and its workers."""
        self.server = None
        if self.staged is not None:
            self.staged.close()
        if self.pool is not None:
            self.pool.close()
            self.pool = None
        self.stores.close()
        self.signals.stop()

    def on_post_page(self, output: str, *, page: HostPage, config: MkDocsConfig) -> str:
        """Put the page's drawings in and write its downloads, so that no build holds all pages'."""

        def finish() -> str:
            finished, slots = output, self.slots.pop(page.file.src_uri, None)
            if self.run:
                finished = self.run.with_downloads(output, page.file)
            return slots.fill(finished) if slots else finished

        return bounded_work(page_name(page.file, config), finish)

    @event_priority(100)  # before others finish pages
    def on_post_build(self, **_: Any) -> None:
        """Bring the store within its limit again: downloads have been kept in it.

        A preview does so at its end: it is long to look through thousands of entries at each save.
        """
        self.saved.note_written()
        if self.run and not self.serving:
            self.run.store.trim()
