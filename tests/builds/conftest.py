"""Small sites, built in this process or in one of their own."""

import contextlib
import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from worked.hosts.mkdocs_plugin import WorkedPlugin
from worked.pool.pool import WorkerPool

CONFIG = """
site_name: Small
use_directory_urls: false
theme: {name: null, custom_dir: theme}
plugins:
  - worked: {workers: 1, downloads: false}
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc
  - pymdownx.details
  - pymdownx.highlight: {anchor_linenums: false}
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
"""
THEME = "<!doctype html><title>{{ page.title }}</title><article>\n{{ page.content }}\n</article>\n"
CLOSING = re.compile(r"worked: (\d+) pages?, (\d+) cells?: (\d+) ran, (\d+) kept in [\d.]+ s.*")


@dataclass(frozen=True)
class Built:
    """What one build in this process came to."""

    log: str
    aborted: str
    """The last words of a build that ended early; empty for one that did not."""
    ran: dict[str, int]
    """Page -> how many of its cells ran for what they show; pages that ran none are left out."""
    workers: int

    @property
    def good(self) -> bool:
        return not self.aborted


@dataclass
class Site:
    """A folder with `mkdocs.yml` and notes."""

    root: Path
    config: str = CONFIG
    pages: dict[str, str] = field(default_factory=dict)
    pool: WorkerPool | None = None
    """Workers that stay for the next site: they never run a cell themselves."""

    def __post_init__(self) -> None:
        self.write(self.pages)
        self.put("mkdocs.yml", self.config)
        if "custom_dir: theme" in self.config:
            self.put("theme/main.html", THEME)

    def put(self, name: str, text: str) -> Path:
        """Write a file of the site, with its line ends as they are."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
        return path

    def write(self, pages: dict[str, str]) -> None:
        """Write pages below `docs`."""
        for name, text in pages.items():
            self.put(f"docs/{name}", text)

    def build(self, *, strict: bool = True, serving: bool = False) -> Built:
        """Build in this process."""
        config = load_config(str(self.root / "mkdocs.yml"), strict=strict)
        plugin = config.plugins["worked"]
        assert isinstance(plugin, WorkedPlugin)
        plugin.pool = self.pool
        aborted = ""
        with heard() as said:
            config.plugins.on_startup(command="serve" if serving else "build", dirty=False)
            try:
                build_site(config, serve_url="http://127.0.0.1/" if serving else None)
            except Abort as error:
                aborted = str(error)
            finally:
                plugin.on_shutdown()
        results = plugin.run.build.results() if plugin.run else []
        return Built(
            log="\n".join(said),
            aborted=aborted,
            ran={result.page.name: result.ran for result in results if result.ran},
            workers=plugin.run.build.workers if plugin.run else 0,
        )

    def run(
        self, *arguments: str, given: str = "", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run Python on the site in a process of its own, `-m mkdocs build` say.

        Args:
            given: what it reads on its standard input.
            environment: what is changed in ours.
        """
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
            input=given,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
        )

    def html(self, name: str) -> str:
        """Read a file of the finished site."""
        return (self.root / "site" / name).read_text("utf-8")

    def article(self, name: str) -> str:
        """Read what the theme was given for a page."""
        found = re.search(r"<article>\n(.*)\n</article>", self.html(name), re.DOTALL)
        assert found, name
        return found[1]

    @property
    def published(self) -> list[str]:
        """The pages of the finished site."""
        folder = self.root / "site"
        return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))


@contextlib.contextmanager
def heard() -> Iterator[list[str]]:
    """Collect what MkDocs and its plugins log, and print none of it."""
    said: list[str] = []
    logger = logging.getLogger("mkdocs")
    handler = logging.Handler()
    handler.emit = lambda record: said.append(f"{record.levelname}: {record.getMessage()}")  # type: ignore[method-assign]
    level, others, spreads = logger.level, logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.INFO)
    try:
        yield said
    finally:
        logger.handlers, logger.propagate = others, spreads
        logger.setLevel(level)


class LentPool(WorkerPool):
    """Workers that outlive the preview that ends them."""

    def close(self) -> None:
        """Keep them for the next."""


@pytest.fixture(scope="session")
def pool() -> Iterator[WorkerPool]:
    """Give workers that are warm from one test to the next."""
    pool = LentPool()
    yield pool
    WorkerPool.close(pool)


@pytest.fixture
def warm_workers(monkeypatch: pytest.MonkeyPatch, pool: WorkerPool) -> None:
    """Lend the warm workers to builds that would start and end their own: those of commands."""

    class Lent:
        def release(self) -> None:
            """Keep them for the next."""

        def __getattr__(self, name: str) -> object:
            return getattr(pool, name)

    monkeypatch.setattr("worked.builds.scheduler.WorkerPool", Lent)


@pytest.fixture
def make(tmp_path: Path, pool: WorkerPool) -> Callable[..., Site]:
    """Write a small site: `make({"index.md": "…"})`."""

    def site(pages: dict[str, str], config: str = CONFIG, folder: str = "course") -> Site:
        return Site(tmp_path / folder, config, pages, pool)

    return site


@pytest.fixture
def build(make: Callable[..., Site]) -> Callable[..., tuple[Site, Built]]:
    """Build one page, and give the site and what came of it: `build("…", strict=False)`."""

    def built(page: str, **options: bool) -> tuple[Site, Built]:
        site = make({"index.md": page})
        return site, site.build(**options)

    return built


@pytest.fixture(scope="module")
def make_once(tmp_path_factory: pytest.TempPathFactory, pool: WorkerPool) -> Callable[..., Site]:
    """Write a small site that all tests of a module share."""

    def site(pages: dict[str, str], config: str = CONFIG) -> Site:
        return Site(tmp_path_factory.mktemp("course"), config, pages, pool)

    return site


@pytest.fixture(scope="session")
def config() -> str:
    """The configuration that sites of these tests have unless they say otherwise."""
    return CONFIG


@pytest.fixture(scope="session")
def counted() -> Callable[[str], tuple[int, int, int, int]]:
    """Read the closing line of a build or a command: pages, cells, ran, kept."""

    def read(said: str) -> tuple[int, int, int, int]:
        found = CLOSING.findall(said)
        assert len(found) == 1, said
        pages, cells, ran, kept = map(int, found[0])
        return pages, cells, ran, kept

    return read
