"""A place for packs that several machines share: what is asked of it, and one that is a folder."""

import contextlib
import os
import re
import stat
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from worked.cache.backend import HOUR
from worked.cache.packs import MOST_PACKED
from worked.files import ASIDE, drop, write_atomically

OBJECT: Final = re.compile(r"[0-9a-f]{64}\.pack")
"""What the objects of a shared store are called; others are left alone."""
_THREADS: Final = 8
_READ: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Answers:
    """What came of asking for several objects at once."""

    done: dict[str, bytes]
    """Name -> content of those that were found, or empty of those that were written."""
    failure: str
    """Why the others got no answer; empty where all did, be it that there is no such object."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One object as it lies there."""

    name: str
    size: int
    """bytes"""
    changed: float
    """seconds since 1970; 0 where the place does not say"""


class Objects(Protocol):
    """A place for objects, each of which is there whole or not at all."""

    def fetch(self, names: Iterable[str], seconds: float) -> Answers:
        """Read objects at the same time; none that is larger than a pack may be."""
        ...

    def send(self, contents: Mapping[str, bytes], seconds: float) -> Answers:
        """Write objects at the same time."""
        ...

    def listing(self, seconds: float) -> list[StoredObject]:
        """List what is there.

        Raises:
            OSError: it cannot be told.
        """
        ...

    def delete(self, names: Iterable[str], seconds: float) -> Answers:
        """Drop objects; harmless where there are none."""
        ...

    def close(self) -> None:
        """End the connections."""
        ...


class FolderObjects:
    """A folder that several machines see, which need not be there yet, though its parent must."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def fetch(self, names: Iterable[str], seconds: float) -> Answers:
        """See `Objects.fetch`."""
        return in_threads(self._read, names, seconds)

    def _read(self, name: str) -> bytes | None:
        try:
            # without waiting: whoever may write here could have put a pipe in its place
            with os.fdopen(os.open(self._root / name, _READ), "rb") as stream:
                about = os.fstat(stream.fileno())
                if not stat.S_ISREG(about.st_mode) or about.st_size > MOST_PACKED:
                    return None
                return stream.read(MOST_PACKED)
        except (FileNotFoundError, IsADirectoryError):
            return None

    def send(self, contents: Mapping[str, bytes], seconds: float) -> Answers:
        """See `Objects.send`."""

        def write(name: str) -> bytes:
            self._root.mkdir(exist_ok=True)  # its parent may be a disk that is not there today
            write_atomically(self._root / name, contents[name])
            return b""

        return in_threads(write, contents, seconds)

    def listing(self, seconds: float) -> list[StoredObject]:
        """See `Objects.listing`."""
        found = []
        with contextlib.suppress(FileNotFoundError), os.scandir(self._root) as entries:
            for entry in entries:
                about = entry.stat(follow_symlinks=False)
                if entry.name.startswith(ASIDE) and time.time() - about.st_mtime > HOUR:
                    drop(Path(entry.path))  # a killed build has left it
                elif OBJECT.fullmatch(entry.name):
                    found.append(StoredObject(entry.name, about.st_size, about.st_mtime))
        return found

    def delete(self, names: Iterable[str], seconds: float) -> Answers:
        """See `Objects.delete`."""

        def remove(name: str) -> bytes:
            drop(self._root / name)
            return b""

        return in_threads(remove, names, seconds)

    def close(self) -> None:
        """See `Objects.close`; there are none."""


def in_threads(act: Callable[[str], bytes | None], names: Iterable[str], seconds: float) -> Answers:
    """Do something for each name, several at a time, for no longer than some seconds.

    Args:
        act: gives a content; None where there is none.
        names: what it is called with.
        seconds: after which nobody waits for it any more; one that hangs keeps its thread, which
            does not keep the program from ending.
    """
    left, done, failures = deque(names), dict[str, bytes](), list[str]()
    is_over = threading.Event()

    def work() -> None:
        with contextlib.suppress(IndexError):  # nothing is left
            while not is_over.is_set():
                name = left.popleft()
                try:
                    content = act(name)
                except Exception as error:  # whatever a file system raises
                    failures.append(said(error))
                    is_over.set()
                else:
                    if content is not None:
                        done[name] = content

    count = min(_THREADS, len(left))
    threads = [threading.Thread(target=work, daemon=True) for _ in range(count)]
    end = time.monotonic() + seconds
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(max(0.0, end - time.monotonic()))
    finally:
        is_over.set()
    late = f"no answer within {seconds:.0f} s" if any(one.is_alive() for one in threads) else ""
    return Answers(dict(done), failures[0] if failures else late)


def said(error: BaseException) -> str:
    """Say in one line what a file system raised."""
    words = " ".join(str(error).split())[:300]
    return words or type(error).__name__
