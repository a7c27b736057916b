"""`worked compare`: what a reader sees change between two states of the notes."""

import argparse
import functools
import tempfile
from collections.abc import Callable
from pathlib import Path

from worked.builds import Build, Progress
from worked.cache import STRANGER, RecentEntries, Store
from worked.changes import ShownPage, compare_notes, report_page, shown_page, summary
from worked.cli.revisions import notes_at, take_revision
from worked.cli.site import GOOD, WRONG_NOTES, Site
from worked.hosts.notes import Notes
from worked.page import Page, parse
from worked.pool import own_prefix


def compare_states(site: Site, chosen: argparse.Namespace) -> int:
    """Be the command `worked compare`."""
    with tempfile.TemporaryDirectory(prefix=f"{own_prefix()}compare-") as scratch:
        read, stores = functools.cache(parse), functools.cache(_kept_apart)
        old, new = (
            _state(site, name, Path(scratch, place), read=read, stores=stores)
            if name
            else _working_tree(site)
            for name, place in ((chosen.old, "old"), (chosen.new, "new"))
        )
    changes = compare_notes(old, new)
    said = summary(changes)
    if chosen.html:
        page = report_page(changes, chosen.old, chosen.new or "the working tree")
        Path(chosen.html).write_text(page, "utf-8", "replace")
    if chosen.markdown:
        Path(chosen.markdown).write_text(said, "utf-8", "replace")
    else:
        print(said, end="")
    return WRONG_NOTES if changes.changes and not chosen.exit_zero else GOOD


def _working_tree(site: Site) -> list[ShownPage]:
    build = site.build(site.notes.pages)
    return _shown(build, site.notes)


def _state(
    site: Site,
    name: str,
    scratch: Path,
    *,
    read: Callable[[str, str], Page],
    stores: Callable[[Path, int], Store],
) -> list[ShownPage]:
    """Give what the pages of a revision or a folder show; what is not kept runs, closed in.

    Args:
        scratch: where a revision is written; not there yet.
        read: parses a page; the two states share it, and what it has read.
        stores: gives the store in a folder; of one that they share, an entry is read once.
    """
    settings = site.notes.settings
    folder = Path(name)
    if not folder.is_dir():
        folder = scratch
        scratch.mkdir()
        take_revision(name, settings, site.root, scratch)
    notes = notes_at(folder, settings, read)
    own = folder / ".cache" / "worked"  # where `worked run` has left its results
    store = stores(own if own.is_dir() else site.store.root, site.store.limit)
    build = Build(
        notes.pages,
        settings=notes.settings,
        store=store,
        graph=notes.graph,
        progress=Progress(),
    )
    return _shown(build, notes)


def _shown(build: Build, notes: Notes) -> list[ShownPage]:
    results = build.results()
    build.close()
    users = _users(notes)
    return [shown_page(result, users.get(result.page.name, {})) for result in results]


def _users(notes: Notes) -> dict[str, dict[str, tuple[str, ...]]]:
    """Say which pages import what: exporting page -> name -> pages that import it."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for page in notes.pages:
        for module in notes.graph.imported_modules(page.name):
            names = found.setdefault(module.page, {})
            for name in module.names:
                names[name] = (*names.get(name, ()), page.name)
    return found


def _kept_apart(root: Path, limit: int) -> Store:
    """Give a store in a folder that keeps results apart from those of trusted notes."""
    return Store(root, limit, writer=STRANGER, recent=RecentEntries())
