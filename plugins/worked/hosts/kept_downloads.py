"""Keep the downloads of a page, under what the page gave and what it carries along."""

import contextlib
import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final, TypeGuard

from mkdocs.structure.files import File

from worked.cache import Store
from worked.downloads import (
    DOWNLOADS_SLOT,
    Downloads,
    Pack,
    ResultOf,
    Texts,
    downloads_line,
)
from worked.errors import StoreError
from worked.files import data_file, digest, digest_file, digest_text
from worked.hosts.code import code_digest, library_versions
from worked.hosts.notes import Notes
from worked.hosts.written import WrittenDigests
from worked.page import ConsultedReferences, PageResult, answers_are_current

_FORMAT: Final = "1"
"""Changes whenever what is kept changes its form."""


@dataclass(frozen=True, slots=True)
class _Recent:
    results: tuple[PageResult, ...]
    """Of the page, and of the pages that it imports."""
    sources: str
    consulted: object
    texts: Texts


class RecentDownloads(dict[str, _Recent]):
    """What the last build of a preview has made, by the page: most pages do not change."""


def site_downloads(
    notes: Notes,
    results: ResultOf,
    store: Store,
    *,
    digests: WrittenDigests,
    recent: RecentDownloads | None,
) -> Downloads:
    """Make the downloads of one build, or take those that an earlier one has kept.

    Args:
        notes: of the site.
        results: gives what a page gave.
        store: where the downloads are kept.
        digests: of what the pages gave.
        recent: what earlier builds of this process have made.
    """
    kept = _Kept(notes, results, store, digests, recent)
    return Downloads(notes.settings, notes.graph, kept.noting, results=results, keep=kept.texts)


class _Kept:
    """The downloads of one build, as far as earlier ones have made them."""

    def __init__(
        self,
        notes: Notes,
        results: ResultOf,
        store: Store,
        digests: WrittenDigests,
        recent: RecentDownloads | None,
    ) -> None:
        self._notes = notes
        self._results = results
        self._store = store
        self._digests = digests
        self._recent = recent
        self._known = notes.references
        self.noting = ConsultedReferences(self._known.targets, self._known.whole)
        """References that note what is asked while downloads are made."""
        self._sources = _digest_sources(notes.settings.packages)
        self._code = [_FORMAT, code_digest("worked"), library_versions()]

    def texts(self, result: PageResult, pack: Pack, make: Callable[[], Texts]) -> Texts:
        """Give the downloads of a page; see `KeepTexts`."""
        page, imported = result.page.name, {}
        for needed in self._notes.graph.imported_modules(page):
            imported[needed.page] = self._results(needed.page)
        results = (result, *imported.values())
        last = self._recent.get(page) if self._recent else None
        is_same = last and last.sources == self._sources and _are_the_same(last.results, results)
        if last and is_same and answers_are_current(last.consulted, self._known, page):
            return last.texts
        texts, consulted = self._stored(results, pack, make)
        if self._recent is not None:
            self._recent[page] = _Recent(results, self._sources, consulted, texts)
        return texts

    def _stored(
        self, results: tuple[PageResult, ...], pack: Pack, make: Callable[[], Texts]
    ) -> tuple[Texts, object]:
        if not self._code[1]:  # the code that runs is not that on the disk
            return make(), {}
        page, key = results[0].page.name, self._key(results, pack)

        def is_current(kept: dict[str, Any]) -> bool:
            return answers_are_current(kept.get("consulted"), self._known, page)

        entry = self._store.get(key, is_current, page=page)
        texts = entry.get("texts") if entry else None
        if (
            entry
            and isinstance(texts, dict)
            and all(isinstance(one, str) for one in texts.values())
        ):
            return texts, entry.get("consulted")
        self.noting.consulted.clear()
        texts, consulted = make(), dict(self.noting.consulted)
        self._put(page, key, {"texts": texts, "consulted": consulted})
        return texts, consulted

    def _key(self, results: tuple[PageResult, ...], pack: Pack) -> str:
        """Give the key of downloads: what the page gave, and what it carries along.

        What a page carries along takes long to put together, so the key itself is kept under what
        that comes from: modules of which most pages carry only some.
        """
        gave = [self._digests.of(result) for result in results]
        try:
            data = _digest_data(results[0], self._notes.settings.root)
        except (OSError, RuntimeError):  # then it cannot be carried either, which is said there
            pack()
            raise
        short = digest("carried", self._code, gave, self._sources, data)
        page = results[0].page.name
        known = (self._store.get(short, page=page) or {}).get("key")
        if isinstance(known, str):
            return known
        key = digest("downloads", self._code, [gave[0], digest_text(repr(pack()))])
        self._put(page, short, {"key": key})
        return key

    def _put(self, page: str, key: str, entry: dict[str, object]) -> None:
        with contextlib.suppress(StoreError):  # of a store that can only be read: nothing is lost
            self._store.put(key, entry, page=page)


def _are_texts(kept: object) -> TypeGuard[Texts]:
    return isinstance(kept, dict) and all(isinstance(text, str) for text in kept.values())


def _digest_data(result: PageResult, root: Path) -> list[str]:
    names = sorted({name for cell in result.page.cells for name in cell.options.files})
    return [f"{name} {digest_file(data_file(root, name))}" for name in names]


def _are_the_same(some: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return len(some) == len(others) and all(map(operator.is_, some, others))


def _digest_sources(packages: Iterable[tuple[str, str]]) -> str:
    """Hash all modules of the site's own packages: a page may carry any of them along."""
    found = (path for _name, folder in packages for path in sorted(Path(folder).rglob("*.py")))
    return digest("sources", [f"{path}\0{digest_file(path)}" for path in found if path.is_file()])


def with_downloads(html: str, downloads: Downloads, result: PageResult, file: File) -> str:
    """Write the downloads of a page beside its HTML, and name them in it."""
    name = PurePosixPath(file.src_uri)
    downloads.write(result, Path(file.abs_dest_path).with_name(name.stem))
    return html.replace(DOWNLOADS_SLOT, downloads_line(name.stem))
