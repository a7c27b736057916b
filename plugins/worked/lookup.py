"""What the store already knows of a page, what it lacks, and what is left to run."""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from worked import keys, wire
from worked.errors import Problem
from worked.outputs import CellResult, Drawing, MalformedError, Notice, load
from worked.page import Cell, Page, Step
from worked.settings import Settings
from worked.store import Store


@dataclass(frozen=True, slots=True)
class PageResult:
    """What one page gave; whole, or with the problems that stopped it."""

    page: Page
    cells: tuple[CellResult | None, ...]
    """By the cell's index; None where it did not run to its end."""
    values: Mapping[int, str]
    """Start offset of a value -> its text."""
    problems: tuple[Problem, ...]
    ran: int
    """How many cells had to run for what they show."""

    @property
    def notices(self) -> tuple[tuple[Cell, Notice], ...]:
        """The warnings of all cells, with their cells."""
        pairs = zip(self.page.cells, self.cells, strict=True)
        return tuple((cell, notice) for cell, got in pairs if got for notice in got.notices)


@dataclass(frozen=True, slots=True)
class Known:
    """What the store holds of a page, by step."""

    page: Page
    steps: tuple[Step, ...]
    keys: tuple[tuple[str, str], ...]
    """(key of the cell, key of the values)"""
    cells: tuple[CellResult | None, ...]
    values: tuple[tuple[str, ...] | None, ...]
    problems: tuple[Problem, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing has to run; also where the page cannot run at all."""
        return bool(self.problems) or self.stale < 0

    @property
    def stale(self) -> int:
        """The last step that has to run; -1 for none."""
        wanting = [
            number
            for number, pair in enumerate(zip(self.cells, self.values, strict=True))
            if None in pair
        ]
        return max(wanting, default=-1)

    def result(self, ran: int, problems: tuple[Problem, ...]) -> PageResult:
        cells = {
            step.cell.index: got
            for step, got in zip(self.steps, self.cells, strict=True)
            if step.cell is not None
        }
        values = {
            value.start: text
            for step, texts in zip(self.steps, self.values, strict=True)
            for value, text in zip(step.values, texts or (), strict=bool(texts))
        }
        return PageResult(
            page=self.page,
            cells=tuple(cells.get(cell.index) for cell in self.page.cells),
            values=values,
            problems=(*self.problems, *problems, *_disallowed(self.page, cells)),
            ran=ran,
        )


def look_up(page: Page, base: str, *, settings: Settings, store: Store) -> Known:
    """Find what the store already knows of a page."""
    problems = list(page.problems)
    pairs: list[tuple[str, str]] = []
    cells: list[CellResult | None] = []
    values: list[tuple[str, ...] | None] = []
    key = base
    for step in page.steps:
        try:
            key = keys.of_cell(step.cell, key, root=settings.root) if step.cell else key
        except OSError as error:
            assert step.cell is not None  # noqa: S101 - only cells name files
            line = step.cell.option_line("files")
            said = f"cannot read {error.filename}: {error.strerror}"
            problems.append(Problem(page.name, line, "files", said))
        value_key = keys.of_values(step.values, key)
        pairs.append((key, value_key))
        cells.append(_read_cell(store.get(key)) if step.cell else CellResult(()))
        values.append(read_values(store.get(value_key), step) if step.values else ())
    return Known(
        page, page.steps, tuple(pairs), tuple(cells), tuple(values), problems=tuple(problems)
    )


def _read_cell(entry: dict[str, Any] | None) -> CellResult | None:
    with contextlib.suppress(MalformedError):
        return None if entry is None else load(entry)
    return None


def read_values(entry: object, step: Step) -> tuple[str, ...] | None:
    texts = entry.get("values") if isinstance(entry, dict) else entry
    if not isinstance(texts, list) or len(texts) != len(step.values):
        return None
    return tuple(texts) if all(isinstance(text, str) for text in texts) else None


def job(page: Page, known: Known, settings: Settings) -> wire.Job:
    """Write down what has to run: every step up to the last stale one, drawing only what is new."""
    tasks = []
    for number, step in enumerate(known.steps[: known.stale + 1]):
        cell = step.cell
        fresh = known.values[number] is None
        tasks.append(
            wire.Task(
                code=cell.code if cell else "",
                line=cell.line if cell else 1,
                show=known.cells[number] is None,
                output=cell.options.output if cell else False,
                raises=cell.options.raises if cell else "",
                timeout=(cell.options.timeout if cell else None) or settings.timeout,
                values=tuple((v.expression, v.spec, v.line) for v in step.values) if fresh else (),
            )
        )
    names = sorted({name for cell in page.cells for name in cell.options.files})
    files = tuple((name, str(settings.root / name)) for name in names)
    return wire.Job(page.name, tuple(tasks), packages=settings.packages, files=files, scratch="")


def _disallowed(page: Page, cells: Mapping[int, CellResult | None]) -> tuple[Problem, ...]:
    """Say what a cell shows that its options do not allow: a drawing without alternative text."""
    return tuple(
        Problem(
            page=page.name,
            line=cell.fence_line,
            kind="fig-alt",
            message="a figure without alternative text: add `#| fig-alt: …`",
        )
        for cell in page.cells
        if not cell.options.fig_alt
        and (got := cells.get(cell.index)) is not None
        and any(isinstance(output, Drawing) for output in got.outputs)
    )
