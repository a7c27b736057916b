"""What a page has read and loaded by the end of a cell: names only, and their one JSON form.

The page's process writes them down and the build reads them, so nothing in them is believed.  What
stands behind a name is for `worked.cache.fingerprints` to look at.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from worked import limits
from worked.protocol.reading import MalformedError

OWN_PACKAGE: Final = "worked"
"""This package, whose files a page may read like those of the site's packages."""
OWN_FOLDER: Final = str(Path(__file__).parents[1])


@dataclass(frozen=True, slots=True)
class Dependencies:
    """Names of all that a cell's results may have come from, besides its code.

    A path begins with the package that it is in and has forward slashes: `figures/maps.py`.
    """

    files: tuple[str, ...] = ()
    """Looked at, whether or not anything was there."""
    folders: tuple[str, ...] = ()
    """Listed."""
    modules: tuple[str, ...] = ()
    """Loaded from outside the standard library and the site; the first part of the name only."""


def dump_dependencies(needs: Dependencies) -> dict[str, Any]:
    """Turn needs into JSON values."""
    return {
        "files": list(needs.files),
        "folders": list(needs.folders),
        "modules": list(needs.modules),
    }


def load_dependencies(data: object) -> Dependencies:
    """Read `dump`'s form back, checking every name on the way.

    Raises:
        MalformedError: when anything is not as `dump` writes it, or a path could lead elsewhere.
    """
    if not isinstance(data, dict) or set(data) != {"files", "folders", "modules"}:
        raise MalformedError("needs of another form")
    needs = Dependencies(*(_names(data[kind]) for kind in ("files", "folders", "modules")))
    for path in (*needs.files, *needs.folders):
        check_path(path)
    return needs


def check_path(path: str) -> None:
    """Refuse a path that is not plainly one inside a package.

    Raises:
        MalformedError: an absolute path, one with `..` or `.` in it, or none at all.
    """
    if "\0" in path or any(part in ("", ".", "..") for part in path.split("/")):
        raise MalformedError(f"the path {path[:200]!r}, which is none inside a package")


def _names(data: object) -> tuple[str, ...]:
    if not isinstance(data, list) or not all(isinstance(name, str) for name in data):
        raise MalformedError("needs that are not a list of names")
    if len(data) > limits.MAX_DEPENDENCIES or any(
        len(name) > limits.MAX_DEPENDENCY_NAME for name in data
    ):
        raise MalformedError(
            f"more than {limits.MAX_DEPENDENCIES} names in its needs, or one of "
            f"{limits.MAX_DEPENDENCY_NAME} characters"
        )
    return tuple(data)
