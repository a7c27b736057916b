"""What is wrong with the notes, said so that an author can find and mend it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from worked import limits

_COMMAND: Final = re.compile(r"(\A|[\n\r])(\s*)::")
CONTROL_PICTURES: Final = {
    **{code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n"},
    127: 0x2421,
    # what a terminal obeys of the upper controls, and marks that turn the direction of a line
    **dict.fromkeys([*range(0x80, 0xA0), 0x200E, 0x200F, *range(0x202A, 0x202F)], 0xFFFD),
    **dict.fromkeys([0x061C, *range(0x2066, 0x206A), 0x2028, 0x2029], 0xFFFD),
}
"""Control characters -> what shows that they are there, for `str.translate`."""


class WorkedError(Exception):
    """Anything this package raises on purpose."""


class NotesError(WorkedError, ValueError):
    """The notes are wrong; `str()` is the whole report."""


class ConfigError(WorkedError, ValueError):
    """The configuration is wrong."""


class WorkerError(WorkedError, RuntimeError):
    """The process that runs the cells cannot be had or broke the protocol."""


class ManifestError(WorkedError, LookupError):
    """A host without the plugin needs what `worked run` writes, and it is missing or old."""


class StoreError(WorkedError, OSError):
    """Results cannot be kept: free space, or name another folder."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, at one line of one page."""

    page: str
    """The file as an author names it: `docs/convolution/output-size.md`."""
    line: int
    """Counted from 1 in the file, front matter included."""
    kind: str
    """`NameError`, `option`, `timeout`…: what the message begins with."""
    message: str
    called: tuple[int, ...] = ()
    """Lines of the same page that led to `line`, the nearest first."""

    @property
    def headline(self) -> str:
        """`file:line: kind: message`, the message on as many lines as it has."""
        return f"{self.page}:{self.line}: {self.kind}: {self.message}".rstrip(": ")


def describe(problem: Problem, text: str) -> str:
    """Lay one problem out with the lines around it and the calls that led there.

    Args:
        problem: what is wrong.
        text: the page's whole source; may be empty when the file could not be read.
    """
    first, *more = problem.headline.split("\n")
    # what a page says of itself begins no line: it could pass for a problem of another page
    parts = [first, *(row if row.startswith("  ") else f"  {row}" for row in more)]
    lines = text.split("\n") if text else []
    if 0 < problem.line <= len(lines):
        parts.extend(excerpt(lines, problem.line))
    parts.extend(f"  called at {problem.page}:{line}" for line in problem.called)
    return tamed("\n".join(parts))


def tamed(text: str) -> str:
    """Take the power out of a text that may come from a cell, and bound it.

    The logs of build servers obey lines that begin with `::` or hold `##[`, terminals obey escape
    sequences, and Python-Markdown takes its own control characters for its placeholders.
    """
    rows = text[: limits.MAX_LOGGED].replace("\r\n", "\n").split("\n")
    kept = [_bounded(row, limits.MAX_LOGGED_LINE) for row in rows[: limits.MAX_LOGGED_LINES]]
    if len(rows) > len(kept) or len(text) > limits.MAX_LOGGED:
        kept.append("…")
    text = "\n".join(kept).translate(CONTROL_PICTURES).replace("##[", "# #[")
    return _COMMAND.sub(r"\1\2: :", text)


def _bounded(row: str, most: int) -> str:
    return row if len(row) <= most else f"{row[:most]}… ({len(row):,} characters)"


def excerpt(lines: list[str], line: int, before: int = 2) -> list[str]:
    """Quote `line` (counted from 1) and up to `before` lines above it, numbered."""
    first = max(1, line - before)
    width = len(str(line))
    return [
        f"{'> ' if number == line else '  '}{number:>{width}} | {lines[number - 1]}".rstrip()
        for number in range(first, line + 1)
    ]


def report(problems: Iterable[Problem], texts: Mapping[str, str], pages: int) -> str:
    """Lay out every problem, sorted by place, and count the pages that failed.

    Args:
        problems: in any order; the same problem twice is said once.
        texts: page -> its source, for the excerpts.
        pages: how many pages there are in all.
    """
    found = sorted(set(problems))
    failed = len({problem.page for problem in found})
    said = found[: limits.MAX_REPORTED]
    blocks = [describe(problem, texts.get(problem.page, "")) for problem in said]
    if len(found) > len(said):
        blocks.append(f"and {len(found) - len(said):,} more problems")
    noun = "page" if pages == 1 else "pages"
    return "\n\n".join(blocks) + f"\n\n{failed} of {pages} {noun} failed."
