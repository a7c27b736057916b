"""Keep what cells gave, under a key that says all that it came from.

One small file per entry: a checksum, a line end, JSON.  Written aside and renamed, so that a build
killed at any moment leaves whole entries only; an entry that does not match its checksum is a miss.
"""

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from worked.errors import StoreError
from worked.files import ASIDE, digest, drop, write_atomically

STORE_FORMAT: Final = "4"
"""Changes whenever what is kept changes its form or its meaning."""

DAY: Final = 24 * 3600
"""seconds after which using an entry sets its time again"""
HOUR: Final = 3600
"""seconds after which no build still writes a file that is not whole"""
_ATTEMPTS: Final = 3

_HEX: Final = "[0-9a-f]"
_ENTRIES: Final = f"{_HEX * 2}/{_HEX * 62}.json"
_ASIDES: Final = f"{_HEX * 2}/{ASIDE}*"


class Store:
    """A folder of entries; several builds may share it."""

    def __init__(self, root: Path, limit: int = 0) -> None:
        """Take the store in a folder, which need not be there yet.

        Args:
            root: the folder.
            limit: bytes that it may hold after `trim`; 0 for any number.
        """
        self.root = root
        self.limit = limit
        self._has_grown = False

    def get(self, key: str) -> dict[str, Any] | None:
        """Give the entry under a key, or None where there is none or it is damaged."""
        path = self._path(key)
        try:
            with open(path, "rb") as stream:  # noqa: PTH123 - a Path would take a tenth of a build
                checksum, _, body = stream.read().partition(b"\n")
                used = os.fstat(stream.fileno()).st_mtime
        except OSError:
            return None
        if hashlib.sha256(key.encode() + body).hexdigest().encode() != checksum:
            return None
        if time.time() - used > DAY:
            with contextlib.suppress(OSError):  # of a store that can only be read
                os.utime(path)
        with contextlib.suppress(ValueError):
            entry = json.loads(body)
            if isinstance(entry, dict):
                return entry
        return None

    def put(self, key: str, entry: dict[str, Any]) -> None:
        """Keep an entry.

        Raises:
            StoreError: when the disk is full or the folder cannot be written; nothing is kept then.
        """
        body = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode(
            "utf-8", "backslashreplace"
        )
        checksum = hashlib.sha256(key.encode() + body).hexdigest().encode()
        path = Path(self._path(key))
        for attempt in range(_ATTEMPTS):
            try:
                write_atomically(path, checksum + b"\n" + body)
                break
            except FileNotFoundError as error:  # `clean` of another process came in between
                if attempt == _ATTEMPTS - 1:
                    raise self._refusal(error) from error
            except OSError as error:
                raise self._refusal(error) from error
        self._has_grown = True

    def recall(self, source: Iterable[str], make: Callable[[], str]) -> str:
        """Give a text that an earlier build has made of the same; make and keep it else."""
        key = digest("text", STORE_FORMAT, source)
        entry = self.get(key)
        if entry and isinstance(entry.get("text"), str):
            return str(entry["text"])
        text = make()
        with contextlib.suppress(StoreError):  # of a store that can only be read: nothing is lost
            self.put(key, {"text": text})
        return text

    def trim(self) -> None:
        """Drop what was not used longest until the rest is within the limit.

        Does nothing where nothing was put.  Another build may hold what is dropped: it has read it.
        """
        if not self._has_grown:
            return
        self._has_grown = False
        for path, about in _stats(self.root.glob(_ASIDES)):  # left by builds that were killed
            if time.time() - about.st_mtime > HOUR:
                drop(path)
        if self.limit:
            entries = [
                (about.st_mtime, about.st_size, path)
                for path, about in _stats(self.root.glob(_ENTRIES))
            ]
            held = sum(size for _, size, _ in entries)
            for _, size, path in sorted(entries):
                if held <= self.limit:
                    break
                drop(path)
                held -= size

    def clean(self) -> int:
        """Drop every entry; the result is how many there were.

        Nothing else in the folder is touched: a site may have named one that holds other files.
        """
        entries = list(self.root.glob(_ENTRIES))
        for path in (*entries, *self.root.glob(_ASIDES)):
            path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # a folder that is not empty, or not there
            for folder in self.root.glob(_HEX * 2):
                with contextlib.suppress(OSError):
                    folder.rmdir()
            self.root.rmdir()
        return len(entries)

    def _path(self, key: str) -> str:
        return f"{self.root}/{key[:2]}/{key[2:]}.json"

    def _refusal(self, error: OSError) -> StoreError:
        return StoreError(
            f"a result cannot be kept in {self.root}: {error.strerror or error}. Free some space "
            "(`worked clean` drops what is kept), or let the option `store` name a folder that can "
            "be written"
        )


def _stats(paths: Iterable[Path]) -> Iterator[tuple[Path, os.stat_result]]:
    for path in paths:
        with contextlib.suppress(OSError):  # another build has dropped it
            yield path, path.stat()
