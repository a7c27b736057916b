"""Entries that a process has in memory from one build to the next."""

from typing import Any


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
