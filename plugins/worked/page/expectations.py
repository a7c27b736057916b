"""What an author expects a cell to show: the fence `text {.expect}`, compared with what came."""

import difflib
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, assert_never

from worked.protocol.outputs import (
    Drawing,
    ExpectedError,
    Frames,
    Leaf,
    Matrix,
    Output,
    Rich,
    Text,
)
from worked.protocol.terminal import plain_text

EXPECT_INFO: Final = re.compile(
    r"text[ \t]*\{[ \t]*\.expect(?P<options>(?:[ \t]+[^\s{}]+)*)[ \t]*\}"
)

RTOL: Final = 1e-6
"""How far a number may be off, as a share of itself: the last bits differ between machines."""
ATOL: Final = 1e-12

_NUMBER = re.compile(
    r"[+-]?(?:[0-9]++(?:_[0-9]++)*+\.?[0-9]*+|\.[0-9]++)(?:[eE][+-]?[0-9]++)?+|[+-]?(?:nan|inf)\b"
)
_OPTION = re.compile(r"(?P<name>\w+)=(?P<value>\S+)")

_COMPARED: Final = 120
"""lines that are compared as they are"""
_AROUND: Final = 10
"""lines on each side of the first difference, of more"""
_WIDTH: Final = 400
"""characters of each"""


class ExpectError(ValueError):
    """A tolerance that cannot be."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """By how much numbers may differ: |expected - shown| <= atol + rtol · |expected|."""

    rtol: float = RTOL
    atol: float = ATOL

    def __call__(self, expected: str, shown: str) -> bool:
        """Whether two words are the same number, or the same but for numbers within them."""
        if expected == shown:
            return True
        if _NUMBER.split(expected) != _NUMBER.split(shown):
            return False
        pairs = zip(_NUMBER.findall(expected), _NUMBER.findall(shown), strict=True)
        return all(one == other or self._near(one, other) for one, other in pairs)

    def _near(self, one: str, other: str) -> bool:
        expected, shown = float(one), float(other)
        if math.isinf(expected) and "inf" not in one:  # digits beyond all floats
            return False
        if expected == shown or (math.isnan(expected) and math.isnan(shown)):
            return True
        return math.isfinite(expected) and abs(expected - shown) <= (
            self.atol + self.rtol * abs(expected)
        )


@dataclass(frozen=True, slots=True)
class Expectation:
    """A fence `text {.expect}` after a cell."""

    cell: int
    """Index of the cell on its page."""
    text: str
    """Without the indentation of the list or box around it."""
    height: int
    """Lines between the fences."""
    tolerance: Tolerance
    line: int
    """Of the fence; the text begins on the next."""
    start: int
    """Offset of the fence's first character (of its indentation) in the page's text."""
    end: int
    """Offset after the closing fence, before its line's end."""
    prefix: str
    mark: str
    """The fence itself: a text must not hold one as long."""


def read_tolerance(options: str) -> Tolerance:
    """Read `rtol=1e-6 atol=0`, as it stands after `.expect`.

    Raises:
        ExpectError: another name, or no number.
    """
    given = {"rtol": RTOL, "atol": ATOL}
    for word in options.split():
        found = _OPTION.fullmatch(word)
        if found is None or found["name"] not in given:
            raise ExpectError(f"an expectation takes `rtol=…` and `atol=…`, not `{word}`")
        try:
            value = float(found["value"])
        except ValueError:
            value = math.nan
        if not 0 <= value < math.inf:
            raise ExpectError(f"{found['name']} is a number from 0, not {found['value']!r}")
        given[found["name"]] = value
    return Tolerance(**given)


def shown_text(outputs: Sequence[Output], titles: Sequence[str] = ()) -> str:
    """Write down what a cell shows, as an expectation holds it; drawings are left out.

    Args:
        outputs: of the cell.
        titles: of the frames of a sweep, each of which begins with its own.
    """
    parts: list[str] = []
    for output in outputs:
        if isinstance(output, Frames):
            for title, frame in zip(titles, output.frames, strict=True):
                parts += [f"{title}:", *map(_plain, frame)]
        else:
            parts.append(_plain(output))
    return "\n".join(filter(None, parts))


def _plain(output: Leaf) -> str:
    match output:
        case Text(text):
            rows = plain_text(text).strip("\n").split("\n")
            return "\n".join(row.rstrip() for row in rows)
        case Rich(source=source):
            return source.strip()
        case ExpectedError(kind, message):
            return f"{kind}: {plain_text(message)}".rstrip(": ")
        case Matrix(slices=slices):
            return "\n".join(_rows(index, rows) for index, rows in slices)
        case Drawing():
            return ""
    assert_never(output)


def _rows(index: str, rows: tuple[tuple[str, ...], ...]) -> str:
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    laid = [" ".join(map(str.rjust, row, widths)) for row in rows]
    return "\n".join([index, *laid] if index else laid)


def difference(expected: str, came: str, tolerance: Tolerance) -> str:
    """Say how what a cell shows differs from what it must show; empty where it does not.

    Spaces, ends of lines and empty lines make no difference.
    """
    before, after = _words(expected), _words(came)
    if len(before) == len(after) and all(
        tolerance(one, other) for one, other in zip(before, after, strict=True)
    ):
        return ""
    wanted = [row.rstrip() for row in expected.strip("\n").split("\n")] if before else []
    diff = difflib.ndiff(*_excerpts(wanted, came.split("\n") if after else []))
    return "\n".join(row.rstrip() for row in diff if not row.startswith("?"))


def _excerpts(wanted: list[str], came: list[str]) -> tuple[list[str], list[str]]:
    """Give what there is to compare line by line; of much, what stands around the first difference.

    Finding which lines are alike takes a time that grows faster than the square of their number.
    """
    if len(wanted) + len(came) <= _COMPARED and sum(map(len, (*wanted, *came))) <= _COMPARED * 80:
        return wanted, came
    pairs = enumerate(zip(wanted, came, strict=False))
    first = next((n for n, (a, b) in pairs if a != b), min(len(wanted), len(came)))
    start = max(0, first - _AROUND)
    here = slice(start, first + _AROUND)
    return [row[:_WIDTH] for row in wanted[here]], [row[:_WIDTH] for row in came[here]]


def _words(text: str) -> list[str]:
    """Split at spaces and brackets, so that `[1 2]` and `[ 1  2 ]` are the same."""
    return re.findall(r"[\[\](),]|[^\s\[\](),]+", text)
