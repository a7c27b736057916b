"""Keep what cells gave, under a key that says all that it came from.

One small file per entry: a checksum, a line end, JSON.  Written aside and renamed, so that a build
killed at any moment leaves whole entries only; an entry that does not match its checksum is a miss.
"""

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

FORMAT: Final = "2"
"""Changes whenever what is kept changes its form or its meaning."""

ASIDE: Final = ".aside-"
"""Begins the name of a file that is not whole yet."""

_HEX: Final = "[0-9a-f]"


def digest(*parts: str | Iterable[str]) -> str:
    """Hash texts and lists of texts so that no two different inputs look alike."""
    plain = [part if isinstance(part, str) else list(part) for part in parts]
    return hashlib.sha256(json.dumps(plain).encode("utf-8", "backslashreplace")).hexdigest()


def digest_file(path: Path) -> str:
    """Hash a file's content.

    Raises:
        OSError: when it cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class Store:
    """A folder of entries; several builds may share it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def get(self, key: str) -> dict[str, Any] | None:
        """Give the entry under a key, or None where there is none or it is damaged."""
        try:
            checksum, _, body = self._path(key).read_bytes().partition(b"\n")
        except OSError:
            return None
        if hashlib.sha256(key.encode() + body).hexdigest().encode() != checksum:
            return None
        with contextlib.suppress(ValueError):
            entry = json.loads(body)
            if isinstance(entry, dict):
                return entry
        return None

    def put(self, key: str, entry: dict[str, Any]) -> None:
        """Keep an entry.

        Raises:
            OSError: when the disk is full or the folder cannot be written; nothing is kept then.
        """
        body = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode(
            "utf-8", "backslashreplace"
        )
        checksum = hashlib.sha256(key.encode() + body).hexdigest().encode()
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=ASIDE, dir=path.parent)
        aside = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(checksum + b"\n" + body)
            aside.replace(path)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise

    def clean(self) -> int:
        """Drop every entry; the result is how many there were.

        Nothing else in the folder is touched: a site may have named one that holds other files.
        """
        entries = list(self.root.glob(f"{_HEX * 2}/{_HEX * 62}.json"))
        for path in (*entries, *self.root.glob(f"{_HEX * 2}/{ASIDE}*")):
            path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # a folder that is not empty, or not there
            for folder in self.root.glob(_HEX * 2):
                with contextlib.suppress(OSError):
                    folder.rmdir()
            self.root.rmdir()
        return len(entries)

    def _path(self, key: str) -> Path:
        return self.root / key[:2] / f"{key[2:]}.json"
