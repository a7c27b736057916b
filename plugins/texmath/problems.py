"""What is wrong with a page's formulas, said so that an author can find and mend it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_PICTURES: Final = {
    **{code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n"},
    **dict.fromkeys([127, *range(0x80, 0xA0), 0x200E, 0x200F, *range(0x202A, 0x202F)], 0xFFFD),
    **dict.fromkeys([0x061C, *range(0x2066, 0x206A), 0x2028, 0x2029], 0xFFFD),
}
_LINE: Final = 2000
"""characters of one line that is logged"""


def tamed(text: str) -> str:
    """Take the power out of a text for a log: build servers and terminals obey some signs."""
    rows = (row if len(row) <= _LINE else f"{row[:_LINE]}…" for row in text.split("\n"))
    text = "\n".join(rows).translate(_PICTURES).replace("##[", "# #[")
    return re.sub(r"(?m)^(\s*)::", r"\1: :", text)


@dataclass(frozen=True, slots=True)
class Problem:
    """One bad formula."""

    page: str
    """The file as an author names it: `docs/convolution/output-size.md`."""
    line: int
    """The line that is wrong, counted from 1 in the file, front matter included."""
    message: str
    rows: tuple[str, ...]
    """The lines of the text on which the formula stands."""
    first: int
    """Line of the file that `rows` begins with."""

    @property
    def headline(self) -> str:
        """`file:line: formula: message`."""
        return f"{self.page}:{self.line}: formula: {self.message}"

    def __str__(self) -> str:
        """Lay the problem out with the formula's lines, the wrong one marked."""
        width = len(str(self.first + len(self.rows) - 1))
        excerpt = (
            f"{'> ' if number == self.line else '  '}{number:>{width}} | {row}".rstrip()
            for number, row in enumerate(self.rows, self.first)
        )
        return tamed("\n".join([self.headline, *excerpt]))


class FormulaError(ValueError):
    """A formula that cannot be converted."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        """Characters of the TeX before the place that is wrong."""


class FormulasError(ValueError):
    """A page holds bad formulas; `str()` is the whole report."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
