"""Where kept results lie: what a store asks of a place, and the one that is a folder."""

import contextlib
import os
import shutil
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from worked.files import ASIDE, drop, write_atomically

DAY: Final = 24 * 3600
"""seconds after which using an entry sets its time again"""
HOUR: Final = 3600
"""seconds after which no build still writes a file that is not whole"""

_READ: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_HEX: Final = "[0-9a-f]"
_ENTRIES: Final = f"{_HEX * 2}/{_HEX * 62}.json"
_ASIDES: Final = f"{_HEX * 2}/{ASIDE}*"


@dataclass(frozen=True, slots=True, order=True)
class StoredEntry:
    """One entry as it lies there; of several, the one that was not used longest comes first."""

    used: float
    """seconds since 1970"""
    size: int
    """bytes"""
    name: str


class Backend(Protocol):
    """A place for entries: bytes under names such as `ab/cdef….json`; several builds share it."""

    def read(self, name: str) -> bytes | None:
        """Give an entry whole, and note that it is used; None where it is not to be had."""
        ...

    def write(self, name: str, content: bytes) -> None:
        """Keep an entry: whoever reads it has all of it, or what was there before.

        Raises:
            OSError: it cannot be kept.
        """
        ...

    def entries(self) -> Iterator[StoredEntry]:
        """List what is there; another build may add and delete meanwhile."""
        ...

    def delete(self, name: str) -> None:
        """Drop an entry; harmless where there is none."""
        ...


class FolderBackend:
    """A folder of this machine, which need not be there yet.

    A build that is killed at any moment leaves whole entries only.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def __str__(self) -> str:
        return str(self.root)

    def read(self, name: str) -> bytes | None:
        """See `Backend.read`."""
        path = f"{self.root}/{name}"
        try:
            # without waiting: whoever may write here could have put a pipe in its place
            with os.fdopen(os.open(path, _READ), "rb") as stream:
                about = os.fstat(stream.fileno())
                if not stat.S_ISREG(about.st_mode):
                    return None
                content = stream.read()
        except OSError:
            return None
        if time.time() - about.st_mtime > DAY:
            with contextlib.suppress(OSError):  # of a folder that can only be read
                os.utime(path)
        return content

    def write(self, name: str, content: bytes) -> None:
        """See `Backend.write`; what has an entry's name and is none makes room."""
        path = self.root / name
        try:
            write_atomically(path, content)
        except (FileExistsError, IsADirectoryError, NotADirectoryError):
            if path.parent.exists() and not path.parent.is_dir():
                drop(path.parent)
            if path.is_dir():
                shutil.rmtree(path)
            write_atomically(path, content)

    def entries(self) -> Iterator[StoredEntry]:
        """See `Backend.entries`; drops what killed builds have left on the way."""
        for path, about in _stats(self.root, _ASIDES):
            if time.time() - about.st_mtime > HOUR:
                drop(path)
        for path, about in _stats(self.root, _ENTRIES):
            name = path.relative_to(self.root).as_posix()
            yield StoredEntry(about.st_mtime, about.st_size, name)

    def delete(self, name: str) -> None:
        """See `Backend.delete`."""
        drop(self.root / name)

    def remove(self) -> None:
        """Remove what is left once every entry is deleted.

        Nothing else in the folder is touched: a site may have named one that holds other files.
        """
        for path in self.root.glob(_ASIDES):
            drop(path)
        for folder in (*self.root.glob(_HEX * 2), self.root):
            with contextlib.suppress(OSError):  # not empty, or not there
                folder.rmdir()


def _stats(root: Path, pattern: str) -> Iterator[tuple[Path, os.stat_result]]:
    for path in root.glob(pattern):
        with contextlib.suppress(OSError):  # another build has dropped it
            yield path, path.stat()
