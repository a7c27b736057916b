"""The MkDocs plugin: starts running at `on_files`, hands results to pages, splices drawings in."""

import contextlib
import functools
import logging
import os
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as HostPage

from worked import confine, wire
from worked.block import Sheet
from worked.crew import Crew
from worked.downloads import ENDINGS, HOLDER, Downloads, line
from worked.errors import ConfigError, Problem, WorkedError, describe, report
from worked.extension import WorkedExtension
from worked.lookup import PageResult
from worked.outputs import Drawing
from worked.page import Page, parse
from worked.plan import Trip, default_workers
from worked.progress import Progress
from worked.references import References, number
from worked.settings import Settings
from worked.splice import Later, Placed, code_holder, drawing_name, holder, splice
from worked.store import Store

if TYPE_CHECKING:  # a build needs no web server
    from mkdocs.livereload import LiveReloadServer

STYLE = "assets/worked.css"
SCRIPT = "assets/worked.js"

log = logging.getLogger("mkdocs.plugins.worked")


class WorkedConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in `mkdocs.yml`."""

    packages = c.Type(list, default=[])
    """Packages beside `mkdocs.yml` that cells may import."""
    timeout = c.Type((int, float), default=30)
    """Seconds for one cell."""
    workers = c.Type(int, default=0)
    """Processes; 0 for one per core."""
    confine = c.Choice(confine.CHOICES, default="auto")
    """How cells are closed in; WORKED_CONFINE in the environment sets the least there must be."""
    store = c.Type(str, default=".cache/worked")
    """Where results are kept, from the folder of `mkdocs.yml`."""
    store_limit = c.Type(int, default=500)
    """MB that kept results may take; 0 for any number."""
    downloads = c.Type(bool, default=True)
    """Whether a page with cells offers its notebook and its script."""


class WorkedPlugin(BasePlugin[WorkedConfig]):  # type: ignore[no-untyped-call]
    """Runs the cells of the notes while the site builds."""

    def __init__(self) -> None:
        self.serving = False
        self.trip: Trip | None = None
        self.crew: Crew | None = None
        self.sheet: Sheet | None = None
        self.later: dict[str, dict[str, Later]] = {}
        self.pages: dict[str, Page] = {}
        self.references: References | None = None
        self.downloads: Downloads | None = None
        self.server: LiveReloadServer | None = None
        self.extra: list[Problem] = []
        self.failed = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview: errors appear in its pages, and its workers stay."""
        self.server = None  # MkDocs keeps a plugin from one command to the next
        self.serving = command == "serve"
        if self.serving and self.crew is None:
            self.crew = Crew()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put the extension, the style sheet and the script into the site."""
        extension = WorkedExtension(supply=lambda text: self.sheet, complain=self.extra.append)
        config.markdown_extensions.append(extension)  # type: ignore[arg-type]
        if STYLE not in config.extra_css:
            config.extra_css.insert(0, STYLE)
        if SCRIPT not in map(str, config.extra_javascript):
            config.extra_javascript.insert(0, SCRIPT)
        return config

    @event_priority(-100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Start running every page, also those that other plugins have made by now."""
        for asset in (STYLE, SCRIPT):
            if old := files.get_file_from_path(asset):  # a copy, for hosts without plugins
                files.remove(old)
            content = resources.files("worked").joinpath(asset).read_text("utf-8")
            files.append(File.generated(config, asset, content=content))
        self.later, self.pages = {}, {}
        self.extra.clear()
        chosen = settings(self.config, config)
        self._watch(chosen)
        wanted = InclusionLevel.is_in_serve if self.serving else InclusionLevel.is_included
        for file in files.documentation_pages(inclusion=wanted):
            self.pages[file.src_uri] = read(file, config)
        try:
            pages = list(self.pages.values())
            self.trip = Trip(
                pages,
                settings=chosen,
                store=store(self.config, config),
                progress=Progress(),
                crew=self.crew,
            )
        except OSError as error:  # a file of a package that cannot be read, say
            raise Abort(f"worked: {error}") from error
        return files

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Number figures and tables in the order of the navigation."""
        self.references = number(chapters(nav, self.pages))
        if self.config.downloads and self.trip is not None:
            self.downloads = Downloads(
                self.trip.settings, self.trip.library, self.references, results=self._result
            )
            self.extra += taken(self.pages, files)

    def on_page_read_source(self, *, page: HostPage, config: MkDocsConfig) -> str | None:
        """Convert the text that has run, also where the file has changed or vanished since.

        Behind a page that is no text at all the build goes on, to find the other errors.
        """
        known, text = self.pages.get(page.file.src_uri), _text(page.file)
        if known is None or (text is not None and _plain(text) == known.text):
            return None
        return known.text or "<!-- -->"  # nothing is converted of nothing, not even an error

    @event_priority(-100)
    def on_page_markdown(
        self, markdown: str, *, page: HostPage, config: MkDocsConfig, **_: Any
    ) -> None:
        """Wait for this page's results, and for no other's."""
        uri = page.file.src_uri
        if uri in self.pages:
            result = self._result(self.pages[uri].name)
        else:  # it came behind our `on_files`: the extension refuses its cells
            result = PageResult(Page(name(page.file, config), "", (), ()), (), {}, (), ran=0)
        later = self.later.setdefault(uri, {})

        def draw(cell: int, output: int, alt: str, drawing: Drawing) -> str:
            place = drawing_name(uri, cell, output)
            swept = bool(result.page.cells[cell].options.sweep)
            later[place] = Placed(drawing, alt, drawing_name(uri, cell, "all") if swept else "")
            return holder(place)

        def colour(cell: int, code: str, html: str) -> str:
            place = drawing_name(uri, cell, "code")
            later[place] = html
            return code_holder(place, code)

        self.sheet = Sheet(
            result,
            show_problems=self.serving,
            draw=draw,
            references=self.references,
            colour=colour,
        )

    def _result(self, page: str) -> PageResult:
        assert self.trip is not None  # noqa: S101 - set at `on_files`
        try:
            return self.trip.result(page)
        except (WorkedError, OSError) as error:
            raise Abort(f"worked: {error}") from error

    @event_priority(100)
    def on_page_content(self, html: str, *, page: HostPage, **_: Any) -> str:
        """Forget the page, so that another plugin's own conversions do not get its results."""
        self.sheet = None
        return f"{html}\n{HOLDER}" if self._offers(page) else html

    def _offers(self, page: HostPage) -> bool:
        """Whether a page has something to take away: cells, and no errors."""
        known = self.pages.get(page.file.src_uri)
        if known is None or not known.cells or not self.config.downloads:
            return False
        return not self._result(known.name).problems

    @event_priority(100)
    def _say(self, env: Any, **_: Any) -> None:
        """Report everything that is wrong, before any plugin ends the build."""
        if self.trip is None:
            return
        results = [self._result(page.name) for page in self.pages.values()]
        problems = [problem for result in results for problem in result.problems] + self.extra
        for result in results:
            for cell, notice in result.notices:
                line = cell.line + notice.line
                said = Problem(result.page.name, line, notice.kind, notice.message)
                log.warning("%s", describe(said, result.page.text))
        if problems:
            texts = {result.page.name: result.page.text for result in results}
            log.error("%s", report(problems, texts, len(results)))
        log.info("%s", self.trip.closing_line())
        self.trip.close()
        self.failed = bool(problems)

    @event_priority(-100)
    def _stop(self, env: Any, **_: Any) -> None:
        """End the build where a page failed: nothing false is published."""
        if self.failed and not self.serving:
            raise Abort("worked: the notes have errors; no site was written")

    on_env = CombinedEvent(_say, _stop)  # type: ignore[arg-type]  # each by its own priority

    def on_serve(self, server: "LiveReloadServer", *, config: MkDocsConfig, **_: Any) -> None:
        """Rebuild the preview when one of the site's own packages changes."""
        self.server = server
        for _name, folder in settings(self.config, config).packages:
            server.watch(folder)

    def _watch(self, chosen: Settings) -> None:
        """Watch the packages that are new, or whose folder was away: its watcher ended with it."""
        if self.server is None:
            return
        watchers = self.server.observer.emitters
        alive = {watcher.watch.path for watcher in watchers if watcher.is_alive()}
        for _name, folder in chosen.packages:
            if folder not in alive:
                with contextlib.suppress(KeyError):  # never watched
                    self.server.unwatch(folder)
                self.server.watch(folder)

    def on_shutdown(self) -> None:
        """Forget the preview that has ended, and its workers."""
        self.server = None
        if self.crew is not None:
            self.crew.close()
            self.crew = None

    def on_post_page(self, output: str, *, page: HostPage, config: MkDocsConfig) -> str:
        """Put the page's drawings and colours in, and write its downloads beside it."""
        if HOLDER in output:
            self._write(page, Path(config.site_dir))
            output = output.replace(HOLDER, line(PurePosixPath(page.file.src_uri).stem))
        return splice(output, self.later.pop(page.file.src_uri, {}))

    def _write(self, page: HostPage, folder: Path) -> None:
        """Write a page's downloads; only now, so that no build holds those of all pages."""
        assert self.downloads is not None  # noqa: S101 - set at `on_nav`
        result = self._result(self.pages[page.file.src_uri].name)
        try:
            for ending, text in self.downloads.files(result).items():
                path = folder / beside(page.file, ending)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text.encode("utf-8"))
        except (WorkedError, OSError) as error:
            raise Abort(f"worked: {error}") from error


