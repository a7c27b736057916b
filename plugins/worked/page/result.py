"""What running one page gave, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from worked.errors import Problem
from worked.page.model import Cell, Page
from worked.protocol.outputs import CellResult, CellWarning


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

    @property
    def warnings(self) -> tuple[tuple[Cell, CellWarning], ...]:
        """The warnings of all cells, with their cells."""
        pairs = zip(self.page.cells, self.cells, strict=True)
        return tuple((cell, notice) for cell, got in pairs if got for notice in got.warnings)
