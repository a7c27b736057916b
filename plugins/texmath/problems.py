"""What is wrong with a page's formulas, said so that an author can find and mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


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
        return "\n".join([self.headline, *excerpt])


class FormulasError(ValueError):
    """A page holds bad formulas; `str()` is the whole report."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