def taken(pages: Mapping[str, Page], files: Files) -> Iterator[Problem]:
    """Say which downloads would take the place of a file that the site has already."""
    places = {file.dest_uri: file.src_uri for file in files}
    for uri, page in pages.items():
        file = files.src_uris.get(uri) if page.cells else None
        for ending in ENDINGS if file else ():
            place = beside(file, ending) if file else ""
            if place in places:
                said = f"the download would be {place}, as {places[place]} is: rename that file"
                yield Problem(page.name, 1, "downloads", f"{said}, or set `downloads: false`")


def beside(file: File, ending: str) -> str:
    """Give the place of a page's download: in the folder of its HTML."""
    name = f"{PurePosixPath(file.src_uri).stem}{ending}"
    return PurePosixPath(file.dest_uri).with_name(name).as_posix()


def chapters(nav: Navigation, pages: Mapping[str, Page]) -> Iterator[tuple[Page, int]]:
    """Give the pages in the order of the navigation, each with its chapter.

    A chapter is a section of the navigation's top level, counted from 1; pages outside of all have
    chapter 0, and come last where they are not in the navigation at all.
    """
    left = dict(pages)
    sections = [item for item in nav.items if isinstance(item, Section)]
    for host in nav.pages:
        page = left.pop(host.file.src_uri, None)
        if page is not None:
            top = next(reversed(list(host.ancestors)), None)  # the nearest comes first
            yield page, sections.index(top) + 1 if isinstance(top, Section) else 0
    yield from ((page, 0) for page in left.values())


