"""What the store holds of a page, step by step, and what the page gave by it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from worked.builds.elements import judge_elements
from worked.builds.kinds import judge_kinds
from worked.builds.validate import judge
from worked.errors import Problem
from worked.exports import NO_IMPORTS, PageImports
from worked.page import Page, PageResult, Step
from worked.protocol.outputs import CellResult
from worked.protocol.values import ValuesResult


@dataclass(frozen=True, slots=True)
class KnownStep:
    """One step of a page, its keys, and what is known under them."""

    step: Step
    cell_key: str
    values_key: str
    exports_key: str = ""
    exported: tuple[str, ...] = ()
    """Names whose values other pages may import."""
    result: CellResult | None = None
    """Of the cell; None where it is not known, as in the fields below."""
    given: ValuesResult | None = None
    """What the values gave, in the order of the step's slots."""
    exports: Mapping[str, Any] | None = None
    """Name -> value, as JSON."""
    took: float | None = None
    """seconds that the cell took when it ran; None where that is not known"""
    variants: int = 0
    """How often its cell runs, where that has a seed."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it has to run."""
        return None not in (self.result, self.given, self.exports)

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of the values, in the order of the step's slots; none where not known."""
        return self.given.texts if self.given else ()

    def values(self) -> Iterator[tuple[int, str]]:
        """Give the texts of the values that no frame has: (index, text)."""
        texts = self.texts
        after = len(texts) - len(self.step.values)
        yield from zip((value.index for value in self.step.values), texts[after:], strict=False)

    def frames(self) -> tuple[Mapping[int, str], ...]:
        """Give the texts of the values of each frame of a sweep."""
        framed, texts = self.step.framed, self.texts
        ends = range(0, len(texts) - len(self.step.values), len(framed) or 1)
        rows = (texts[at : at + len(framed)] for at in ends)
        indices = [value.index for value in framed]
        return tuple(dict(zip(indices, row, strict=True)) for row in rows)


@dataclass(frozen=True, slots=True)
class CachedPage:
    """What the store holds of a page."""

    page: Page
    steps: tuple[KnownStep, ...]
    problems: tuple[Problem, ...] = ()
    data: tuple[Path, ...] = ()
    """The data files that are in the keys."""
    imports: PageImports = NO_IMPORTS

    @property
    def is_whole(self) -> bool:
        """Whether nothing has to run; also where the page cannot run at all."""
        return bool(self.problems) or self.stale < 0

    @property
    def stale(self) -> int:
        """The last step that has to run; -1 for none."""
        return max((n for n, known in enumerate(self.steps) if not known.is_whole), default=-1)

    @property
    def exports(self) -> Mapping[str, Any]:
        """The values that other pages may import: name -> value, as JSON."""
        return {
            name: value for known in self.steps for name, value in (known.exports or {}).items()
        }

    def result(self, ran: int, problems: tuple[Problem, ...]) -> PageResult:
        """Put together what the page gave.

        Args:
            ran: how many cells had to run for what they show.
            problems: of the run.
        """
        cells = {known.step.cell.index: known.result for known in self.steps if known.step.cell}
        framed = {
            known.step.cell.index: frames
            for known in self.steps
            if known.step.cell and (frames := known.frames())
        }
        return PageResult(
            page=self.page,
            cells=tuple(cells.get(cell.index) for cell in self.page.cells),
            values=dict(pair for known in self.steps for pair in known.values()),
            problems=(
                *self.problems,
                *problems,
                *judge(self.page, cells),
                *judge_elements(self.page, cells),
                *judge_kinds(self.page, cells),
            ),
            ran=ran,
            exports=self.exports,
            frames=framed,
            took={
                known.step.cell.index: known.took
                for known in self.steps
                if known.step.cell and known.took is not None
            },
            value_warnings=tuple(
                (known.step.slots[notice.number], notice)
                for known in self.steps
                for notice in (known.given.warnings if known.given else ())
            ),
        )
