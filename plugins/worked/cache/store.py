"""Keep what cells gave, under a key that says all that it came from.

One small entry per result: a checksum, a line end, JSON.  An entry that does not match its checksum
is a miss.
"""

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from worked.cache.backend import Backend, FolderBackend
from worked.errors import StoreError
from worked.files import digest

STORE_FORMAT: Final = "7"
"""Changes whenever what is kept changes its form or its meaning."""
_ATTEMPTS: Final = 3


OWN: Final = "own"
"""The writer of what a build of trusted notes keeps."""
STRANGER: Final = "stranger"
"""The writer of what a build of a stranger's notes keeps, a pull request's say."""


class RecentEntries:
    """What the last two builds of one process have read or kept, whole and checked.

    Whoever takes an entry leaves it as it is.
    """

    def __init__(self) -> None:
        self._now: dict[str, dict[str, Any]] = {}
        self._before: dict[str, dict[str, Any]] = {}

    def turn(self) -> None:
        """Begin with the next build; forget what the last one has not used."""
        self._before, self._now = self._now, {}

    def get(self, name: str) -> dict[str, Any] | None:
        """Give an entry by its name in the store; None where it was not used lately."""
        entry = self._now.get(name) or self._before.get(name)
        if entry is not None:
            self._now[name] = entry
        return entry

    def put(self, name: str, entry: dict[str, Any]) -> None:
        """Note an entry that was read or kept."""
        self._now[name] = entry


class Store:
    """Kept results; several builds may share them.

    Whoever runs a page decides what it gives, and what it says that it has used.  So every entry
    says whose notes its build was of, and a build of trusted notes takes none of a stranger's.
    """

    def __init__(
        self,
        root: Path,
        limit: int = 0,
        *,
        writer: str = OWN,
        backend: Backend | None = None,
        recent: RecentEntries | None = None,
    ) -> None:
        """Take the store in a folder, which need not be there yet.

        Args:
            root: the folder.
            limit: bytes that it may hold after `trim`; 0 for any number.
            writer: whose notes this build is of, `OWN` or `STRANGER`.
            backend: where the entries lie; None for the folder itself.
            recent: what this process has read before, in a preview or for another state of a site.
        """
        self._writer = writer
        self._trusted = (OWN,) if writer == OWN else (OWN, STRANGER)
        self.root = root
        self.limit = limit
        self._backend = backend or FolderBackend(root)
        self._recent = recent
        self._has_grown = False

    def get(
        self, key: str, is_good: Callable[[dict[str, Any]], bool] = lambda entry: True
    ) -> dict[str, Any] | None:
        """Give the entry under a key; None where there is none, or none that is whole and good.

        Args:
            key: of the result.
            is_good: whether an entry will do; of a stranger's there may be another.
        """
        entries = (self._read(digest(writer, key)) for writer in self._trusted)
        return next((entry for entry in entries if entry is not None and is_good(entry)), None)

    def _read(self, name: str) -> dict[str, Any] | None:
        known = self._recent.get(name) if self._recent else None
        entry = known if known is not None else self._read_whole(name)
        if self._recent and known is None and entry is not None:
            self._recent.put(name, entry)
        return entry

    def _read_whole(self, name: str) -> dict[str, Any] | None:
        content = self._backend.read(_path(name)) or b""
        checksum, _, body = content.partition(b"\n")
        if _checksum(name, body) != checksum:
            return None
        with contextlib.suppress(ValueError, RecursionError):
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
        name = digest(self._writer, key)
        for attempt in range(_ATTEMPTS):
            try:
                self._backend.write(_path(name), _checksum(name, body) + b"\n" + body)
                break
            except FileNotFoundError as error:  # `clean` of another process came in between
                if attempt == _ATTEMPTS - 1:
                    raise self._refusal(error) from error
            except OSError as error:
                raise self._refusal(error) from error
        if self._recent:
            self._recent.put(name, json.loads(body))
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

    def trim(self, *, always: bool = False) -> None:
        """Drop what was not used longest until the rest is within the limit.

        Another build may hold what is dropped: it has read it.

        Args:
            always: also where this build has put nothing; an earlier one of a preview may have.
        """
        if not (self._has_grown or always):
            return
        self._has_grown = False
        entries = sorted(self._backend.entries())
        held = sum(entry.size for entry in entries)
        for entry in entries if self.limit else ():
            if held <= self.limit:
                break
            self._backend.delete(entry.name)
            held -= entry.size

    def clean(self) -> int:
        """Drop every entry; the result is how many there were."""
        count = 0
        for entry in list(self._backend.entries()):
            self._backend.delete(entry.name)
            count += 1
        if isinstance(self._backend, FolderBackend):
            self._backend.remove()
        return count

    def _refusal(self, error: OSError) -> StoreError:
        return StoreError(
            f"a result cannot be kept in {self._backend}: {error.strerror or error}. Free some "
            "space (`worked clean` drops what is kept), or let the option `store` name a folder "
            "that can be written"
        )


def _path(name: str) -> str:
    return f"{name[:2]}/{name[2:]}.json"


def _checksum(name: str, body: bytes) -> bytes:
    return hashlib.sha256(name.encode() + body).hexdigest().encode()
