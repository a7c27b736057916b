"""The MkDocs plugin: starts running at `on_files`, hands results to pages, splices drawings in."""

import logging
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as HostPage

from worked.errors import Problem, WorkedError, describe, report
from worked.extension import Sheet, WorkedExtension
from worked.lookup import PageResult
from worked.outputs import Drawing
from worked.page import Cell, Page, parse
from worked.plan import Trip, default_workers
from worked.settings import Settings
from worked.splice import Placed, drawing_name, holder, splice
from worked.store import Store

STYLE = "assets/worked.css"

log = logging.getLogger("mkdocs.plugins.worked")


class WorkedConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in `mkdocs.yml`."""

    packages = c.Type(list, default=[])
    """Packages beside `mkdocs.yml` that cells may import."""
    timeout = c.Type((int, float), default=30)
    """Seconds for one cell."""
    workers = c.Type(int, default=0)
    """Processes; 0 for one per core."""
    store = c.Type(str, default=".cache/worked")
    """Where results are kept, from the folder of `mkdocs.yml`."""


class WorkedPlugin(BasePlugin[WorkedConfig]):  # type: ignore[no-untyped-call]
    """Runs the cells of the notes while the site builds."""

    def __init__(self) -> None:
        self.serving = False
        self.trip: Trip | None = None
        self.sheet: Sheet | None = None
        self.drawings: dict[str, dict[str, Placed]] = {}
        self.names: dict[str, str] = {}
        self.extra: list[Problem] = []
        self.failed = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview, where errors appear in the page."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put the extension and the style sheet into the site."""
        extension = WorkedExtension(supply=lambda: self.sheet, complain=self.extra.append)
        config.markdown_extensions.append(extension)  # type: ignore[arg-type]
        if STYLE not in config.extra_css:
            config.extra_css.insert(0, STYLE)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Start running every page."""
        style = resources.files("worked").joinpath(STYLE).read_text("utf-8")
        files.append(File.generated(config, STYLE, content=style))
        self.drawings, self.names = {}, {}
        self.extra.clear()
        pages = []
        for file in files.documentation_pages():
            page = read(file, config)
            self.names[file.src_uri] = page.name
            pages.append(page)
        self.trip = Trip(
            pages, settings=settings(self.config, config), store=store(self.config, config)
        )
        return files

    def on_page_markdown(self, markdown: str, *, page: HostPage, **_: Any) -> None:
        """Wait for this page's results, and for no other's."""
        uri = page.file.src_uri
        if self.trip is None or uri not in self.names:
            self.sheet = None
            return
        result = self._result(self.names[uri])
        drawings = self.drawings.setdefault(uri, {})

        def draw(cell: int, output: int, source: Cell, drawing: Drawing) -> str:
            name = drawing_name(uri, cell, output)
            drawings[name] = Placed(drawing, source.options.fig_alt)
            return holder(name)

        self.sheet = Sheet(result, show_problems=self.serving, draw=draw)

    def _result(self, name: str) -> PageResult:
        assert self.trip is not None  # noqa: S101 - set at `on_files`
        try:
            return self.trip.result(name)
        except (WorkedError, OSError) as error:
            raise Abort(f"worked: {error}") from error

    def on_page_content(self, html: str, **_: Any) -> None:
        """Forget the page, so that another plugin's own conversions do not get its results."""
        self.sheet = None

    @event_priority(100)
    def _say(self, env: Any, **_: Any) -> None:
        """Report everything that is wrong, before any plugin ends the build."""
        if self.trip is None:
            return
        results = [self._result(name) for name in self.names.values()]
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
        self.failed = bool(problems)

    @event_priority(-100)
    def _stop(self, env: Any, **_: Any) -> None:
        """End the build where a page failed: nothing false is published."""
        if self.failed and not self.serving:
            raise Abort("worked: the notes have errors; no site was written")

    on_env = CombinedEvent(_say, _stop)  # type: ignore[arg-type]  # each by its own priority

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: Any) -> None:
        """Rebuild the preview when one of the site's own packages changes."""
        for _name, folder in settings(self.config, config).packages:
            server.watch(folder)

    def on_post_page(self, output: str, *, page: HostPage, **_: Any) -> str:
        """Put the page's drawings in."""
        return splice(output, self.drawings.get(page.file.src_uri, {}))


def read(file: File, config: MkDocsConfig) -> Page:
    """Read a page of the site as its file has it, front matter included."""
    folder = Path(config.docs_dir).name
    return parse(file.content_string.replace("\r\n", "\n"), f"{folder}/{file.src_uri}")


def settings(chosen: WorkedConfig, config: MkDocsConfig) -> Settings:
    """Turn the site's configuration into the plan's."""
    root = Path(config.config_file_path or ".").resolve().parent
    packages = tuple((name, str(root / name)) for name in sorted(chosen.packages))
    for name, folder in packages:
        if not Path(folder, "__init__.py").is_file():
            raise Abort(f"worked: packages: no package {name!r} beside mkdocs.yml")
    return Settings(
        root=Path(config.docs_dir).resolve(),
        packages=packages,
        timeout=float(chosen.timeout),
        workers=chosen.workers or default_workers(),
    )


def store(chosen: WorkedConfig, config: MkDocsConfig) -> Store:
    """Give the site's store."""
    return Store(Path(config.config_file_path or ".").resolve().parent / chosen.store)
