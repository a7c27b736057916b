"""What a page lets stand, by comments in its source: `<!-- worked: allow RULE: reason -->`."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from worked.errors import Problem
from worked.hints import did_you_mean
from worked.page import Page
from worked.review.prose import fenced_rows

_COMMENT: Final = re.compile(
    r"<!--[ \t]*worked:[ \t]*allow\b(?P<rules>[\w, \t-]*?)(?P<page>[ \t]+on this page)?[ \t]*"
    r"(?::[ \t]*(?P<reason>[^\n]*?))?[ \t]*-->"
)


@dataclass(frozen=True, slots=True)
class Allowance:
    """One comment: what it lets stand, and where."""

    line: int
    rule: str
    first: int
    last: int
    """The lines that it is about, both included."""

    def covers(self, problem: Problem) -> bool:
        """Whether it lets a warning stand."""
        return problem.kind == self.rule and self.first <= problem.line <= self.last


def allowances(page: Page, rules: Collection[str]) -> tuple[list[Allowance], list[Problem]]:
    """Read the comments of a page, and say which cannot be read.

    A comment is about the lines below it up to the next empty one, or about the line that it ends,
    or about the whole page where it says so.
    """
    found: list[Allowance] = []
    wrong: list[Problem] = []
    lines = page.text.split("\n")
    for number, (row, is_fenced) in enumerate(fenced_rows(page.text), start=1):
        for comment in [] if is_fenced else _COMMENT.finditer(row):
            names = [name for name in re.split(r"[,\s]+", comment["rules"]) if name]
            first, last = _extent(lines, number, is_alone=not row[: comment.start()].strip(" \t>"))
            if comment["page"]:
                first, last = 1, len(lines)
            for said in _refusals(names, comment["reason"] or "", rules):
                wrong.append(Problem(page.name, number, "allow", said))
            found += [Allowance(number, name, first, last) for name in names if name in rules]
    return found, wrong


def unused(page: Page, found: list[Allowance], problems: list[Problem]) -> Iterator[Problem]:
    """Name the comments that let nothing stand any more."""
    for one in found:
        if not any(one.covers(problem) for problem in problems):
            said = f"nothing here needs `allow {one.rule}` any more: take the comment out"
            yield Problem(page.name, one.line, "allow", said)


def _refusals(names: list[str], reason: str, rules: Collection[str]) -> Iterator[str]:
    if not names:
        yield f"which rule? `<!-- worked: allow RULE: reason -->`; there are {', '.join(rules)}"
    if not reason:
        yield "a comment that lets something stand says why: `<!-- worked: allow RULE: reason -->`"
    for name in names:
        if name not in rules:
            hint = did_you_mean(name, rules) or f"; there are {', '.join(rules)}"
            yield f"there is no rule {name!r}{hint}"


def _extent(lines: list[str], number: int, *, is_alone: bool) -> tuple[int, int]:
    """Give the first and the last line that a comment of line `number` is about."""
    if not is_alone:
        return number, number
    first = number
    while first < len(lines) and not lines[first].strip(" \t>"):
        first += 1
    last = first
    while last < len(lines) and lines[last].strip(" \t>"):
        last += 1
    return first + 1, last
