"""What the store already knows of a page, what it lacks, and what is left to run."""

import contextlib
import errno
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from worked import keys, wire
from worked.errors import Problem
from worked.outputs import CellResult, Drawing, MalformedError, Notice, load
from worked.page import Cell, Page, Step
from worked.settings import Settings
from worked.store import Store, digest_file
from worked.survey import Survey
from worked.values import TEX


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
    data: tuple[Path, ...] = ()
    """The data files that are in the keys."""

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


def look_up(page: Page, base: str, *, settings: Settings, store: Store, survey: Survey) -> Known:
    """Find what the store already knows of a page."""
    files, problems = _digests(page, settings.root)
    pairs: list[tuple[str, str]] = []
    cells: list[CellResult | None] = []
    values: list[tuple[str, ...] | None] = []
    key = keys.of_page(base, files)
    for step in page.steps:
        key = keys.of_cell(step.cell, key) if step.cell else key
        value_key = keys.of_values(step.values, key)
        pairs.append((key, value_key))
        cells.append(_read_cell(_valid(store, key, survey)) if step.cell else CellResult(()))
        values.append(read_values(_valid(store, value_key, survey), step) if step.values else ())
    return Known(
        page,
        page.steps,
        tuple(pairs),
        tuple(cells),
        tuple(values),
        problems=(*page.problems, *problems),
        data=tuple(settings.root / name for name in files),
    )


def _digests(page: Page, root: Path) -> tuple[dict[str, str], list[Problem]]:
    """Hash the data files of a page, and say which cannot be read."""
    files: dict[str, str] = {}
    problems = []
    for cell in page.cells:
        for name in cell.options.files:
            try:
                files[name] = files.get(name) or digest_file(_inside(root, name))
            except (OSError, RuntimeError) as error:  # or a circle of links
                why = error.strerror if isinstance(error, OSError) else str(error)
                said = f"cannot read {name}: {why}"
                problems.append(Problem(page.name, cell.option_line("files"), "files", said))
    return files, problems


def _inside(root: Path, name: str) -> Path:
    """Find a data file; a link, which anybody can send, may not lead out of the notes."""
    path = (root / name).resolve(strict=True)
    if not path.is_relative_to(root.resolve()):
        raise PermissionError(errno.EACCES, "it leads out of the folder of the notes")
    if not path.is_file():
        raise FileNotFoundError(errno.ENOENT, "it is no file")
    return path


def _valid(store: Store, key: str, survey: Survey) -> object:
    """Give what is kept under a key, where all that it came from is still as it was."""
    entry = store.get(key)
    return entry.get("kept") if entry and survey.holds(entry.get("needs")) else None


def _read_cell(kept: object) -> CellResult | None:
    with contextlib.suppress(MalformedError):
        return None if kept is None else load(kept)
    return None


def read_values(texts: object, step: Step) -> tuple[str, ...] | None:
    """Check the texts of a step's values; None where they are not that."""
    if not isinstance(texts, list) or len(texts) != len(step.values):
        return None
    if not all(isinstance(text, str) for text in texts):
        return None
    # what goes into a formula is read as TeX in the midst of Markdown, and comes from a stranger
    pairs = zip(texts, step.values, strict=True)
    return (
        None
        if any(value.tex and not TEX.fullmatch(text) for text, value in pairs)
        else tuple(texts)
    )


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
                values=tuple((v.expression, v.spec, v.line, v.tex) for v in step.values)
                if fresh
                else (),
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
