"""What one build knows of a page's pack, and what of it has still to go out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from worked.cache.packs import unpack
from worked.files import digest

_SHELVES: Final = 16
_SHORT: Final = 16
"""digits of an entry's name that tell it from the others of a page"""


@dataclass(frozen=True, slots=True)
class Shelved:
    """Where the last pack of a page lies, by the page's name: on a shelf with those of others."""

    shelf: str
    """The object."""
    place: str
    """Of the page on it."""


@dataclass(frozen=True, slots=True)
class PackNames:
    """Where the entries of a page lie.

    By its text a page is found by whoever builds the same.  By its name is found what was built of
    it last: few objects hold it for all pages, and of a page that was edited since, most cells are
    as they were.
    """

    by_text: tuple[str, ...]
    """The object of each writer that is trusted, that of this build first."""
    by_page: tuple[Shelved, ...]
    """In the same order; none for what belongs to no page."""
    own_by_page: tuple[Shelved, ...]
    """Those of them that this build writes."""

    @property
    def main(self) -> str:
        """The object that whoever builds the same page looks for, and that this build writes."""
        return self.by_text[0]


def pack_names(
    pages: Sequence[str], text: str, *, writers: Sequence[str], surroundings: list[str]
) -> PackNames:
    """Name the packs of a page.

    Args:
        pages: the names of all pages with its text; none for what belongs to no page.
        text: what it says.
        writers: whose entries are trusted.
        surroundings: what else than their text decides what cells give.
    """
    by_text = [digest("text", one, surroundings, [text] if pages else []) for one in writers]
    by_page = [[_shelved(one, page) for page in pages] for one in writers]
    return PackNames(
        tuple(map(_object, by_text)),
        tuple(one for several in by_page for one in several),
        tuple(by_page[0]),
    )


def _shelved(writer: str, page: str) -> Shelved:
    place = digest("page", writer, page)
    return Shelved(_object(digest("shelf", writer, str(int(place[:8], 16) % _SHELVES))), place)


def _object(name: str) -> str:
    return f"{name}.pack"


def labelled(main: str, pack: bytes) -> bytes:
    """Say before a pack on a shelf by which text it was built."""
    return main.encode() + b"\n" + pack


def unlabelled(content: bytes) -> tuple[str, bytes]:
    """Give the object by the text that a pack on a shelf was built of, and the pack."""
    main, _, pack = content.partition(b"\n")
    return main.decode("ascii", "replace"), pack


@dataclass(slots=True)
class PagePack:
    """A page's entries, as the shared store has them and as this build uses them."""

    names: PackNames
    held: set[str]
    """Beginnings of the names of the entries that the place is known to hold."""
    was_asked: bool = False
    read: list[tuple[str, bytes]] = field(default_factory=list)
    """(object by the text, content), what counts first; as long as nobody has looked into it."""
    entries: dict[str, bytes] = field(default_factory=dict)
    """What was in them: name -> content."""
    used: set[str] = field(default_factory=set)
    """Names of this writer's entries that this build has found or made."""
    changed: float = 0.0
    """When, by the monotonic clock, something came that is not in the place; 0 for never."""

    @property
    def is_as_read(self) -> bool:
        """Whether what was read is of the page as it is."""
        return any(name == self.names.main for name, _ in self.read)

    def unpack(self) -> None:
        """Look into what was read."""
        for name, content in self.read:
            found = unpack(content)
            self.entries = {**found, **self.entries}
            if name == self.names.main:
                self.held = set(shortened(found))
        self.read = []

    def take(self, name: str, now: float, *, is_new: bool) -> bool:
        """Note that an entry was found or made; whether it has to go out."""
        if name in self.used and not is_new:
            return False
        self.unpack()
        self.used.add(name)
        if is_new:
            self.held.discard(name[:_SHORT])
        if name[:_SHORT] in self.held:
            return False
        self.changed = now
        return True


def shortened(names: Iterable[str]) -> Iterator[str]:
    """Give the beginnings of names, by which they are remembered."""
    return (name[:_SHORT] for name in names)
