"""What plugins that declare kinds of cells lend to every site: a package, and an element."""

import importlib.util
from collections.abc import Iterable, Iterator
from pathlib import Path

from worked.page import find_kinds

Packages = tuple[tuple[str, str], ...]
"""(name, folder) of packages that cells may import."""


def with_lent_packages(own: Packages) -> Packages:
    """Add the packages of kinds to a site's own, which come first where they have the same name."""
    return tuple(sorted({**dict(_lent()), **dict(own)}.items()))


def named_packages(names: Iterable[str], root: Path) -> Packages:
    """Find packages by their names: in the folder of `mkdocs.yml`, unless they are lent."""
    lent = dict(_lent())
    return tuple((name, lent.get(name) or str(root / name)) for name in names)


def lent_elements() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give the elements of kinds; their plugins load the scripts."""
    return tuple((kind.element, ()) for kind in find_kinds().values() if kind.element)


def _lent() -> Iterator[tuple[str, str]]:
    for kind in find_kinds().values():
        spec = importlib.util.find_spec(kind.package)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            yield kind.package, str(folder)
