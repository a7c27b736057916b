"""The thread that takes new packs to the shared store while the build goes on."""

import math
import threading
import time
from collections.abc import Callable, Iterable
from typing import Final

from worked.cache.backend import Backend
from worked.cache.connection import Connection
from worked.cache.entry import entry_path, unsealed
from worked.cache.packs import MOST_PACKED, merged, pack, shelve, unpack, unshelve
from worked.cache.page_pack import PagePack, labelled, shortened
from worked.errors import ConfigError

RESTING: Final = 5.0
"""seconds without anything new after which packs go out"""
_AT_ONCE: Final = 256
"""Pages whose packs go out together, also while there is something new.  Each time, the shelves on
which they lie are written anew, so those of one shelf are not kept apart."""
_PATIENCE: Final = 10.0
"""seconds for those"""


class Sender:
    """Takes to the place what it lacks; starts with the first of it."""

    def __init__(
        self,
        connection: Connection,
        local: Backend,
        packs: Callable[[], Iterable[PagePack]],
        *,
        lock: threading.RLock,
        quiet: float,
    ) -> None:
        """Wait for something to do.

        Args:
            connection: to the place.
            local: where the entries of this machine lie.
            packs: gives those of the build; called under the lock.
            lock: guards them.
            quiet: seconds without anything new after which packs go out.
        """
        self._connection = connection
        self._local = local
        self._packs = packs
        self._lock = lock
        self._news = threading.Condition(lock)
        self._quiet = quiet
        self._thread: threading.Thread | None = None
        self._end = 0.0
        """Until when there is time for the rest; 0 as long as the build runs."""

    def wake(self) -> None:
        """Say, under the lock, that there is something new."""
        if self._thread is None and not self._connection.is_away:
            self._thread = threading.Thread(target=self._work, name="worked-sender", daemon=True)
            self._thread.start()
        self._news.notify()

    def finish(self, seconds: float) -> None:
        """Send what is left, for so long at most; the thread has ended then."""
        with self._lock:
            self._end = time.monotonic() + seconds
            self._news.notify()
            thread, self._thread = self._thread, None
        if thread:
            thread.join(seconds + 5)  # a request that is under way is given up at the end
        self._end = 0.0

    def _work(self) -> None:
        while batch := self._due():
            try:
                self._send(batch)
            except (ConfigError, OSError):  # it cannot be connected to: reading has said so
                return

    def _due(self) -> dict[str, tuple[PagePack, list[str]]]:
        """Wait for packs to send: object -> pack, and the names of its entries."""
        with self._lock:
            while not self._connection.is_away:
                now = time.monotonic()
                changed = [one for one in self._packs() if one.changed]
                due = [one for one in changed if self._end or now - one.changed >= self._quiet]
                if self._end and (now >= self._end or not due):
                    break
                if due and (self._end or len(due) == len(changed) or len(due) >= _AT_ONCE):
                    batch = _batch(due)
                    for one in batch:
                        one.changed = 0.0
                    return {one.names.main: (one, sorted(one.used)) for one in batch}
                waits = [one.changed + self._quiet - now for one in changed]
                self._news.wait(min(max([*waits, 0.0]) or math.inf, threading.TIMEOUT_MAX))
            return {}

    def _send(self, batch: dict[str, tuple[PagePack, list[str]]]) -> None:
        shelves = {at.shelf for one, _ in batch.values() for at in one.names.own_by_page}
        there = self._connection.look({*batch, *shelves}, self._left())
        contents: dict[str, bytes] = {}
        shelved = {name: unshelve(there.get(name, b"")) for name in shelves}
        sent: dict[str, list[str]] = {}
        for name, (one, used) in batch.items():
            own = self._entries(used)
            sent[name] = list(own)
            contents[name] = pack(merged(own, unpack(there.get(name, b""))).items())
            for at in one.names.own_by_page:
                last = {at.place: labelled(name, contents[name])}
                shelved[at.shelf] = last | shelved[at.shelf] | last  # what is new comes first
        contents |= {name: shelve(packs) for name, packs in shelved.items()}
        contents = {name: one for name, one in contents.items() if len(one) <= MOST_PACKED}
        written = self._connection.write(contents, self._left())
        with self._lock:
            for name in written & batch.keys():
                batch[name][0].held.update(shortened(sent[name]))

    def _left(self) -> float:
        return min(_PATIENCE, max(0.1, self._end - time.monotonic())) if self._end else _PATIENCE

    def _entries(self, names: list[str]) -> dict[str, bytes]:
        """Read entries of this machine, those that are whole."""
        found = {name: self._local.read(entry_path(name)) or b"" for name in names}
        return {name: one for name, one in found.items() if unsealed(name, one) is not None}


def _batch(due: list[PagePack]) -> list[PagePack]:
    """Choose what goes out together, whole shelves of it."""

    def shelf(one: PagePack) -> str:
        return one.names.own_by_page[0].shelf if one.names.own_by_page else ""

    ordered, count = sorted(due, key=shelf), _AT_ONCE
    while count < len(ordered) and shelf(ordered[count]) == shelf(ordered[count - 1]):
        count += 1
    return ordered[:count]
