"""Which page, and which block of it, became which."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, TypeVar

from worked.changes.shown import Block, ShownCell, ShownPage, ShownText

ALIKE: Final = 0.5
"""Share of words that two texts have in common where one became the other."""
MAX_PAIRS: Final = 20_000
"""So many pairs of blocks are compared word by word; of more, only those in the same place."""

_WORD: Final = re.compile(r"\w+|[^\w\s]")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pair:
    """What became what; one side is None for what came or went."""

    old: Block | None
    new: Block | None


@dataclass(frozen=True, slots=True)
class PagePair:
    """A page and what became of it."""

    old: ShownPage | None
    new: ShownPage | None
    pairs: tuple[Pair, ...]
    """Blocks that are not the same."""
    same: int
    """How many are."""
    moved: int
    """How many of those stand elsewhere."""
    kept: tuple[Pair, ...] = ()
    """Cells that are the same."""


def align_pages(
    old: Iterable[ShownPage], new: Iterable[ShownPage]
) -> list[tuple[ShownPage | None, ShownPage | None]]:
    """Pair pages: by name, then those that hold mostly the same."""
    before = {page.name: page for page in old}
    after = {page.name: page for page in new}
    pairs: list[tuple[ShownPage | None, ShownPage | None]] = [
        (before.pop(name), page) for name, page in list(after.items()) if name in before
    ]
    came = [page for name, page in after.items() if all(pair[1] is not page for pair in pairs)]
    for page in came:
        alike = [(_shared(other, page), name) for name, other in before.items()]
        share, name = max(alike, default=(0.0, ""))
        pairs.append((before.pop(name) if share >= ALIKE else None, page))
    return [*pairs, *((page, None) for page in before.values())]


def _shared(old: ShownPage, new: ShownPage) -> float:
    """Give the share of blocks that two pages have in common."""
    one, two = ([repr(block.identity) for block in page.blocks] for page in (old, new))
    common = len(set(one) & set(two))
    return common / max(1, min(len(set(one)), len(set(two))))


def align_blocks(old: ShownPage | None, new: ShownPage | None) -> PagePair:
    """Pair the blocks of two pages; what merely moved is the same."""
    before = list(old.blocks) if old else []
    after = list(new.blocks) if new else []
    keys = [[repr(block.identity) for block in blocks] for blocks in (before, after)]
    if keys[0] == keys[1]:
        return PagePair(old, new, (), len(before), 0, _cells(zip(before, after, strict=True)))
    matcher = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    there = [
        (before[a + n], after[b + n])
        for a, b, size in matcher.get_matching_blocks()
        for n in range(size)
    ]
    left = [n for tag, a, b, _, _ in matcher.get_opcodes() if tag != "equal" for n in range(a, b)]
    came = [n for tag, _, _, a, b in matcher.get_opcodes() if tag != "equal" for n in range(a, b)]
    elsewhere = defaultdict(list)
    for n in came:
        elsewhere[keys[1][n]].append(n)
    moved = [(n, elsewhere[keys[0][n]].pop(0)) for n in left if elsewhere[keys[0][n]]]
    gone = [before[n] for n in left if n not in {one for one, _ in moved}]
    fresh = [after[n] for n in came if n not in {two for _, two in moved}]
    there += [(before[one], after[two]) for one, two in moved]
    pairs = tuple(_paired(gone, fresh))
    return PagePair(old, new, pairs, len(there), len(moved), _cells(there))


def _cells(pairs: Iterable[tuple[Block, Block]]) -> tuple[Pair, ...]:
    return tuple(Pair(old, new) for old, new in pairs if isinstance(new, ShownCell))


def _paired(gone: list[Block], fresh: list[Block]) -> list[Pair]:
    """Pair what is left: cells by label, code and likeness, texts by likeness; in order."""
    pairs: list[Pair] = []

    def take(find: Callable[[Block], Block | None]) -> None:
        for new in list(fresh):
            old = find(new)
            if old is not None:
                gone.remove(old)
                fresh.remove(new)
                pairs.append(Pair(old, new))

    take(lambda new: _first(gone, lambda old: _same_label(old, new)))
    take(lambda new: _first(gone, lambda old: _same_source(old, new)))
    if len(gone) * len(fresh) <= MAX_PAIRS:
        take(lambda new: _likeliest(gone, new))
    pairs += [Pair(old, None) for old in gone]
    pairs += [Pair(None, new) for new in fresh]
    return sorted(pairs, key=lambda pair: (pair.new or pair.old or _NOWHERE).line)


_NOWHERE: Final = ShownText(0, "prose", "", "")


def _first(among: Sequence[T], fits: Callable[[T], bool]) -> T | None:
    return next((one for one in among if fits(one)), None)


def _same_label(old: Block, new: Block) -> bool:
    both = isinstance(old, ShownCell) and isinstance(new, ShownCell)
    return both and bool(new.label) and old.label == new.label  # type: ignore[union-attr]


def _same_source(old: Block, new: Block) -> bool:
    return type(old) is type(new) and old.source == new.source


def _likeliest(among: list[Block], new: Block) -> Block | None:
    """Give the block that is most like another one; None where none is alike."""
    words = _WORD.findall(new.source)
    matcher = SequenceMatcher(None, b=words, autojunk=False)
    best, share = None, ALIKE
    for old in among:
        if type(old) is not type(new):
            continue
        if isinstance(old, ShownText) and isinstance(new, ShownText) and old.kind != new.kind:
            continue
        matcher.set_seq1(_WORD.findall(old.source))
        if matcher.real_quick_ratio() > share and matcher.quick_ratio() > share:
            ratio = matcher.ratio()
            if ratio > share:
                best, share = old, ratio
    return best
