"""How the lookups of a build went, left beside its store for whoever asks."""

import contextlib
import json
import threading
from collections import Counter
from pathlib import Path
from typing import Final

from worked.files import write_atomically

HERE: Final = "here"
SHARED: Final = "shared"
MISSED: Final = "missed"
"""Where a lookup ended."""


class Lookups:
    """Counts; several threads look things up."""

    def __init__(self) -> None:
        self._counts = Counter[str]()
        self._lock = threading.Lock()

    def count(self, where: str) -> None:
        """Count one lookup."""
        with self._lock:
            self._counts[where] += 1

    def leave(self, root: Path) -> None:
        """Write the counts down beside the folder of a store; nothing where there are none."""
        if self._counts:
            with contextlib.suppress(OSError):  # beside a store that can only be read
                write_atomically(_place(root), json.dumps(dict(self._counts)).encode())


def left_lookups(root: Path) -> dict[str, int]:
    """Read what the last build left beside its folder; nothing where it is not whole."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        counts = json.loads(_place(root).read_bytes())
        return {where: int(counts.get(where, 0)) for where in (HERE, SHARED, MISSED)}
    return {}


def drop_lookups(root: Path) -> None:
    """Remove what is left there."""
    _place(root).unlink(missing_ok=True)


def _place(root: Path) -> Path:
    return root.with_name(f"{root.name}.last.json")
