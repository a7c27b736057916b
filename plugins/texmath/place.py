"""A command of a formula, with its arguments."""

from dataclasses import dataclass

from texmath.problems import FormulaError
from texmath.rewriting import Edits
from texmath.shapes import length
from texmath.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Place:
    """A command of a formula."""

    tokens: Tokens
    at: int
    edits: Edits

    @property
    def name(self) -> str:
        """What it is called, without the backslash."""
        return self.tokens.text(self.at)[1:]

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.tokens.all[self.at].start

    def given(self, at: int | None = None) -> tuple[int, int]:
        """Give the first and last token of the argument after a token, by default the command."""
        found = self.tokens.argument(self.at if at is None else at)
        if not found:
            raise FormulaError(f"\\{self.name} lacks an argument.", self.start)
        return found

    def wrap(self, shape: str, *values: str, before: str = "", after: int | None = None) -> None:
        """Put a shape around the argument; what stood before the argument goes."""
        first, last = self.given(after)
        opening = self.edits.shape(shape, *values) + before
        self.edits.replace(self.start, self.tokens.all[first].start, opening)
        self.edits.close(self.tokens.all[last].end, self.start)

    def length(self, at: int) -> tuple[str, int]:
        """Give the length after a token for CSS, and its last token."""
        first, last = self.given(at)
        written = length(self.tokens.inside(first, last))
        if written is None:
            raise FormulaError(
                "A length is a number with pt, em, ex, mu, mm, cm or in.", self.start
            )
        return written, last
