"""The key of a result: a hash of everything that it came from.

Code, the options that change what runs, the versions of what runs it, the data files, and the key
of what ran before: cells, and values in prose, which run in the same process.  Captions,
alternative texts and prose are not in it.  What it read and imported of the site's packages comes
on top, in `worked.cache.fingerprints`: that is known once it has run.
"""

import platform
import sys
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Final

from worked.cache.store import STORE_FORMAT
from worked.files import digest, digest_file
from worked.page import Cell, Value

ENGINES: Final = ("numpy", "matplotlib")
"""Distributions whose version changes what cells show."""

RUNNING: Final = (
    *("builds", "exports", "markup", "protocol", "sandbox", "svg", "worker"),
    *("errors.py", "files.py", "hints.py", "limits.py", "numerals.py", "palette.py"),
)
"""What of this package takes part in running cells: what shows results is in no key."""


def base_key(packages: Iterable[str], confined: str) -> str:
    """Hash what every cell depends on: versions, and which packages the site declares.

    What is in the packages is not in the key: only what a page has used of it counts, and that is
    known after the run (see `worked.cache.fingerprints`).

    Args:
        packages: their names.
        confined: the mode of the cells' confinement.
    """
    here = [*_machine(), confined]
    return digest(STORE_FORMAT, _versions(), here, sorted(packages), _own_digests())


def surroundings() -> list[str]:
    """List what machines must have in common to serve each other, as far as it is quickly told."""
    return [STORE_FORMAT, *_versions(), *_machine()]


def _versions() -> list[str]:
    return [f"{name} {metadata.version(name)}" for name in ENGINES]


def _machine() -> list[str]:
    return [sys.version, platform.machine(), platform.system()]


def page_key(base: str, files: Mapping[str, str], borrowed: Iterable[str] = ()) -> str:
    """Hash what every cell of a page depends on.

    Args:
        base: the key of everything.
        files: every data file that a cell of the page names -> its digest.  All of them lie there
            while the first cell runs, so it may have read those of the last.
        borrowed: the digests of what the page's cells may import of other pages.
    """
    named = [f"{name} {content}" for name, content in sorted(files.items())]
    return digest("page", base, named, sorted(borrowed))


def cell_key(cell: Cell, before: str, framed: tuple[Value, ...] = (), *, variants: int = 0) -> str:
    """Hash a cell on top of all that ran before it in its process, values included.

    Args:
        cell: what runs.
        before: the key of what ran before it.
        framed: the values that run in each frame of it, before its next frame does.
        variants: how often a cell with a seed runs; any other is the same for all numbers.
    """
    often = [f"variants={variants}"] if cell.options.run.seed else []
    return digest("cell", before, cell.code, [*cell.options.run.parts(), *often], _parts(framed))


def values_key(values: tuple[Value, ...], cell: str) -> str:
    """Hash the values after a cell; `cell` is its key."""
    return digest("values", cell, _parts(values))


def _parts(values: tuple[Value, ...]) -> list[str]:
    """List what of values changes what runs, three texts for each."""
    return [part for one in values for part in (one.expression, one.spec, str(one.tex))]


def exports_key(names: Iterable[str], cell: str) -> str:
    """Hash the values that a cell exports; `cell` is its key."""
    return digest("exports", cell, sorted(names))


def _own_digests() -> list[str]:
    """Hash the code of this package that takes part in running cells."""
    root = Path(__file__).parents[1]
    places = [root / name for name in RUNNING]
    files = [file for place in places for file in (place, *place.rglob("*.py")) if file.is_file()]
    return [f"{file.relative_to(root).as_posix()} {digest_file(file)}" for file in sorted(files)]
