"""A site's pages and what is kept of them, found by a page's text: nothing is run.

For hosts that hand an extension a text and do not say whose it is.
"""

import contextlib
import functools
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from worked.builds import CachedPage, look_up
from worked.cache import OWN, Fingerprints, Store, base_key
from worked.errors import ManifestError, NotesError, report
from worked.exports import imports_of
from worked.hosts.lent import named_packages
from worked.hosts.manifest import REMEDY, Manifest, manifest_path, read_manifest
from worked.hosts.notes import Notes
from worked.hosts.store_place import StorePlace
from worked.page import Page, PageResult, parse, squeezed
from worked.settings import Settings


class KeptSite:
    """One site as its files stand."""

    def __init__(self, site: Manifest, root: Path, store: Store) -> None:
        """Read every page.

        Args:
            site: as a build wrote it down.
            root: the folder of `mkdocs.yml`.
            store: where the results are.
        """
        packages = named_packages(site.packages, root)
        settings = Settings(
            root / site.notes,
            folder=site.notes,
            packages=packages,
            elements=tuple((name, ()) for name in site.elements),
            variants=site.variants,
        )
        self.notes = Notes(settings, [(_read(root, name), number) for name, number in site.pages])
        self._base = base_key(site.packages, site.confined)
        self._store = store
        self._pages = {page.name: page for page in self.notes.pages}
        store.begin({page.name: page.text for page in self.notes.pages})
        self._names: dict[str, list[str]] = {}
        for page in self.notes.pages:
            self._names.setdefault(squeezed(page.text[page.body :]), []).append(page.name)

    def find(self, text: str) -> Page:
        """Find the page whose text this is, front matter left out.

        Raises:
            ManifestError: no page has this text, or two have it.
        """
        names = self._names.get(squeezed(text), [])
        if len(names) > 1:
            said = f"{' and '.join(names)} have the same text: nothing tells them apart here"
            raise ManifestError(f"{said}; change a word in one of them")
        if not names:
            head = next((line for line in text.split("\n") if line.strip()), "")
            raise ManifestError(
                f"the page that begins {head[:60]!r} is not a page as its file has it: {REMEDY}; "
                "or an include or a macro has changed its text, which cannot be followed here"
            )
        return self._pages[names[0]]

    def result(self, page: Page) -> PageResult:
        """Give what is kept of a page.

        Raises:
            ManifestError: something is not kept, or has changed since.
            NotesError: the page has errors.
        """
        known = self._known(page, Fingerprints(self.notes.settings.packages), {})
        if not known.is_whole:
            raise _stale(known)
        result = known.result(0, ())
        problems = [*result.problems, *self.notes.references.problems(page)]
        if problems:
            raise NotesError(report(problems, {page.name: page.text}, 1))
        return result

    def exports(self, name: str) -> Mapping[str, Any]:
        """Give what is kept of the values that a page exports; nothing of those that are not."""
        if name not in self._pages:
            return {}
        with contextlib.suppress(ManifestError):
            fingerprints = Fingerprints(self.notes.settings.packages)
            return self._known(self._pages[name], fingerprints, {}).exports
        return {}

    def _known(
        self, page: Page, fingerprints: Fingerprints, seen: dict[str, CachedPage]
    ) -> CachedPage:
        """Look a page up, after those that it takes values from."""
        if page.name in seen:
            return seen[page.name]
        values: dict[str, Mapping[str, Any]] = {}
        if not self.notes.graph.problems(page.name):  # no circle is followed
            for name in self.notes.graph.exporter_lines(page.name):
                before = self._known(self._pages[name], fingerprints, seen)
                values[name] = before.exports
                if any(one.exports is None for one in before.steps):
                    raise _stale(before)
        known = look_up(
            page,
            self._base,
            settings=self.notes.settings,
            store=self._store,
            fingerprints=fingerprints,
            imports=imports_of(self.notes.graph, page.name, values),
        )
        seen[page.name] = known
        return known


def _stale(known: CachedPage) -> ManifestError:
    cell = next(one.step.cell for one in known.steps if not one.is_whole)
    place = f"{known.page.name}:{cell.line if cell else 1}"
    return ManifestError(f"{place}: nothing is kept of this as it now stands: {REMEDY}")


def open_kept_site(store: StorePlace) -> KeptSite:
    """Open a site as it is kept; the same one as long as no page has changed.

    Raises:
        ManifestError: there is no manifest beside the folder, or it is not this site's any more.
    """
    place = manifest_path(store.folder)
    site = read_manifest(place)
    root = (place.parent / site.root).resolve()
    stamps = tuple(_stamp(root / name) for name, _ in site.pages)
    store = replace(store, folder=store.folder.resolve())
    return _opened(place.resolve(), store, place.stat().st_mtime_ns, stamps)


@functools.lru_cache(maxsize=1)  # a host makes an extension for every page
def _opened(place: Path, store: StorePlace, _written: int, _stamps: tuple[object, ...]) -> KeptSite:
    site = read_manifest(place)
    kept = Store(store.folder, shared=store.read_only().open_shared(OWN))
    return KeptSite(site, (place.parent / site.root).resolve(), kept)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        about = path.stat()
    except OSError:
        return 0, 0
    return about.st_mtime_ns, about.st_size


def _read(root: Path, name: str) -> Page:
    try:
        return parse((root / name).read_text("utf-8-sig"), name)
    except (OSError, UnicodeDecodeError) as error:
        raise ManifestError(f"{name} cannot be read ({error}): {REMEDY}") from error
