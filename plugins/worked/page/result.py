"""What running one page gave, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from worked.errors import Problem
from worked.page.inline import Value
from worked.page.model import Page
from worked.protocol.outputs import CellResult
from worked.protocol.values import ValueWarning


@dataclass(frozen=True, slots=True)
class PageResult:
    """What one page gave; whole, or with the problems that stopped it."""

    page: Page
    cells: tuple[CellResult | None, ...]
    """By the cell's index; None where it did not run to its end."""
    values: Mapping[int, str]
    """Index of a value -> its text."""
    problems: tuple[Problem, ...]
    ran: int
    """How many cells had to run for what they show."""
    exports: Mapping[str, Any] = field(default_factory=dict)
    """Name -> the value that other pages may import, as JSON."""
    frames: Mapping[int, tuple[Mapping[int, str], ...]] = field(default_factory=dict)
    """Index of a sweep's cell -> for each frame, as in `values`, those of the cell's captions."""
    took: Mapping[int, float] = field(default_factory=dict, compare=False)
    """Index of a cell -> seconds that it took when it ran; no part of what the page gave."""
    value_warnings: tuple[tuple[Value, ValueWarning], ...] = ()

    @property
    def written(self) -> str:
        """Everything of it as a text, whatever ran and how long: equal texts show the same."""
        return repr(replace(self, ran=0, took={}))

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The warnings of all cells and values, each once, at their lines."""
        name = self.page.name
        pairs = zip(self.page.cells, self.cells, strict=True)
        of_cells = (
            Problem(name, cell.code_line(notice.line), notice.kind, notice.message)
            for cell, got in pairs
            for notice in (got.warnings if got else ())
        )
        of_values = (
            Problem(name, value.line, notice.kind, notice.message)
            for value, notice in self.value_warnings
        )
        return tuple(dict.fromkeys([*of_cells, *of_values]))
