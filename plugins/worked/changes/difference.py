"""Everything that a reader sees change between two states of the notes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from worked.changes.alignment import PagePair, Pair, align_blocks, align_pages
from worked.changes.shown import WORDS, Block, ShownCell, ShownPage, ShownText
from worked.changes.times import TimeChange, time_changes
from worked.changes.wording import NumberChange, number_changes
from worked.protocol.outputs import OUTPUT_NAMES, Drawing, ExpectedError, Leaf, Matrix, Rich, Text
from worked.protocol.pictures import Picture

KINDS: Final = {
    "text": "text printed",
    "matrix": "matrix",
    "drawing": "drawing",
    "picture": "picture",
    "rich": "table or text of an object",
    "expectederror": "expected error",
}


@dataclass(frozen=True, slots=True)
class Alteration:
    """One thing that a reader sees change."""

    page: str
    line: int
    """In the new state; in the old one for what is gone."""
    kind: str
    """In a reader's words: `value`, `prose`, `drawing`, `caption`, `code`, `page added`, …"""
    old: str | Leaf | None
    new: str | Leaf | None
    where: str = ""
    """Its label, and the combination of a sweep."""
    numbers: tuple[NumberChange, ...] = ()
    """Where nothing but numbers changed."""
    touched: tuple[str, ...] = ()
    """Pages that import what changed."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two states, and how much did not."""

    changes: tuple[Alteration, ...]
    same: int
    """Blocks and cells that are the same."""
    moved: int
    """How many of those stand elsewhere."""
    pages: int
    """Of the new state."""
    times: tuple[TimeChange, ...] = ()
    """Cells that took clearly more or less time; no change that a reader sees."""

    @property
    def counted(self) -> list[tuple[str, int]]:
        """How many changes there are of each kind, the most frequent first."""
        return Counter(change.kind for change in self.changes).most_common()


def compare_notes(old: Sequence[ShownPage], new: Sequence[ShownPage]) -> Changes:
    """Say what a reader sees change.

    What merely moved is no change, within a page or from one to another; nor is a page that was
    renamed, beyond its name.
    """
    aligned = [align_blocks(*pair) for pair in align_pages(old, new)]
    crossed = _crossed(aligned)
    changes: list[Alteration] = []
    for pair in aligned:
        left = [one for one in pair.pairs if id(one) not in crossed]
        changes += _of_page(pair, left)
    moved = len(crossed) // 2
    return Changes(
        changes=tuple(changes),
        same=sum(pair.same for pair in aligned) + moved,
        moved=sum(pair.moved for pair in aligned) + moved,
        pages=len(new),
        times=tuple(one for pair in aligned for one in time_changes(pair)),
    )


def _crossed(aligned: Sequence[PagePair]) -> set[int]:
    """Find the blocks that went on one page and came on another, where both stayed."""
    pairs = [pair for page in aligned if page.old and page.new for pair in page.pairs]
    gone: dict[str, list[Pair]] = {}
    for pair in pairs:
        if pair.old and not pair.new:
            gone.setdefault(repr(pair.old.identity), []).append(pair)
    found: set[int] = set()
    for pair in pairs:
        if pair.new and not pair.old and (others := gone.get(repr(pair.new.identity))):
            found |= {id(pair), id(others.pop())}
    return found


def _of_page(pair: PagePair, left: Sequence[Pair]) -> Iterator[Alteration]:
    old, new = pair.old, pair.new
    name = (new or old or _NO_PAGE).name
    if old is None:
        yield Alteration(name, 1, "page added", None, _extent(new))
    elif new is None:
        yield Alteration(name, 1, "page removed", _extent(old), None)
        return
    elif old.name != new.name:
        yield Alteration(name, 1, "page renamed", old.name, new.name)
    yield from _problems(name, old, new)
    if old is None:
        return
    for one in left:
        yield from _of_pair(name, one, new)


_NO_PAGE: Final = ShownPage("", ())


def _extent(page: ShownPage | None) -> str:
    """Say how much a page holds."""
    blocks = page.blocks if page else ()
    cells = sum(isinstance(block, ShownCell) for block in blocks)
    return f"{len(blocks) - cells} blocks of text, {cells} cells"


