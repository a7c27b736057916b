"""Make `from notes.convolution.output_size import …` work in any Python process.

>>> import worked
>>> worked.install("docs")

Functions come from the text of the pages as they stand; arrays from what `worked run` has kept.
"""

import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from worked.builds import current_entry, data_digests, export_pointers, exported_names, read_exports
from worked.cache import Fingerprints, Store
from worked.exports import ExportGraph, imports_of
from worked.page import Page, parse
from worked.protocol.messages import Module
from worked.worker.codec import decode_export
from worked.worker.importer import NotesFinder

_ENDINGS: Final = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


def install_notes(docs: str | Path, store: str | Path | None = None) -> None:
    """Serve the pages of a folder as modules; nothing can take it back.

    The site's own packages, which exported functions may import, have to be on the import path.

    Args:
        docs: the folder of the notes.
        store: where results are kept; None for `.cache/worked` beside the notes.
    """
    folder = Path(docs).resolve()
    kept = Store(Path(store) if store else folder.parent / ".cache/worked")
    stock = _Stock(folder, kept)
    sys.meta_path.insert(0, NotesFinder(stock, decode=decode_export, refuse=stock.refuse))


class _Stock(Mapping[str, Module]):
    """The modules of a folder of notes, each read when it is imported."""

    def __init__(self, folder: Path, store: Store) -> None:
        self._folder = folder
        self._store = store

    def __getitem__(self, name: str) -> Module:
        exporter = self._graph.modules[name]
        page = exporter.page
        wrong = [*page.problems, *self._graph.problems(page.name)]
        if not wrong and (waiting := self._graph.waiting(page.name)):
            wrong = [waiting]
        if wrong:
            raise ImportError(wrong[0].headline, name=name)
        given = self._values(page.name)
        needed = self._graph.whole(name, lacking={*self._wanted(page.name)} - set(given))
        return Module(
            name=name,
            page=str(self._folder.parent / page.name),
            source=needed.source,
            names=tuple(sorted(exporter.exports)),
            values=given,
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._graph.modules)

    def __len__(self) -> int:
        return len(self._graph.modules)

    def refuse(self, name: str) -> str:
        """Say why there is no such module."""
        return self._graph.refusal_of(name)

    @cached_property
    def _pages(self) -> dict[str, Page]:
        paths = [path for path in sorted(self._folder.rglob("*")) if path.suffix in _ENDINGS]
        names = [path.relative_to(self._folder.parent).as_posix() for path in paths]
        texts = [path.read_text("utf-8-sig") for path in paths]
        return {name: parse(text, name) for name, text in zip(names, texts, strict=True)}

    @cached_property
    def _graph(self) -> ExportGraph:
        return ExportGraph(self._pages.values(), self._folder.name)

    def _wanted(self, page: str) -> list[str]:
        """List what a page exports by value."""
        return [name for names in self._graph.values(page).values() for name in names]

    def _values(self, page: str) -> dict[str, Any]:
        """Find what is kept of the values that a page exports."""
        if not self._wanted(page):
            return {}
        before = {name: self._values(name) for name in self._graph.exporter_lines(page)}
        if any(set(self._wanted(name)) - set(values) for name, values in before.items()):
            return {}
        shared = imports_of(self._graph, page, before)
        files, _ = data_digests(self._pages[page], self._folder)
        found: dict[str, Any] = {}
        pointers = export_pointers(self._pages[page], files, shared)
        for step, pointer in zip(self._pages[page].steps, pointers, strict=True):
            names = exported_names(step, shared)
            if names and (entry := self._store.get(pointer)):
                found |= read_exports(self._kept(str(entry.get("key"))), names) or {}
        return found

    def _kept(self, key: str) -> object:
        """Read what is kept under a key, where all that it came from is still as it was."""
        entry = self._store.get(key) or {}
        needs = entry.get("needs")
        kinds = (
            [needs.get(kind) for kind in ("files", "folders")] if isinstance(needs, dict) else []
        )
        paths = [path for kind in kinds if isinstance(kind, dict) for path in kind]
        packages = {path.partition("/")[0] for path in paths}
        places = tuple((name, str(self._folder.parent / name)) for name in sorted(packages))
        return current_entry(self._store, key, Fingerprints(places))
