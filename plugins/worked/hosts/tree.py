"""What lies in the folder of the notes and is not a plain file there: links, pipes, odd names.

MkDocs follows links wherever they lead and publishes what it finds, also in the search index: a
page of a pull request could be a link to a secret of whoever builds it.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mkdocs.exceptions import Abort

from worked.errors import tamed
from worked.files import is_inside

_SIGNS: Final = frozenset('<>"')
"""Of a name that a theme would print as HTML, in the navigation say."""


@dataclass(frozen=True, slots=True)
class StrangeFile:
    """Something that is not a plain file inside the notes."""

    path: str
    """From the folder of the notes."""
    what: str
    is_endless: bool = False
    """Whether whoever follows it never comes to an end."""

    def __str__(self) -> str:
        """Give the path, safe for a log, and what it is."""
        return f"{tamed(self.path)}: {self.what}"


def checked_tree(folder: Path, name: str, *, is_refused: bool) -> list[StrangeFile]:
    """Find what is not a plain file in the folder of the notes.

    Args:
        folder: of the notes.
        name: the folder as errors name it.
        is_refused: whether the notes may be a stranger's.

    Raises:
        Abort: it is refused, or MkDocs would never come to its end.
    """
    found = list(strange_files(folder))
    refused = [one for one in found if is_refused or one.is_endless]
    if refused:
        rows = "".join(f"\n  {name}/{one}" for one in refused[:20])
        more = f"\n  and {len(refused) - 20:,} more" if len(refused) > 20 else ""
        raise Abort(f"worked: not plain files inside the notes:{rows}{more}")
    return found


def strange_files(folder: Path) -> Iterator[StrangeFile]:
    """Find what is not a plain file in a folder, without following any link."""
    for place, folders, names in os.walk(folder):
        for name in sorted([*folders, *names]):
            path = Path(place, name)
            what = _strange(path, folder)
            if what or not name.isprintable() or _SIGNS & set(name):
                yield StrangeFile(
                    path.relative_to(folder).as_posix().encode("unicode_escape").decode(),
                    what or "its name has characters that cannot be printed, or that begin HTML",
                    is_endless=path.is_symlink() and _is_above(path),
                )


def _strange(path: Path, folder: Path) -> str:
    """Say what is strange about a path; empty for a plain file, and for a folder."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
            return ""
        if not stat.S_ISLNK(mode):
            return "neither a file nor a folder"
        if not is_inside(path, folder):
            return "a link that leads out of the folder of the notes"
        return "" if path.is_file() else "a link that leads to no file"
    except (OSError, RuntimeError) as error:  # it went meanwhile, or is a link to itself
        return f"it cannot be looked at: {getattr(error, 'strerror', None) or error}"


def _is_above(path: Path) -> bool:
    """Whether a link leads to a folder that it is in itself."""
    try:
        return path.parent.resolve().is_relative_to(path.resolve())
    except (OSError, RuntimeError):
        return False