def _problems(name: str, old: ShownPage | None, new: ShownPage | None) -> Iterator[Alteration]:
    """Name the errors that came and went: by kind and message, since lines move."""
    before, after = (
        {(problem.kind, problem.message): problem for problem in (page.problems if page else ())}
        for page in (old, new)
    )
    one_sided = [(before.get(key) or after[key], key) for key in before.keys() ^ after.keys()]
    for problem, key in sorted(one_sided):
        said = f"{problem.kind}: {problem.message}"
        came = key in after
        yield Alteration(
            name, problem.line, "error introduced" if came else "error mended",
            None if came else said, said if came else None,
        )  # fmt: skip


def _of_pair(name: str, pair: Pair, page: ShownPage | None) -> Iterator[Alteration]:
    old, new = pair.old, pair.new
    if isinstance(old, ShownCell) and isinstance(new, ShownCell):
        yield from _of_cell(name, old, new, page)
    elif isinstance(old, ShownText) and isinstance(new, ShownText):
        kind = "value" if old.source == new.source else new.kind
        numbers = tuple(number_changes(old.text, new.text, None)) if kind == "value" else ()
        yield Alteration(name, new.line, kind, old.text, new.text, numbers=numbers)
    else:
        block = new or old
        if block is not None:
            yield _alone(name, block, came=new is not None)


def _alone(name: str, block: Block, *, came: bool) -> Alteration:
    """Say that a block came or went."""
    if isinstance(block, ShownCell):
        kind, text, where = "cell", block.code or block.source, block.label
    else:
        kind, text, where = block.kind, block.text, ""
    said = f"{kind} {'added' if came else 'removed'}"
    return Alteration(name, block.line, said, None if came else text, text if came else None, where)


def _of_cell(
    name: str, old: ShownCell, new: ShownCell, page: ShownPage | None
) -> Iterator[Alteration]:
    where = new.label
    if old.code != new.code:
        yield Alteration(name, new.line, "code", old.code, new.code, where)
    for one, two in zip_longest(old.outputs, new.outputs):
        here, there = one[1] if one else None, two[1] if two else None
        if here != there:
            title = (two or one or ("",))[0]
            place = ", ".join(part for part in (where, title) if part)
            yield _of_output(name, new, place, here, there)
    texts = dict(old.texts), dict(new.texts)
    for option in {**texts[0], **texts[1]}:
        before, after = (found.get(option) for found in texts)
        if before != after:
            yield Alteration(name, new.line, WORDS[option], before, after, where)
    arrays = dict(old.arrays), dict(new.arrays)
    for array in {**arrays[0], **arrays[1]}:
        if arrays[0].get(array) != arrays[1].get(array):
            yield Alteration(name, new.line, "array of an element", array, array, where)
    exports = dict(old.exports), dict(new.exports)
    for export in {**exports[0], **exports[1]}:
        if exports[0].get(export) != exports[1].get(export):
            touched = page.users.get(export, ()) if page else ()
            yield Alteration(name, new.line, "export", export, export, where, touched=touched)


def _of_output(
    name: str, cell: ShownCell, where: str, old: Leaf | None, new: Leaf | None
) -> Alteration:
    kinds = [KINDS[OUTPUT_NAMES[type(one)]] for one in (old, new) if one is not None]
    called = kinds[0] if len(set(kinds)) == 1 else "result"
    texts = [plain(one) for one in (old, new)]
    numbers: tuple[NumberChange, ...] = ()
    if not any(isinstance(one, Drawing | Picture) for one in (old, new)) and all(texts):
        numbers = tuple(number_changes(texts[0], texts[1], cell.tolerance))
    return Alteration(name, cell.line, called, old, new, where, numbers=numbers)


def plain(output: Leaf | str | None) -> str:
    """Lay what changed out as plain text; of a drawing its texts cannot be told, so its size.

    Entries are not aligned as for expectations: a longer number would move its neighbours.
    """
    match output:
        case None:
            return ""
        case str(text) | Text(text) | Rich(_, text):
            return text
        case Matrix(_, _, slices):
            return "\n".join(" ".join([at, *row]).strip() for at, part in slices for row in part)
        case ExpectedError(kind, message):
            return f"{kind}: {message}"
        case Drawing(_, width, height):
            return f"a drawing of {width:g} × {height:g} points"
        case Picture(mime, _, width, height):
            return f"{mime}, {width:g} × {height:g} pixels"
