"""Which pages are stale and by how many workers they run: the whole trip in one place."""

import os
import queue
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Final

from worked import keys
from worked.confine import ENVIRONMENT
from worked.errors import WorkerError
from worked.gather import gather
from worked.listen import begins
from worked.lookup import Known, PageResult, job, look_up
from worked.page import Page
from worked.pool import Fresh, Outcome, Worker
from worked.progress import Progress
from worked.settings import Settings
from worked.store import Store
from worked.survey import Survey

ATTEMPTS: Final = 2
"""How often a page is tried when the worker, not the page, fails."""


class Trip:
    """One build: looks every page up, runs what is stale, hands results out as they come."""

    def __init__(
        self,
        pages: list[Page],
        *,
        settings: Settings,
        store: Store,
        environment: Mapping[str, str] = ENVIRONMENT,
        scratch: Path | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Start at once, in threads; `result` waits for a page.

        Args:
            environment: of the workers.
            scratch: where the workers' folders are made; None for the system's own place.
            progress: is told how far the running is.
        """
        self._environment = environment
        self._scratch = scratch
        self._progress = progress
        self.began = time.monotonic()
        self._settings = settings
        self._store = store
        self._futures: dict[str, Future[PageResult]] = {page.name: Future() for page in pages}
        self._stale: queue.SimpleQueue[tuple[Page, Known]] = queue.SimpleQueue()
        self._survey = Survey(settings.packages)
        names = [name for name, _ in settings.packages]
        base = keys.base(names, settings.confinement.mode)
        count = cells = 0
        for page in pages:
            known = look_up(page, base, settings=settings, store=store, survey=self._survey)
            if known.is_whole:
                self._futures[page.name].set_result(known.result(0, ()))
            else:
                self._stale.put((page, known))
                count += 1
                cells += len(page.cells)
        if progress:
            progress.begin(count, cells)
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
            parts.append(f", {_count(self.workers, 'worker')}, {self._settings.confinement.level}")
        return "".join(parts)

    def close(self) -> None:
        """Bring the store within its limit, once everything is kept."""
        self.results()
        self._store.trim()

    def _work(self) -> None:
        """Be one thread: one worker process, page after page."""
        with tempfile.TemporaryDirectory(
            prefix="worked-", dir=self._scratch, ignore_cleanup_errors=True
        ) as scratch:
            worker: Worker | Fresh | None = None
            while True:
                try:
                    page, known = self._stale.get_nowait()
                except queue.Empty:
                    break
                worker = self._settle(page, known, worker=worker, scratch=Path(scratch))
            if worker is not None:
                worker.close()

    def _settle(
        self, page: Page, known: Known, *, worker: Worker | Fresh | None, scratch: Path
    ) -> Worker | Fresh | None:
        """Fill one page's future, with its result or with what went wrong."""
        future = self._futures[page.name]
        try:
            for attempt in range(ATTEMPTS):
                heard: list[dict[str, Any]] = []
                try:
                    worker = worker or self._hire(scratch)
                    outcome = worker.run(job(page, known, self._settings), heard.append)
                except WorkerError as error:
                    if worker is not None:
                        worker.close()
                        worker = None
                    if attempt < ATTEMPTS - 1:
                        continue
                    if not heard:  # no page has run: it is not this one's fault
                        raise
                    step = max(0, *map(begins, heard))
                    outcome = Outcome(tuple(heard), f"ended with its worker: {error}", step)
                future.set_result(
                    gather(page, known, outcome, store=self._store, survey=self._survey)
                )
                break
        except BaseException as error:
            future.set_exception(error)
        if self._progress:
            self._progress.page(len(page.cells))
        return worker

    def _hire(self, scratch: Path) -> Worker | Fresh:
        kind = Worker if self._settings.fork else Fresh
        return kind(scratch, confinement=self._settings.confinement, environment=self._environment)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def default_workers() -> int:
    """Give the number of workers for this machine: one per core that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
