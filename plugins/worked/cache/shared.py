"""The store that several machines share, behind the folder of this one: a pack for each page.

A build reads the packs of all its pages at once, before it looks anything up, and what it made goes
out in the background.  What is wrong with the place is said once, and the build goes on without it.
"""

import contextlib
import json
import math
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from worked.cache.backend import Backend
from worked.cache.connection import Connection
from worked.cache.entry import entry_path, sealed, unsealed
from worked.cache.objects import StoredObject
from worked.cache.packs import unshelve
from worked.cache.page_pack import PagePack, pack_names, unlabelled
from worked.cache.place import SharedPlace
from worked.cache.sending import RESTING, Sender
from worked.errors import ConfigError
from worked.files import digest

WRITING: Final = 30.0
"""seconds that a build waits at its end for what it writes"""
_ASKING: Final = 60.0
"""seconds that a command waits"""
_REMEMBERED: Final = 2000
"""Packs of which this machine remembers what is in them."""


class SharedStore:
    """The way of one machine to the shared store, for all builds of a process; safe for threads."""

    def __init__(
        self,
        place: SharedPlace,
        local: Backend,
        *,
        writers: tuple[str, ...],
        surroundings: Iterable[str],
        say: Callable[[str], None],
        sends_at_end: bool = False,
    ) -> None:
        """Take the store at a place; nothing is asked yet.

        Args:
            place: of the shared store.
            local: where the entries of this machine lie.
            writers: whose entries are trusted, that of this build first.
            surroundings: what else than their text decides what cells give.
            say: is told, once, what is wrong with the place.
            sends_at_end: whether nothing goes out before `close`.
        """
        self.place = place
        self._local = local
        self._writers = writers
        self._surroundings = list(surroundings)
        self._lock = threading.RLock()
        self._connection = Connection(place, say)
        self._packs: dict[str, PagePack] = {}
        packs, quiet = self._packs_of_build, math.inf if sends_at_end else RESTING
        self._sender = Sender(self._connection, local, packs, lock=self._lock, quiet=quiet)
        self._asks = True
        """Whether this is the first build of the process, which reads."""
        self._more = 1
        self._memory = digest("packs", place.name, writers)
        self._remembered: dict[str, list[str]] = {}

    def begin(self, texts: Mapping[str, str]) -> None:
        """Begin with a build: read what is there for its pages, unless this machine has it.

        Args:
            texts: page -> text.

        Raises:
            ConfigError: what the place needs is not installed.
        """
        with self._lock:
            self._asks = not self._packs
            if self._asks:
                self._remembered = self._recall()
            pages: dict[str, list[str]] = {}
            for page, text in texts.items():
                pages.setdefault(text, []).append(page)
            before = {one.names: one for one in self._packs_of_build()}
            self._packs = {}
            for text, names in [*pages.items(), ("", [])]:
                pack = self._pack(names, text)
                pack = before.get(pack.names, pack)
                self._packs |= dict.fromkeys(names or [""], pack)
            self._ask([one for one in self._packs_of_build() if not self._remembers(one)])

    def _pack(self, pages: list[str], text: str) -> PagePack:
        names = pack_names(pages, text, writers=self._writers, surroundings=self._surroundings)
        return PagePack(names, set(self._remembered.get(names.main, ())))

    def _remembers(self, pack: PagePack) -> bool:
        return pack.names.main in self._remembered

    def _packs_of_build(self) -> list[PagePack]:
        return list({id(one): one for one in self._packs.values()}.values())

    def read(self, page: str, name: str) -> bytes | None:
        """Give what there is under an entry's name, not checked yet.

        Args:
            page: which needs it; empty, or one that the build did not begin with, for no page.
            name: of the entry.
        """
        with self._lock:
            pack = self._of(page)
            if pack and not pack.was_asked and self._asks:
                # this machine lacks what it had: more such pages may follow, so more are read
                others = [one for one in self._packs_of_build() if not one.was_asked]
                self._ask([pack, *(one for one in others if one is not pack)][: self._more])
                self._more *= 2
            if pack:
                pack.unpack()
            return pack.entries.get(name) if pack else None

    def take(self, page: str, name: str, *, is_new: bool) -> None:
        """Note that an entry of this writer was found or made; it goes out if it is not there."""
        with self._lock:
            pack = self._of(page)
            if self.place.is_read_only or pack is None:
                return
            if pack.take(name, time.monotonic(), is_new=is_new):
                self._sender.wake()

    def close(self, seconds: float = WRITING) -> None:
        """Write what is left, for so long at most; no thread and no connection remains."""
        self._sender.finish(seconds)
        with self._lock:
            self._remember()
            self._connection.close()
            self._packs, self._more = {}, 1

    def listing(self) -> list[StoredObject]:
        """List the packs that are there.

        Raises:
            OSError: the place does not tell.
            ConfigError: what it needs is not installed.
        """
        return self.place.objects().listing(_ASKING)

    def clean(self) -> int:
        """Drop every pack that is there; the result is how many there were.

        Raises:
            ConfigError: nothing may be written there.
            OSError: not all could be dropped.
        """
        if self.place.is_read_only:
            raise ConfigError(f"{self.place.name} is only read here: nothing was dropped")
        objects = self.place.objects()
        names = [one.name for one in objects.listing(_ASKING)]
        answers = objects.delete(names, _ASKING)
        objects.close()
        self._local.delete(entry_path(self._memory))
        if answers.failure:
            dropped = f"{len(answers.done)} of {len(names)} packs dropped"
            raise OSError(f"{self.place.name}: {answers.failure}; {dropped}")
        return len(names)

    def _of(self, page: str) -> PagePack | None:
        return self._packs.get(page) or self._packs.get("")

    def _ask(self, packs: list[PagePack]) -> None:
        """Read packs: in one go those that were built last, in another what these do not serve."""
        if not self._asks or not packs:
            return
        first = {at.shelf for one in packs for at in one.names.by_page}
        first |= {name for one in packs if not one.names.by_page for name in one.names.by_text}
        found = self._connection.read(first)
        shelves = {name: unshelve(content) for name, content in found.items()}
        for one in packs:
            last = [shelves.get(at.shelf, {}).get(at.place, b"") for at in one.names.by_page]
            one.read = [unlabelled(content) for content in last if content]
        lacking = [one for one in packs if one.names.by_page and not one.is_as_read]
        found |= self._connection.read({name for one in lacking for name in one.names.by_text})
        for one in packs:
            by_text = [(name, found[name]) for name in one.names.by_text if name in found]
            one.read, one.was_asked = [*by_text, *one.read], True
            if not one.is_as_read:
                one.held.clear()  # whatever it was known to have

    def _recall(self) -> dict[str, list[str]]:
        """Read which packs the place was asked for, and what it is known to have in them."""
        content = self._local.read(entry_path(self._memory)) or b""
        with contextlib.suppress(ValueError, RecursionError, AttributeError):
            packs = json.loads(unsealed(self._memory, content) or b"")["packs"]
            return {name: list(map(str, held)) for name, held in packs.items()}
        return {}

    def _remember(self) -> None:
        known = {
            one.names.main: sorted(one.held)
            for one in self._packs_of_build()
            if one.held or (one.was_asked and not self._connection.is_away)
        }
        packs = {name: held for name, held in self._remembered.items() if name not in known} | known
        if packs != self._remembered:
            last = dict(list(packs.items())[-_REMEMBERED:])
            content = sealed(self._memory, json.dumps({"packs": last}).encode())
            with contextlib.suppress(OSError):  # it is asked again then
                self._local.write(entry_path(self._memory), content)
