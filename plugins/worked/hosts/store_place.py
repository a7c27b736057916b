"""Where a site's results are kept: its folder, and what several machines share behind it."""

import logging
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from worked.cache import (
    OWN,
    STRANGER,
    WRITING,
    FolderBackend,
    SharedPlace,
    SharedStore,
    surroundings,
)
from worked.errors import ConfigError

DEFAULT_STORE: Final = ".cache/worked"
"""From the folder of `mkdocs.yml`."""
STORE: Final = "WORKED_STORE"
"""The variable of the environment that takes the place of the option `store`."""
READ_ONLY: Final = "WORKED_STORE_READ_ONLY"
"""The variable of the environment that lets a build read the shared store only."""

# not one of MkDocs's loggers: there, a place that is away would fail a strict build
_log = logging.getLogger("worked")


@dataclass(frozen=True, slots=True)
class StorePlace:
    """Where results are kept."""

    folder: Path
    """On this machine."""
    shared: SharedPlace | None
    """What stands behind the folder; None for nothing."""

    def open_shared(self, writer: str, *, sends_at_end: bool = False) -> SharedStore | None:
        """Give the way to the shared store, which asks for nothing yet; None where there is none.

        Args:
            writer: whose notes are built.
            sends_at_end: and not before, as a preview does: most of what it makes is soon old.
        """
        if self.shared is None:
            return None
        return SharedStore(
            self.shared,
            FolderBackend(self.folder),
            writers=(OWN,) if writer == OWN else (STRANGER, OWN),
            surroundings=surroundings(),
            say=_say,
            sends_at_end=sends_at_end,
        )

    def read_only(self) -> "StorePlace":
        """Give the same place for whoever has nothing to send."""
        return replace(self, shared=self.shared and replace(self.shared, is_read_only=True))


def store_place(option: str, root: Path) -> StorePlace:
    """Find out where results are kept.

    Args:
        option: what the site says, a folder or a URL; the environment may say something else.
        root: from which a folder counts, that of `mkdocs.yml`.

    Raises:
        ConfigError: the environment says neither yes nor no, or the URL needs what is missing.
    """
    given = os.environ.get(STORE) or option
    only = os.environ.get(READ_ONLY, "")
    if only not in ("", "0", "1"):
        raise ConfigError(f"{READ_ONLY}: '1' or '0', not {only[:80]!r}")
    if "://" not in given:
        return StorePlace(root / given, None)
    folder = DEFAULT_STORE if "://" in option else option
    return StorePlace(root / folder, SharedPlace.at(given, is_read_only=only == "1"))


def time_to_send() -> float:
    """Give the seconds that a build may take to send the rest: none where somebody stops it."""
    return 0.0 if isinstance(sys.exception(), KeyboardInterrupt) else WRITING


def _say(message: str) -> None:
    _log.warning("worked: %s", message)
