"""Make `from notes.convolution.output_size import …` work in any Python process.

>>> import worked
>>> worked.install("docs")

Functions come from the text of the pages as they stand; arrays from what a build has kept.
"""

import contextlib
import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from worked.errors import ManifestError
from worked.exports import ExportGraph
from worked.files import MARKDOWN
from worked.hosts.kept_site import open_kept_site
from worked.hosts.store_place import DEFAULT_STORE, StorePlace, store_place
from worked.page import Page, parse
from worked.protocol.messages import Module
from worked.worker.codec import decode_export
from worked.worker.importer import NotesFinder


def install_notes(docs: str | Path, store: str | Path | None = None) -> None:
    """Serve the pages of a folder as modules; nothing can take it back.

    The site's own packages, which exported functions may import, have to be on the import path.

    Args:
        docs: the folder of the notes.
        store: where results are kept; None for `.cache/worked` beside the notes.
    """
    folder = Path(docs).resolve()
    root = Path() if store else folder.parent
    kept = store_place(str(store or DEFAULT_STORE), root)
    modules = _Modules(folder, kept)
    sys.meta_path.insert(0, NotesFinder(modules, decode=decode_export, refuse=modules.refuse))


class _Modules(Mapping[str, Module]):
    """The modules of a folder of notes, each read when it is imported."""

    def __init__(self, folder: Path, store: StorePlace) -> None:
        self._folder = folder
        self._store = store

    def __getitem__(self, name: str) -> Module:
        exporter = self._graph.index.modules[name]
        page = exporter.page
        wrong = [*page.problems, *self._graph.problems(page.name)]
        if not wrong and (waiting := self._graph.waiting(page.name)):
            wrong = [waiting]
        if wrong:
            raise ImportError(wrong[0].headline, name=name)
        given = self._values(page.name)
        needed = self._graph.index.whole(name, lacking={*self._wanted(page.name)} - set(given))
        return Module(
            name=name,
            page=str(self._folder.parent / page.name),
            source=needed.source,
            names=tuple(sorted(exporter.exports)),
            values=given,
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._graph.index.modules)

    def __len__(self) -> int:
        return len(self._graph.index.modules)

    def refuse(self, name: str) -> str:
        """Say why there is no such module."""
        return self._graph.index.refusal_of(name)

    @cached_property
    def _pages(self) -> dict[str, Page]:
        paths = [path for path in sorted(self._folder.rglob("*")) if path.suffix in MARKDOWN]
        names = [path.relative_to(self._folder.parent).as_posix() for path in paths]
        texts = [path.read_text("utf-8-sig") for path in paths]
        return {name: parse(text, name) for name, text in zip(names, texts, strict=True)}

    @cached_property
    def _graph(self) -> ExportGraph:
        return ExportGraph(self._pages.values(), self._folder.name)

    def _wanted(self, page: str) -> list[str]:
        """List what a page exports by value."""
        return [name for names in self._graph.values(page).values() for name in names]

    def _values(self, page: str) -> Mapping[str, Any]:
        """Find what is kept of the values that a page exports."""
        if not self._wanted(page):
            return {}
        with contextlib.suppress(ManifestError):  # nothing is kept, or it is not of these pages
            return open_kept_site(self._store).exports(page)
        return {}
