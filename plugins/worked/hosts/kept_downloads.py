"""Keep the downloads of a page, under what the page gave and what it carries along."""

import contextlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Final

from mkdocs.structure.files import File

from worked.cache import Store
from worked.downloads import (
    DOWNLOADS_SLOT,
    Bundle,
    Downloads,
    ResultOf,
    Texts,
    downloads_line,
)
from worked.errors import StoreError
from worked.files import digest, digest_text
from worked.hosts.code import code_digest, library_versions
from worked.hosts.notes import Notes
from worked.hosts.written import WrittenDigests
from worked.page import ConsultedReferences, PageResult, answers_are_current

_FORMAT: Final = "1"
"""Changes whenever what is kept changes its form."""


def site_downloads(
    notes: Notes, results: ResultOf, store: Store, digests: WrittenDigests
) -> Downloads:
    """Make the downloads of one build, or take those that an earlier one has kept.

    Args:
        notes: of the site.
        results: gives what a page gave.
        store: where the downloads are kept.
        digests: of what the pages gave.
    """
    known = notes.references
    noting = ConsultedReferences(known.targets, known.whole)

    def keep(result: PageResult, carried: Bundle, make: Callable[[], Texts]) -> Texts:
        if not (own := code_digest("worked")):
            return make()
        code = [_FORMAT, own, library_versions()]
        key = digest("downloads", code, [digests.of(result), digest_text(repr(carried))])
        page = result.page.name
        entry = store.get(key, lambda kept: answers_are_current(kept.get("consulted"), known, page))
        texts = entry.get("texts") if entry else None
        if isinstance(texts, dict) and all(isinstance(text, str) for text in texts.values()):
            return texts
        noting.consulted.clear()
        texts = make()
        with contextlib.suppress(StoreError):  # of a store that can only be read: nothing is lost
            store.put(key, {"texts": texts, "consulted": dict(noting.consulted)})
        return texts

    return Downloads(notes.settings, notes.graph, noting, results=results, keep=keep)


def with_downloads(html: str, downloads: Downloads, result: PageResult, file: File) -> str:
    """Write the downloads of a page beside its HTML, and name them in it."""
    name = PurePosixPath(file.src_uri)
    downloads.write(result, Path(file.abs_dest_path).with_name(name.stem))
    return html.replace(DOWNLOADS_SLOT, downloads_line(name.stem))
