"""What no limit of every system bounds for one page alone: its threads and its files on the disk.

Linux mostly does (`worked.sandbox.thread_gate` and `mounts`); where it does not, looking has to do.
"""

import contextlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from worked import limits
from worked.sandbox import count_threads


class _ExcessError(Exception):
    """What a page has too much of."""


@dataclass(frozen=True, slots=True)
class ResourceMonitor:
    """A page's process and its folder, seen from outside.

    What cannot be looked at counts as too much: a folder too deep, or one that lets nobody in.
    """

    process: int
    folder: Path
    is_bounded: bool = False
    """Whether the kernel bounds what is in the folder: then nobody has to look there."""

    def excess(self) -> str:
        """Say what the page has too much of; nothing where all is well."""
        if count_threads(self.process) > limits.MAX_THREADS:
            return f"started more than {limits.MAX_THREADS} threads"
        if self.is_bounded:
            return ""
        usage = _Usage()
        try:
            with contextlib.suppress(OSError):
                usage.look_into(str(self.folder), None, limits.MAX_FOLDER_DEPTH)
            usage.look_at_process(self.process, os.path.realpath(self.folder))
        except _ExcessError as error:
            return str(error)
        return ""


class _Usage:
    """Counts files, also those without a name, and what they take on the disk."""

    def __init__(self) -> None:
        self.files = self.size = 0
        self._nameless: set[int] = set()

    def look_into(self, name: str, above: int | str | None, deep: int) -> None:
        """Count what is in a folder.

        By file descriptors: the path of a deep folder is longer than the system takes.

        Args:
            name: of the folder.
            above: the folder that it is in; None where it is a path.
            deep: how many folders further down are looked at.

        Raises:
            _ExcessError: it is too much, or cannot be looked at.
        """
        if not deep:
            said = f"made folders more than {limits.MAX_FOLDER_DEPTH} deep"
            raise _ExcessError(said)
        try:
            folder = _opened(name, above)
        except PermissionError:
            raise _ExcessError("made a folder that nobody can look into") from None
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    with contextlib.suppress(OSError):  # it is gone by now
                        self._add(entry.stat(follow_symlinks=False))
                        if entry.is_dir(follow_symlinks=False):
                            below = entry.path if isinstance(folder, str) else entry.name
                            self.look_into(below, folder, deep - 1)
        finally:
            if isinstance(folder, int):
                os.close(folder)

    def look_at_process(self, process: int, folder: str) -> None:
        """Count files that have no name any more, but are open or mapped.

        Raises:
            _ExcessError: it is too much, or cannot be looked at.
        """
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            for place in Path(f"/proc/{process}/task").iterdir():
                if _is_running(place):  # the first one may have ended, and the others see the same
                    try:
                        self._look_at_thread(place, os.fsencode(folder))
                    except PermissionError:
                        if _is_running(place):
                            said = "lets nobody look at its open files"
                            raise _ExcessError(said) from None
                    else:
                        return

    def _look_at_thread(self, place: Path, folder: bytes) -> None:
        for link in (place / "fd").iterdir():
            with contextlib.suppress(FileNotFoundError):  # it is closed by now
                found = link.stat()
                if not found.st_nlink and stat.S_ISREG(found.st_mode):
                    self._add_nameless(found)
        with (place / "maps").open("rb") as maps:
            lines = maps.read(limits.MAX_LOOK).splitlines()
            if maps.read(1):
                raise _ExcessError("maps more of its memory than can be looked at")
        for line in lines:
            if line.endswith(b" (deleted)"):
                *_, inode, path = line.split(None, 5)
                if path.startswith(folder) and int(inode) not in self._nameless:
                    # it is mapped, but not open: nobody outside can say how large it is
                    self._nameless.add(int(inode))
                    self._count(limits.MAX_FILE_SIZE)

    def _add_nameless(self, found: os.stat_result) -> None:
        if found.st_ino not in self._nameless:
            self._nameless.add(found.st_ino)
            self._add(found)

    def _add(self, found: os.stat_result) -> None:
        self._count(found.st_blocks * 512)

    def _count(self, size: int) -> None:
        self.files += 1
        self.size += size
        if self.files > limits.MAX_FILES:
            raise _ExcessError(f"made more than {limits.MAX_FILES} files and folders")
        if self.size > limits.MAX_DISK:
            raise _ExcessError(f"wrote more than {limits.MAX_DISK // 2**20} MiB to its folder")


def _opened(name: str, above: int | str | None) -> int | str:
    """Open a folder; on Windows, give its path."""
    if os.scandir not in os.supports_fd:
        return name
    return os.open(
        name,
        os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY,
        dir_fd=above if isinstance(above, int) else None,
    )


def _is_running(place: Path) -> bool:
    """Whether a thread still has its memory: one that is ending shows its files to nobody."""
    with contextlib.suppress(OSError):
        return not (place / "statm").read_bytes().startswith(b"0 ")
    return False
