"""Which questions a paper has; `assets/revise-paper-drawing.js` does the same, number for number.

The generator is mulberry32 (T. Ettinger, public domain): 32 bits, so that JavaScript and Python
agree exactly.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

LENGTHS: Final = (20, 45, 90)
"""minutes"""
LEVELS: Final = {1: (1, 2), 2: (1, 2, 3), 3: (2, 3)}
"""Difficulty of a paper -> levels of its questions."""
_BITS: Final = 0xFFFFFFFF

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a paper is made from."""

    seed: int
    minutes: int = 45
    level: int = 2
    """1 easy, 2 mixed, 3 hard."""
    topics: tuple[str, ...] = ()
    """As they stand in an address; none for all."""


class Drawable(Protocol):
    """What drawing knows of a question."""

    @property
    def id(self) -> str: ...
    @property
    def slug(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def minutes(self) -> int: ...
    @property
    def variants(self) -> Sequence[object]: ...


Drawn = TypeVar("Drawn", bound=Drawable)


class Mulberry:
    """A generator of 32 bits."""

    def __init__(self, seed: int) -> None:
        self._state = seed & _BITS

    def draw(self) -> int:
        """Give the next 32 bits."""
        self._state = (self._state + 0x6D2B79F5) & _BITS
        t = self._state
        t = ((t ^ (t >> 15)) * (t | 1)) & _BITS
        t ^= (t + ((t ^ (t >> 7)) * (t | 61) & _BITS)) & _BITS
        return (t ^ (t >> 14)) & _BITS

    def below(self, end: int) -> int:
        """Give a whole number from 0 to below `end`."""
        return self.draw() * end >> 32

    def mixed(self, items: Iterable[Item]) -> list[Item]:
        """Give items in another order."""
        mixed = list(items)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed


def draw_paper(questions: Iterable[Drawn], plan: Plan) -> list[tuple[Drawn, int]]:
    """Draw a paper: its questions, each with the number of a variant, easy ones first.

    Topics take turns, so that no paper is about one thing; a question is in it once.
    """
    chance = Mulberry(plan.seed)
    fit = [
        one
        for one in sorted(questions, key=lambda one: one.id)
        if one.level in LEVELS[plan.level] and (not plan.topics or one.slug in plan.topics)
    ]
    order = chance.mixed(sorted({one.slug for one in fit}))
    waiting = {slug: chance.mixed(one for one in fit if one.slug == slug) for slug in order}
    left, paper = plan.minutes, list[tuple[Drawn, int]]()
    while True:
        before = len(paper)
        for slug in order:
            found = next((one for one in waiting[slug] if one.minutes <= left), None)
            if found is not None:
                waiting[slug].remove(found)
                paper.append((found, chance.below(len(found.variants))))
                left -= found.minutes
        if len(paper) == before:
            return sorted(paper, key=lambda pair: pair[0].level)
