"""Two texts, word by word: what stayed, what went, what came, and which numbers changed."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from worked.page import Tolerance

Fate = Literal["same", "old", "new"]

MAX_WORDS: Final = 4_000
"""Texts of more words are not compared word by word."""

_DIGITS: Final = r"[+\N{MINUS SIGN}-]?\d(?:[\d_]|,(?=\d))*(?:\.\d+)?(?:[eE][+-]?\d+)?%?"
_NUMBER: Final = re.compile(_DIGITS)
_WORD: Final = re.compile(rf"\s+|[^\W\d_]+|{_DIGITS}|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in a row that share one fate."""

    tag: Fate
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
    """Compare two texts word by word; what changed with nothing but space between is one run."""
    one, two = _WORD.findall(old), _WORD.findall(new)
    if max(len(one), len(two)) > MAX_WORDS:
        return [Run("old", old), Run("new", new)]
    found: list[Run] = []
    went = came = ""
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        before, after = "".join(one[a:b]), "".join(two[c:d])
        if tag != "equal" or (before.isspace() and (went or came) and b < len(one)):
            went, came = went + before, came + after
            continue
        found += _flushed(went, came)
        went = came = ""
        found.append(Run("same", before))
    return [*found, *_flushed(went, came)]


def _flushed(went: str, came: str) -> list[Run]:
    """Give what changed in one place; space that ends both has stayed."""
    tail = ""
    while went[-1:].isspace() and went[-1:] == came[-1:]:
        went, came, tail = went[:-1], came[:-1], went[-1] + tail
    runs = [Run("old", went), Run("new", came), Run("same", tail)]
    return [run for run in runs if run.text]


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
