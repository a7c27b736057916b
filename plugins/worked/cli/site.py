"""The site that a command is about, as its `mkdocs.yml` says it is."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig

from worked.builds import Build, Progress
from worked.cache import SharedStore, Store
from worked.errors import ConfigError, Problem
from worked.hosts.mkdocs_plugin import WorkedPlugin
from worked.hosts.mkdocs_site import leave_results, read_notes
from worked.hosts.notes import Notes
from worked.hosts.site_store import site_place, site_store
from worked.hosts.store_place import time_to_send
from worked.hosts.strangers import writer
from worked.page import Page
from worked.review import house_of, review_page

GOOD: Final = 0
WRONG_NOTES: Final = 1
WRONG_CALL: Final = 2
NOBODY_READS: Final = 141  # as shells show the end by SIGPIPE
"""Exit codes."""


class Site:
    """A site whose notes and store are read when they are first asked for."""

    def __init__(self, config: MkDocsConfig) -> None:
        """Take a site.

        Raises:
            ConfigError: without the plugin, no page is ours.
        """
        found = config.plugins.get("worked")
        if not isinstance(found, WorkedPlugin):
            raise ConfigError(f"{config.config_file_path}: the plugin `worked` is not switched on")
        self._config = config
        self._chosen = found.config

    @cached_property
    def notes(self) -> Notes:
        """All pages of the site."""
        return read_notes(self._chosen, self._config)

    @cached_property
    def store(self) -> Store:
        """Where results are kept."""
        return site_store(self._chosen, self._config, shared=self.shared)

    @cached_property
    def shared(self) -> SharedStore | None:
        """What stands behind that for several machines; None for nothing."""
        return site_place(self._chosen, self._config).open_shared(writer())

    def close(self) -> None:
        """Send what is left to the shared store."""
        if "store" in self.__dict__:
            self.store.close(time_to_send())

    @property
    def folder(self) -> Path:
        """The folder of the notes."""
        return Path(self._config.docs_dir)

    @property
    def root(self) -> Path:
        """The folder of `mkdocs.yml`."""
        return Path(self._config.config_file_path).resolve().parent

    def files(self, wanted: Sequence[str]) -> dict[Path, Page]:
        """Find pages by the names of their files: file -> page; all pages where none is named.

        Raises:
            ConfigError: a name that is not a page of the site.
        """
        root = self.notes.settings.root
        pages = {
            (root / page.name.removeprefix(f"{self.notes.settings.folder}/")).resolve(): page
            for page in self.notes.pages
        }
        chosen = [Path(name).resolve() for name in wanted]
        for path, name in zip(chosen, wanted, strict=True):
            if path not in pages:
                raise ConfigError(f"{name} is not a page below {self._config.docs_dir}")
        return {path: pages[path] for path in chosen or pages}

    def pages(self, wanted: Sequence[str]) -> list[Page]:
        """Find pages by the names of their files; all where none is named."""
        return list(self.files(wanted).values())

    def review(self, pages: Sequence[Page]) -> list[Problem]:
        """Say what a reviewer would say of some pages.

        Raises:
            ConfigError: the glossary is no page of the site.
        """
        folder = self.notes.settings.folder
        glossary = f"{folder}/{self._chosen.glossary}" if self._chosen.glossary else ""
        if glossary and all(page.name != glossary for page in self.notes.pages):
            raise ConfigError(f"worked: glossary: {glossary} is no page of the site")
        short = (self._config.mdx_configs.get("abbr") or {}).get("glossary") or {}
        house = house_of(self.notes.pages, glossary, map(str, short))
        without = self._chosen.unchecked
        return [said for page in pages for said in review_page(page, house, without)]

    def build(self, pages: Sequence[Page]) -> Build:
        """Begin to run what is stale of some pages, and of those that they need."""
        wanted = self.notes.graph.with_exporters(pages)
        self.store.begin({page.name: page.text for page in wanted})
        return Build(
            wanted,
            settings=self.notes.settings,
            store=self.store,
            graph=self.notes.graph,
            progress=Progress(),
        )

    def leave_results(self) -> None:
        """Write down what hosts without the plugin need to find results."""
        leave_results(self.notes, self.store, self._config)
