"""Which pages are stale, in which order they run, by how many workers: the whole trip in one place."""

import contextlib
import queue
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from worked import keys, wire
from worked.confine import Limits
from worked.errors import Problem, WorkerError
from worked.outputs import CellResult, Drawing, MalformedError, Notice, dump, load
from worked.page import Cell, Page, Step
from worked.pool import Outcome, Worker
from worked.store import Store

ATTEMPTS: Final = 2
"""How often a page is tried when the worker, not the page, fails."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the site says about running its cells."""

    root: Path
    """The folder of the notes; the paths of `files:` start here."""
    packages: tuple[tuple[str, str], ...] = ()
    """(name, folder) of the site's own packages that cells may import."""
    timeout: float = 30.0
    """seconds for one cell, unless it says otherwise"""
    workers: int = 2


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


class Trip:
    """One build: looks every page up, runs what is stale, hands results out as they come."""

    def __init__(self, pages: list[Page], *, settings: Settings, store: Store) -> None:
        """Start at once, in threads; `result` waits for a page."""
        self.began = time.monotonic()
        self._settings = settings
        self._store = store
        self._futures: dict[str, Future[PageResult]] = {page.name: Future() for page in pages}
        self._stale: queue.SimpleQueue[tuple[Page, _Known]] = queue.SimpleQueue()
        self._base = keys.base(settings.packages)
        count = 0
        for page in pages:
            known = _look_up(page, self._base, settings=settings, store=store)
            if known.is_whole:
                self._futures[page.name].set_result(known.result(0, ()))
            else:
                self._stale.put((page, known))
                count += 1
        self.workers = min(settings.workers, count)
        self._threads = [
            threading.Thread(target=self._work, daemon=True) for _ in range(self.workers)
        ]
        for thread in self._threads:
            thread.start()

    def result(self, name: str) -> PageResult:
        """Wait for one page.

        Raises:
            WorkerError: when no worker could run it.
        """
        return self._futures[name].result()

    def results(self) -> list[PageResult]:
        """Wait for every page, in the order in which they were given."""
        return [future.result() for future in self._futures.values()]

    def closing_line(self) -> str:
        """Say what was done, once everything is."""
        results = self.results()
        cells = sum(len(result.page.cells) for result in results)
        ran = sum(result.ran for result in results)
        parts = [
            f"worked: {_count(len(results), 'page')}, {_count(cells, 'cell')}: ",
            f"{ran} ran, {cells - ran} kept in {time.monotonic() - self.began:.1f} s",
        ]
        if self.workers:
            parts.append(f", {_count(self.workers, 'worker')}, {Limits().level}")
        return "".join(parts)

    def _work(self) -> None:
        """Be one thread: one worker process, page after page."""
        with tempfile.TemporaryDirectory(prefix="worked-", ignore_cleanup_errors=True) as scratch:
            worker: Worker | None = None
            while True:
                try:
                    page, known = self._stale.get_nowait()
                except queue.Empty:
                    break
                worker = self._settle(page, known, worker=worker, scratch=Path(scratch))
            if worker is not None:
                worker.close()

    def _settle(
        self, page: Page, known: "_Known", *, worker: Worker | None, scratch: Path
    ) -> Worker | None:
        """Fill one page's future, with its result or with what went wrong."""
        future = self._futures[page.name]
        try:
            for attempt in range(ATTEMPTS):
                try:
                    worker = worker or Worker(scratch)
                    job = _job(page, known, settings=self._settings)
                    outcome = worker.run(job, lambda message: None)
                    future.set_result(_gather(page, known, outcome, store=self._store))
                    return worker
                except WorkerError:
                    if worker is not None:
                        worker.close()
                        worker = None
                    if attempt == ATTEMPTS - 1:
                        raise
        except BaseException as error:
            future.set_exception(error)
        return worker


@dataclass(frozen=True, slots=True)
class _Known:
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
        found = (*self.problems, *problems)
        return PageResult(
            page=self.page,
            cells=tuple(cells.get(cell.index) for cell in self.page.cells),
            values=values,
            problems=tuple(found) or _unlike(self.page, cells),
            ran=ran,
        )


def _look_up(page: Page, base: str, *, settings: Settings, store: Store) -> _Known:
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
        values.append(_read_values(store.get(value_key), step) if step.values else ())
    return _Known(
        page, page.steps, tuple(pairs), tuple(cells), tuple(values), problems=tuple(problems)
    )


def _read_cell(entry: dict[str, Any] | None) -> CellResult | None:
    with contextlib.suppress(MalformedError):
        return None if entry is None else load(entry)
    return None


def _read_values(entry: object, step: Step) -> tuple[str, ...] | None:
    texts = entry.get("values") if isinstance(entry, dict) else entry
    if not isinstance(texts, list) or len(texts) != len(step.values):
        return None
    return tuple(texts) if all(isinstance(text, str) for text in texts) else None


def _job(page: Page, known: _Known, *, settings: Settings) -> wire.Job:
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


def _gather(page: Page, known: _Known, outcome: Outcome, *, store: Store) -> PageResult:
    """Check what a page sent, keep what is good, and say what is wrong."""
    cells, values = list(known.cells), list(known.values)
    problems: list[Problem] = []
    ran = 0
    try:
        for message in outcome.messages:
            kind = message.get("frame")
            if kind == "problem":
                problems.append(_problem(page, message))
                continue
            number = message.get("step")
            if not isinstance(number, int) or not 0 <= number < len(known.steps):
                raise MalformedError("a step that the page does not have")
            if kind == "cell" and cells[number] is None:
                cells[number] = result = load(message.get("result"))
                ran += 1
                store.put(known.keys[number][0], dump(result))
            elif kind == "values" and values[number] is None and not problems:
                values[number] = texts = _read_values(
                    {"values": message.get("texts")}, known.steps[number]
                )
                if texts is None:
                    raise MalformedError("values that are no texts")
                store.put(known.keys[number][1], {"values": list(texts)})
    except MalformedError as error:
        problems.append(_died(page, known, outcome.step, f"sent something else: {error}"))
    if outcome.ending and not problems:
        problems.append(_died(page, known, outcome.step, outcome.ending))
    whole = _Known(page, known.steps, known.keys, tuple(cells), tuple(values), known.problems)
    return whole.result(ran, tuple(problems))


def _problem(page: Page, message: dict[str, Any]) -> Problem:
    line, kind, said, called = (message.get(name) for name in ("line", "kind", "message", "called"))
    if not (isinstance(line, int) and isinstance(kind, str) and isinstance(said, str)):
        raise MalformedError("a problem without its place")
    if not isinstance(called, list) or not all(isinstance(number, int) for number in called):
        raise MalformedError("a problem without its calls")
    return Problem(page.name, line, kind, said, called=tuple(called))


def _died(page: Page, known: _Known, number: int, said: str) -> Problem:
    cell = known.steps[number].cell if number < len(known.steps) else None
    kind = "timeout" if said.startswith("still running") else "died"
    return Problem(page.name, cell.line if cell else 1, kind, said)


def _unlike(page: Page, cells: Mapping[int, CellResult | None]) -> tuple[Problem, ...]:
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


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def default_workers() -> int:
    """Give the number of workers for this machine: one per core that this process may use."""
    import os

    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
