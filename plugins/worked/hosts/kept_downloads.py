"""Keep the downloads of a page, under what the page gave and what it carries along."""

import contextlib
import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

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
from worked.files import digest, digest_file, digest_text
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
    known = notes.references
    noting = ConsultedReferences(known.targets, known.whole)
    sources = _digest_sources(notes.settings.packages) if recent is not None else ""

    def of_page(result: PageResult) -> tuple[PageResult, ...]:
        imported = {needed.page: None for needed in notes.graph.imported_modules(result.page.name)}
        return (result, *map(results, imported))

    def keep(result: PageResult, pack: Pack, make: Callable[[], Texts]) -> Texts:
        page, given = result.page.name, of_page(result)
        last = recent.get(page) if recent else None
        is_same = last and last.sources == sources and _are_the_same(last.results, given)
        if last and is_same and answers_are_current(last.consulted, known, page):
            return last.texts
        texts, consulted = kept(result, pack, make)
        if recent is not None:
            recent[page] = _Recent(given, sources, consulted, texts)
        return texts

    def kept(result: PageResult, pack: Pack, make: Callable[[], Texts]) -> tuple[Texts, object]:
        page, own = result.page.name, code_digest("worked")
        code = [_FORMAT, own, library_versions()]
        key = digest("downloads", code, [digests.of(result), digest_text(repr(pack()))])
        entry = None
        if own:
            entry = store.get(
                key, lambda kept: answers_are_current(kept.get("consulted"), known, page)
            )
        texts = entry.get("texts") if entry else None
        if (
            entry
            and isinstance(texts, dict)
            and all(isinstance(one, str) for one in texts.values())
        ):
            return texts, entry.get("consulted")
        noting.consulted.clear()
        texts, consulted = make(), dict(noting.consulted)
        if own:
            with contextlib.suppress(StoreError):  # of a store that can only be read
                store.put(key, {"texts": texts, "consulted": consulted})
        return texts, consulted

    return Downloads(notes.settings, notes.graph, noting, results=results, keep=keep)


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
