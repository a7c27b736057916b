"""Two texts, word by word: what stayed, what went, what came, and which numbers changed."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from worked.page import Tolerance

Tag = Literal["same", "old", "new"]

MAX_WORDS: Final = 4_000
"""Texts of more words are not compared word by word."""

_DIGITS: Final = r"[+\N{MINUS SIGN}-]?\d[\d,_]*(?:\.\d+)?(?:[eE][+-]?\d+)?%?"
_NUMBER: Final = re.compile(_DIGITS)
_WORD: Final = re.compile(rf"\s+|[^\W\d_]+|{_DIGITS}|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in a row that share one fate."""

    tag: Tag
    text: str


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A number that became another."""

    old: str
    new: str
    relative: float | None
    """(new - old) / |old|; None from 0, or where one is no finite number."""
    is_within: bool | None
    """Of the tolerance that the page states; None where it states none."""


def runs_of(old: str, new: str) -> list[Run]:
    """Compare two texts word by word."""
    one, two = _WORD.findall(old), _WORD.findall(new)
    if max(len(one), len(two)) > MAX_WORDS:
        return [Run("old", old), Run("new", new)]
    found: list[Run] = []
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append(Run("same", "".join(one[a:b])))
            continue
        if b > a:
            found.append(Run("old", "".join(one[a:b])))
        if d > c:
            found.append(Run("new", "".join(two[c:d])))
    return found


def number_changes(old: str, new: str, tolerance: Tolerance | None) -> Iterator[NumberChange]:
    """Give the numbers that changed where everything else stayed; none where more did."""
    if _NUMBER.split(old) != _NUMBER.split(new):
        return
    for one, two in zip(_NUMBER.findall(old), _NUMBER.findall(new), strict=True):
        if one != two:
            within = tolerance(_plain(one), _plain(two)) if tolerance else None
            yield NumberChange(one, two, _relative(one, two), within)


def _relative(one: str, two: str) -> float | None:
    old, new = float(_plain(one)), float(_plain(two))
    return (new - old) / abs(old) if old and math.isfinite(old) and math.isfinite(new) else None


def _plain(number: str) -> str:
    return number.replace(",", "").replace("_", "").replace("\N{MINUS SIGN}", "-").rstrip("%")