def read(file: File, config: MkDocsConfig) -> Page:
    """Read a page of the site as its file has it, front matter included."""
    try:
        return parse(_plain(file.content_string), name(file, config))
    except UnicodeDecodeError:
        problem = Problem(name(file, config), 1, "encoding", "the file is no UTF-8 text")
    except OSError as error:  # it was there when it was listed
        said = f"the file cannot be read: {error.strerror}"
        problem = Problem(name(file, config), 1, "file", said)
    return Page(name(file, config), "", (), (), problems=(problem,))


def _text(file: File) -> str | None:
    try:
        return file.content_string
    except (OSError, UnicodeDecodeError):
        return None


def _plain(text: str) -> str:
    """Give a text the line ends that the converter gives it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def name(file: File, config: MkDocsConfig) -> str:
    """Name a page as errors do: its path from the folder of `mkdocs.yml`."""
    return f"{folder(config)}/{file.src_uri}"


def folder(config: MkDocsConfig) -> str:
    """Name the folder of the notes from that of `mkdocs.yml`."""
    return _below(config.docs_dir, _root(config))


@functools.lru_cache(maxsize=8)
def _below(docs: str, root: Path) -> str:
    """Give the notes' folder as seen from the root, once for all pages."""
    # not Path.relative_to: `docs_dir` may lie beside that folder
    return Path(os.path.relpath(Path(docs).resolve(), root)).as_posix()


def _root(config: MkDocsConfig) -> Path:
    """Give the folder of `mkdocs.yml`; where it came on stdin, the current one."""
    path = config.config_file_path
    return Path(path).resolve().parent if path else Path.cwd()


def settings(chosen: WorkedConfig, config: MkDocsConfig) -> Settings:
    """Turn the site's configuration into the plan's."""
    root = _root(config)
    packages = tuple((package, str(root / package)) for package in sorted(chosen.packages))
    for package, place in packages:
        if package == wire.ROOT:
            raise Abort(f"worked: packages: {package!r} is the name of the pages' own modules")
        if not package.isidentifier():
            raise Abort(f"worked: packages: {package!r} is no name that a cell could import")
        if not Path(place, "__init__.py").is_file():
            raise Abort(f"worked: packages: no package {package!r} beside mkdocs.yml")
        if not Path(place).resolve().is_relative_to(root):
            raise Abort(f"worked: packages: {package!r} is a link that leads elsewhere")
    return Settings(
        root=Path(config.docs_dir).resolve(),
        folder=folder(config),
        packages=packages,
        timeout=float(chosen.timeout),
        workers=chosen.workers or default_workers(),
        confinement=confinement(chosen),
    )


def confinement(chosen: WorkedConfig) -> confine.Confinement:
    """Settle on how cells are closed in."""
    try:
        floor = os.environ.get(confine.FLOOR, "")
        return confine.choose(chosen.confine, floor=floor, able=confine.probe())
    except ConfigError as error:
        raise Abort(f"worked: {error}") from error


def store(chosen: WorkedConfig, config: MkDocsConfig) -> Store:
    """Give the site's store."""
    if chosen.store_limit < 0:
        raise Abort("worked: store_limit: a number of MB, or 0 for no limit")
    return Store(_root(config) / chosen.store, limit=chosen.store_limit * 10**6)
