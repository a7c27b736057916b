"""What a page of notes consists of: cells, values, and the steps in which they run."""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from worked.errors import Problem
from worked.page.expectations import Expectation
from worked.page.inline import Link, Value
from worked.page.options import Options


@dataclass(frozen=True, slots=True)
class Cell:
    """A fence `python {.run}`."""

    index: int
    """Counted from 0 on its page."""
    code: str
    """Without option lines and without the indentation of the list or box around it."""
    line: int
    """Line of the file on which `code` begins."""
    options: Options
    start: int
    """Offset of the fence's first character (of its indentation) in the page's text."""
    end: int
    """Offset after the closing fence, before its line's end."""
    prefix: str
    """Indentation and `>` marks before the fence."""
    fence_line: int
    values: tuple[tuple[str, Value], ...] = ()
    """(option, value): those of its captions and alternative text, which see what it leaves."""

    def option_line(self, name: str) -> int:
        """Give the line of the file that sets option `name`, or the fence's own."""
        if name in dict(self.options.lines):
            return self.fence_line + 1 + self.options.line_of(name)
        return self.fence_line

    def code_line(self, offset: int) -> int:
        """Give the line of the file for one of the code, counted from 0, or for the nearest."""
        return self.line + min(max(0, offset), self.code.count("\n"))


@dataclass(frozen=True, slots=True)
class Step:
    """A cell and the values that see the namespace as that cell leaves it."""

    cell: Cell | None
    """None for values before the first cell."""
    values: tuple[Value, ...]
    """Those of its options first, then those of the prose after it."""
    framed: tuple[Value, ...] = ()
    """Behind a sweep, those of its options: they see each frame, and the others none."""

    @property
    def slots(self) -> tuple[Value, ...]:
        """All values in the order in which their texts come: those of each frame first."""
        frames = len(self.cell.options.sweep.frames) if self.cell and self.framed else 0
        return self.framed * frames + self.values


@dataclass(frozen=True, slots=True)
class Page:
    """One file of notes, read but not run."""

    name: str
    """As errors name it: `docs/convolution/output-size.md`."""
    text: str
    cells: tuple[Cell, ...]
    values: tuple[Value, ...]
    problems: tuple[Problem, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    links: tuple[Link, ...] = ()
    body: int = 0
    """Offset at which the Markdown begins, after the front matter."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Cells and values in the order in which they run."""
        if not self.cells:
            return (Step(None, self.values),) if self.values else ()
        starts = [value.start for value in self.values]
        marks = [bisect_left(starts, cell.start) for cell in self.cells]
        early = self.values[: marks[0]]
        steps = [
            _step(cell, self.values[low:high])
            for cell, (low, high) in zip(self.cells, pairwise([*marks, len(starts)]), strict=True)
        ]
        return (Step(None, early), *steps) if early else tuple(steps)


def _step(cell: Cell, behind: tuple[Value, ...]) -> Step:
    own = tuple(value for _, value in cell.values)
    return Step(cell, behind, own) if cell.options.sweep else Step(cell, own + behind)
