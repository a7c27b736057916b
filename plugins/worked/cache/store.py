"""Keep what cells gave, under a key that says all that it came from.

One small entry per result: a checksum, a line end, JSON.  An entry that does not match its checksum
is a miss.
"""

import contextlib
import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any, Final

from worked.cache.backend import Backend, FolderBackend, StoredEntry
from worked.cache.entry import entry_path, sealed, unsealed
from worked.cache.lookups import HERE, MISSED, SHARED, Lookups
from worked.cache.recent import RecentEntries
from worked.cache.shared import WRITING, SharedStore
from worked.errors import StoreError
from worked.files import digest

STORE_FORMAT: Final = "7"
"""Changes whenever what is kept changes its form or its meaning."""
_ATTEMPTS: Final = 3


OWN: Final = "own"
"""The writer of what a build of trusted notes keeps."""
STRANGER: Final = "stranger"
"""The writer of what a build of a stranger's notes keeps, a pull request's say."""


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
        shared: SharedStore | None = None,
    ) -> None:
        """Take the store in a folder, which need not be there yet.

        Args:
            root: the folder.
            limit: bytes that it may hold after `trim`; 0 for any number.
            writer: whose notes this build is of, `OWN` or `STRANGER`.
            backend: where the entries lie; None for the folder itself.
            recent: what this process has read before, in a preview or for another state of a site.
            shared: what stands behind the folder for several machines.
        """
        self._writer = writer
        self._trusted = (OWN,) if writer == OWN else (OWN, STRANGER)
        self.root = root
        self.limit = limit
        self._backend = backend or FolderBackend(root)
        self._recent = recent
        self._shared = shared
        self._lookups = Lookups()
        self._keeper = ThreadPoolExecutor(1, "worked-keeper")  # which starts with the first
        self._keeping: dict[str, Future[None]] = {}
        self._has_grown = False

    def begin(self, texts: Mapping[str, str]) -> None:
        """Begin with a build: have what the shared store knows of its pages, in one go.

        Args:
            texts: page -> text.

        Raises:
            ConfigError: the shared store needs what is not installed.
        """
        if self._shared:
            self._shared.begin(texts)

    def get(
        self,
        key: str,
        is_good: Callable[[dict[str, Any]], bool] = lambda entry: True,
        *,
        page: str = "",
    ) -> dict[str, Any] | None:
        """Give the entry under a key; None where there is none, or none that is whole and good.

        Args:
            key: of the result.
            is_good: whether an entry will do; of a stranger's there may be another.
            page: which needs it: with its other entries it travels to the shared store.
        """
        for writer in self._trusted:
            name = digest(writer, key)
            entry = self._read(name)
            if entry is not None and is_good(entry):
                self._lookups.count(HERE)
            elif (entry := self._read_shared(name, page, is_good)) is not None:
                self._lookups.count(SHARED)
            else:
                continue
            if self._shared and writer == self._writer:
                self._shared.take(page, name, is_new=False)
            return entry
        self._lookups.count(MISSED)
        return None

    def _read(self, name: str) -> dict[str, Any] | None:
        if name in self._keeping:
            self._keeping[name].result()
        known = self._recent.get(name) if self._recent else None
        entry = known if known is not None else _opened(name, self._backend.read(entry_path(name)))
        if self._recent and known is None and entry is not None:
            self._recent.put(name, entry)
        return entry

    def _read_shared(
        self, name: str, page: str, is_good: Callable[[dict[str, Any]], bool]
    ) -> dict[str, Any] | None:
        """Give what the shared store has, if it will do, and keep it here as well."""
        content = self._shared.read(page, name) if self._shared else None
        entry = _opened(name, content)
        if content is None or entry is None or not is_good(entry):
            return None
        self._has_grown = True
        try:  # files take their time, and nobody waits for these
            self._keeping[name] = self._keeper.submit(self._keep, name, content)
        except RuntimeError:  # the build has ended
            self._keep(name, content)
        if self._recent:
            self._recent.put(name, entry)
        return entry

    def _keep(self, name: str, content: bytes) -> None:
        with contextlib.suppress(OSError):  # of a folder that can only be read: nothing is lost
            self._backend.write(entry_path(name), content)

    def put(self, key: str, entry: dict[str, Any], *, page: str = "") -> None:
        """Keep an entry.

        Args:
            key: of the result.
            entry: what is kept.
            page: whose result it is.

        Raises:
            StoreError: when the disk is full or the folder cannot be written; nothing is kept then.
        """
        body = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode(
            "utf-8", "backslashreplace"
        )
        name = digest(self._writer, key)
        for attempt in range(_ATTEMPTS):
            try:
                self._backend.write(entry_path(name), sealed(name, body))
                break
            except FileNotFoundError as error:  # `clean` of another process came in between
                if attempt == _ATTEMPTS - 1:
                    raise self._refusal(error) from error
            except OSError as error:
                raise self._refusal(error) from error
        if self._recent:
            self._recent.put(name, json.loads(body))
        if self._shared:
            self._shared.take(page, name, is_new=True)
        self._has_grown = True

    def recall(self, source: Iterable[str], make: Callable[[], str], *, page: str = "") -> str:
        """Give a text that an earlier build has made of the same; make and keep it else."""
        key = digest("text", STORE_FORMAT, source)
        entry = self.get(key, page=page)
        if entry and isinstance(entry.get("text"), str):
            return str(entry["text"])
        text = make()
        with contextlib.suppress(StoreError):  # of a store that can only be read: nothing is lost
            self.put(key, {"text": text}, page=page)
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
        wait(self._keeping.values())
        entries = self.entries()
        held = sum(entry.size for entry in entries)
        for entry in entries if self.limit else ():
            if held <= self.limit:
                break
            self._backend.delete(entry.name)
            held -= entry.size

    def entries(self) -> list[StoredEntry]:
        """List what is kept here, what was not used longest first."""
        return sorted(self._backend.entries())

    def clean(self) -> int:
        """Drop every entry; the result is how many there were."""
        count = 0
        for entry in list(self._backend.entries()):
            self._backend.delete(entry.name)
            count += 1
        if isinstance(self._backend, FolderBackend):
            self._backend.remove()
        return count

    def close(self, seconds: float = WRITING) -> None:
        """End a build: send what is left to the shared store, and leave how lookups went.

        Args:
            seconds: that this may take at most.
        """
        self._keeper.shutdown()
        if self._shared:
            self._shared.close(seconds)
        self._lookups.leave(self.root)

    def _refusal(self, error: OSError) -> StoreError:
        return StoreError(
            f"a result cannot be kept in {self._backend}: {error.strerror or error}. Free some "
            "space (`worked clean` drops what is kept), or let the option `store` name a folder "
            "that can be written"
        )


def _opened(name: str, content: bytes | None) -> dict[str, Any] | None:
    """Give what an entry says; None where it is not whole."""
    with contextlib.suppress(ValueError, RecursionError):
        entry = json.loads(unsealed(name, content or b"") or b"")
        if isinstance(entry, dict):
            return entry
    return None
