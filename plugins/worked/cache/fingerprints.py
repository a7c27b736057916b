"""Fingerprints of the files, folders and versions that results depend on, read once a build.

A file, folder or version is looked at once a build.  What comes from a file that has changed since
the build began is never kept: a page may have read it before or after.
"""

import contextlib
import os
import stat
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from worked.files import digest, digest_file, is_inside
from worked.protocol.dependencies import OWN_FOLDER, OWN_PACKAGE, Dependencies, check_path
from worked.protocol.reading import MalformedError
from worked.versions import InstalledModules, installed_version

_NOTHING: Final = ""
_FOLDER: Final = "/"
_OTHER: Final = "?"
"""Neither a file that can be read nor a folder."""

_SECOND: Final = 10**9
"""nanoseconds"""


class Fingerprints:
    """One build's look at the site's packages and at what is installed."""

    def __init__(self, packages: tuple[tuple[str, str], ...]) -> None:
        """Begin now: what changes from here on counts as changed during the build.

        Args:
            packages: (name, folder) pairs.
        """
        self._began = _now()
        self._folders = {OWN_PACKAGE: OWN_FOLDER, **dict(packages)}
        self._installed = InstalledModules()
        self._places: dict[str, Path] = {}
        self._files = _Looked(lambda path: _state(self._place(path)))
        self._listings = _Looked(lambda path: _listing(self._place(path)))
        self._versions = _Looked(installed_version)

    def of(self, names: Dependencies) -> dict[str, dict[str, str]] | None:
        """Write down, as JSON, what the names stand for now; None where it may have changed.

        Raises:
            MalformedError: a path that is in no package, or leads out of it.
        """
        taken = {
            "files": self._files.at(names.files),
            "folders": self._listings.at(names.folders),
            "versions": self._versions.at(sorted(self._installed.behind(names.modules))),
        }
        return taken if self._are_settled((*names.files, *names.folders)) else None

    def are_current(self, taken: object) -> bool:
        """Whether all that was written down is still so; False for what `take` never wrote."""
        if not isinstance(taken, dict):
            return False
        kinds = (("files", self._files), ("folders", self._listings), ("versions", self._versions))
        return all(looked.are_current(taken.get(kind)) for kind, looked in kinds)

    def are_older(self, places: Iterable[Path]) -> bool:
        """Whether nothing at these places has changed since the build began."""
        return all(_changed(place) < self._began for place in places)

    def _place(self, path: str) -> Path:
        """Find a path on the disk.

        Raises:
            MalformedError: when it is in no package, or a link on it leads out of its package.
        """
        if path not in self._places:
            check_path(path)
            package, _, inside = path.partition("/")
            if package not in self._folders:
                raise MalformedError(f"the path {path[:200]!r}, which is in no package of the site")
            self._places[path] = _inside(Path(self._folders[package]), inside)
        return self._places[path]

    def _are_settled(self, paths: Iterable[str]) -> bool:
        """Whether paths have stood for the same things since the build began.

        A file that is gone, new or put in another's place changes the folder that it is in.
        """
        places: set[Path] = set()
        for path in paths:
            place = self._place(path)
            places.update([place, *place.parents][: path.count("/") + 1])
        return self.are_older(places)


class _Looked(dict[str, str]):
    """What names stand for, each looked at once."""

    def __init__(self, look: Callable[[str], str]) -> None:
        super().__init__()
        self._look = look

    def __missing__(self, name: str) -> str:
        found = self[name] = self._look(name)
        return found

    def at(self, names: Iterable[str]) -> dict[str, str]:
        return {name: self[name] for name in names}

    def are_current(self, then: object) -> bool:
        """Whether names stand for what they stood for then."""
        if not isinstance(then, dict):
            return False
        try:
            for name in then.keys() - self.keys():
                self[name]
        except MalformedError:
            return False
        return then.items() <= self.items()


def _inside(folder: Path, path: str) -> Path:
    place = folder / path
    try:
        is_safe = is_inside(place, folder)
    except (OSError, RuntimeError, ValueError):
        return place  # links in a circle, or no name that a file can have: nothing is there
    if not is_safe:
        said = f"the path {folder.name}/{path[:200]}, which a link leads out of its package"
        raise MalformedError(said)
    return place


def _state(place: Path) -> str:
    """Say in one word what is at a place; the digest of its content for a file."""
    try:
        mode = place.stat().st_mode
        if stat.S_ISREG(mode):
            return digest_file(place)
        return _FOLDER if stat.S_ISDIR(mode) else _OTHER
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return _NOTHING
    except OSError:
        return _OTHER


def _listing(place: Path) -> str:
    try:
        with os.scandir(place) as entries:
            return digest("folder", sorted(f"{entry.name}{_mark(entry)}" for entry in entries))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return _NOTHING
    except OSError:
        return _OTHER


def _mark(entry: os.DirEntry[str]) -> str:
    return _FOLDER if entry.is_dir() else ""


def _changed(place: Path) -> int:
    """Give the time of the last change to a file, or to the link to it; 0 where nothing is."""
    times = []
    for look in (place.lstat, place.stat):
        with contextlib.suppress(OSError, ValueError):
            times.append(look().st_ctime_ns)
    changed = max(times, default=0)
    # whole seconds are those of a file system that counts in them: any time within is possible
    return changed if changed % _SECOND else changed + _SECOND


def _now() -> int:
    """Give the time by the clock that stamps files, in nanoseconds."""
    if sys.platform == "linux":  # a coarse clock, up to 10 ms late, that Python does not name
        return time.clock_gettime_ns(5)
    return time.time_ns()
