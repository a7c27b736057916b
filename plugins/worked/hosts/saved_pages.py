"""Show pages that were saved by what the last build of the whole site has left in memory."""

import logging
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.utils.meta import get_data

from worked.hosts.mkdocs_site import read_page
from worked.hosts.site_run import SiteRun
from worked.hosts.watching import file_state
from worked.page import Cell, Page

try:  # MkDocs has no public name for the work on one page
    from mkdocs.commands.build import _build_page, _populate_page
except ImportError:
    _build_page = _populate_page = None  # type: ignore[assignment]

_LOG = logging.getLogger("mkdocs.plugins.worked")
_MOST: Final = 5
"""Pages that are saved at once: of more, the whole site comes as soon."""


@dataclass(frozen=True, slots=True)
class ReadSite:
    """What MkDocs has of a site, once all its pages have been read."""

    run: SiteRun
    nav: Navigation
    config: MkDocsConfig
    files: Files
    env: Any
    """Jinja's environment, with the templates."""


class SavedPages:
    """One preview's."""

    def __init__(self) -> None:
        self._begun: tuple[SiteRun, Navigation] | None = None
        self._read: ReadSite | None = None
        self._site: ReadSite | None = None
        self._written: dict[str, tuple[int, int]] = {}
        self._finished: frozenset[str] = frozenset()
        """Files of pages that other plugins write once more when all are there."""

    def begin(self, run: SiteRun, nav: Navigation) -> None:
        """Note a site whose pages are going to be read."""
        self._begun = run, nav

    def note(self, config: MkDocsConfig, files: Files, env: Any) -> None:
        """Note that all its pages have been read, and are going to be written."""
        self._read = ReadSite(*self._begun, config, files, env) if self._begun else None

    def note_written(self) -> None:
        """Note that all pages are written, before any plugin finishes some."""
        self._written = _states(self._read) if self._read else {}

    def build(self, build: Callable[[], None]) -> None:
        """Build the whole site; from now on its pages can be shown."""
        self._site = None
        build()
        self.confirm()

    def confirm(self) -> None:
        """Take the site that was noted for whole."""
        if self._read:
            now = _states(self._read)
            self._finished = frozenset(uri for uri in now if now[uri] != self._written.get(uri))
            self._site = self._read

    def more_files(self) -> Iterator[Path]:
        """Give the files that pages depend on and that MkDocs does not watch."""
        if self._read is None:
            return
        config = self._read.config
        yield from (Path(hook.__file__) for hook in _hooks(config) if hook.__file__)
        if config.theme.custom_dir:
            yield from (path for path in Path(config.theme.custom_dir).rglob("*") if path.is_file())

    def show(self, changed: Collection[str]) -> list[str]:
        """Show what has changed, where that is a few pages that change nothing beside themselves.

        Args:
            changed: paths.

        Returns:
            The addresses of the pages; none where the whole site has to be built.
        """
        site = self._site
        if site is None or _build_page is None or len(changed) > _MOST or site.config.strict:
            return []
        try:
            files = list(self._alone(site, changed))
            return [file.url for file in files] if self._shown(site, files) else []
        except Exception as error:
            _LOG.debug("a saved page cannot be shown alone: %s", error)
            return []

    def _alone(self, site: ReadSite, changed: Iterable[str]) -> Iterator[File]:
        """Find the files of pages.

        Raises:
            LookupError: something else has changed, or something that other pages show.
        """
        by_path = {file.abs_src_path: file for file in site.files.documentation_pages()}
        for path in changed:
            file = by_path[path]
            if file.page is None or file.src_uri in self._finished or not os.path.isfile(path):  # noqa: PTH113
                raise LookupError(path)
            yield file

    def _shown(self, site: ReadSite, files: list[File]) -> bool:
        config, run = site.config, site.run
        new = {file.src_uri: read_page(file, config) for file in files}
        if not all(is_alone(run.pages[uri], page) for uri, page in new.items()):
            return False
        run.again(new, site.nav)
        doc_files = site.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        for file in files:
            _populate_page(file.page, config, site.files)  # type: ignore[arg-type]
        run.report(new)
        for file in files:
            _build_page(
                file.page,  # type: ignore[arg-type]
                config,
                doc_files,
                site.nav,
                site.env,
                excluded=file.inclusion.is_excluded(),  # type: ignore[no-untyped-call]
            )
        for file in files:
            level = config.validation.links.anchors
            file.page.validate_anchor_links(files=site.files, log_level=level)  # type: ignore[union-attr]
        return True


def is_alone(old: Page, new: Page) -> bool:
    """Whether what has changed on a page is shown by no page but itself and by lists of pages."""
    if get_data(old.text)[1] != get_data(new.text)[1]:
        return False
    cells = [*old.cells, *new.cells]
    is_used = any(cell.options.export or cell.options.kind for cell in cells)
    return not is_used or [*map(_content, old.cells)] == [*map(_content, new.cells)]


def _content(cell: Cell) -> tuple[str, object]:
    """Give what a cell says, wherever it stands."""
    return cell.code, replace(cell.options, lines=())


def _states(site: ReadSite) -> dict[str, tuple[int, int]]:
    """Note the state of every page that is written."""
    states = (
        (file.src_uri, file_state(file.abs_dest_path)) for file in site.files.documentation_pages()
    )
    return {uri: state for uri, state in states if state}


def _hooks(config: MkDocsConfig) -> Iterable[Any]:
    hooks: Any = config.hooks
    return hooks.values() if isinstance(hooks, Mapping) else hooks
