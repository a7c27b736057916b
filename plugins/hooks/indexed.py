"""What the search's index holds of each page, kept until something that it comes from changes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mkdocs.structure.pages import Page

from names import Names
from terms import Term
from worked.cache import Store
from worked.errors import StoreError
from worked.files import digest

Entry = dict[str, Any]
CODE = digest(
    version("mkdocs-material"),
    [file.read_text("utf-8") for file in sorted(Path(__file__).parent.glob("*.py"))],
)
"""Of what reads a page and completes its entries."""


class Indexed:
    """The pages of one build, in their order, and what is known of each."""

    def __init__(self, store: Store, short: Mapping[str, str], terms: Sequence[Term]) -> None:
        """Begin.

        Args:
            store: where the entries are kept.
            short: the abbreviations of the site.
            terms: those of its glossary.
        """
        self._store = store
        self._names = Names(short, terms)
        self._base = [CODE, repr(short), repr(terms)]
        self._pages: dict[str, tuple[str, str, list[Entry] | None]] = {}

    def knows(self, page: Page) -> bool:
        """Look a page up, whose content is what the search reads."""
        about = [page.url, str(page.title), repr(page.meta.get("title")), page.content or ""]
        key = digest(
            "search", self._base, about, repr(page.meta["tags"]), repr(page.meta.get("search"))
        )
        name = f"docs/{page.file.src_uri}"
        docs = (self._store.get(key, page=name) or {}).get("docs")
        known = docs if isinstance(docs, list) else None
        self._pages[page.url] = name, key, known
        return known is not None

    def complete(self, fresh: Iterable[Entry]) -> Iterator[Entry]:
        """Give the entries of all pages: those that are kept, and the fresh ones completed."""
        of_page: dict[str, list[Entry]] = {}
        for entry in fresh:
            of_page.setdefault(entry["location"].partition("#")[0], []).append(entry)
        for url, entries in of_page.items():
            if url not in self._pages:  # in a preview that builds only what is new
                yield from self._names.complete(entries)
        for url, (name, key, known) in self._pages.items():
            if known is None:
                known = list(self._names.complete(of_page.get(url, [])))
                self._keep(name, key, known)
            yield from known
        self._store.trim()

    def _keep(self, name: str, key: str, docs: list[Entry]) -> None:
        try:
            self._store.put(key, {"docs": docs}, page=name)
        except StoreError:  # of a store that can only be read: nothing is lost
            return
