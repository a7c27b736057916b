"""A site's pages and what is kept of them, found by a page's text: nothing is run.

For hosts that hand an extension a text and do not say whose it is.
"""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from worked.builds import CachedPage, look_up
from worked.cache import Fingerprints, Store, base_key
from worked.errors import ManifestError, NotesError, report
from worked.exports import ExportGraph, imports_of
from worked.hosts.manifest import REMEDY, Manifest, read_manifest
from worked.page import Page, PageResult, References, body_start, number_labels, parse, squeezed
from worked.settings import Settings


class KeptSite:
    """One site as its files stand."""

    def __init__(self, site: Manifest, root: Path, store: Store) -> None:
        """Read every page.

        Args:
            site: as `worked run` wrote it down.
            root: the folder of `mkdocs.yml`.
            store: where the results are.
        """
        packages = tuple((name, str(root / name)) for name in site.packages)
        self.notes = site.notes
        self._settings = Settings(root / site.notes, folder=site.notes, packages=packages)
        self._base = base_key(site.packages, site.confined)
        self._store = store
        pages = [(_read(root, name), chapter) for name, chapter in site.pages]
        self.pages = {page.name: page for page, _ in pages}
        self.references: References = number_labels(pages)
        self._graph = ExportGraph(self.pages.values(), site.notes)
        self._names: dict[str, list[str]] = {}
        for page in self.pages.values():
            body = page.text[body_start(page.text) :]
            self._names.setdefault(squeezed(body), []).append(page.name)

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
                f"the page that begins {head[:60]!r} is no page as its file has it: {REMEDY}; or "
                "an include or a macro has changed its text, which cannot be followed here"
            )
        return self.pages[names[0]]

    def result(self, page: Page) -> PageResult:
        """Give what is kept of a page.

        Raises:
            ManifestError: something is not kept, or has changed since.
            NotesError: the page has errors.
        """
        result = self._known(page, Fingerprints(self._settings.packages), {}).result(0, ())
        problems = [*result.problems, *self.references.problems(page)]
        if problems:
            raise NotesError(report(problems, {page.name: page.text}, 1))
        return result

    def _known(
        self, page: Page, fingerprints: Fingerprints, seen: dict[str, CachedPage]
    ) -> CachedPage:
        """Look a page up, behind those that it takes values from."""
        if page.name in seen:
            return seen[page.name]
        values: dict[str, Mapping[str, Any]] = {}
        if not self._graph.problems(page.name):  # no circle is followed
            for name in self._graph.exporter_lines(page.name):
                before = self._known(self.pages[name], fingerprints, seen)
                values[name] = before.result(0, ()).exports
        known = look_up(
            page,
            self._base,
            settings=self._settings,
            store=self._store,
            fingerprints=fingerprints,
            shared=imports_of(self._graph, page.name, values),
        )
        if not known.is_whole:
            steps = zip(known.steps, known.cells, known.values, known.exports, strict=True)
            cell = next(step.cell for step, *kept in steps if None in kept)
            place = f"{page.name}:{cell.line if cell else 1}"
            raise ManifestError(f"{place}: nothing is kept of this as it now stands: {REMEDY}")
        seen[page.name] = known
        return known


def open_kept_site(place: Path, store: Path) -> KeptSite:
    """Open the shelf of a site; the same one as long as no page has changed.

    Args:
        place: the manifest's.
        store: the folder of results.

    Raises:
        ManifestError: there is no manifest, or it is not this site's any more.
    """
    site = read_manifest(place)
    root = (place.parent / site.root).resolve()
    stamps = tuple(_stamp(root / name) for name, _ in site.pages)
    return _opened(place.resolve(), store.resolve(), place.stat().st_mtime_ns, stamps)


@functools.lru_cache(maxsize=1)  # a host makes an extension for every page
def _opened(place: Path, store: Path, _written: int, _stamps: tuple[object, ...]) -> KeptSite:
    site = read_manifest(place)
    return KeptSite(site, (place.parent / site.root).resolve(), Store(store))


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
