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
from worked.library import Library, waits
from worked.listen import begins
from worked.lookup import Known, PageResult, job, look_up
from worked.page import Page
from worked.pool import Fresh, Outcome, Worker
from worked.progress import Progress
from worked.settings import Settings
from worked.sharing import Shared, share
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
        library: Library | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Start at once, in threads; `result` waits for a page.

        Args:
            library: of the whole site, with whose exporters the pages come; None where the pages
                are the whole site.
            environment: of the workers.
            scratch: where the workers' folders are made; None for the system's own place.
            progress: is told how far the running is.
        """
        self._environment = environment
        self._scratch = scratch
        self._progress = progress
        self.began = time.monotonic()
        self.settings = settings
        self._store = store
        self._futures: dict[str, Future[PageResult]] = {page.name: Future() for page in pages}
        self._library = library or Library(pages, settings.folder)
        self._stale: queue.SimpleQueue[tuple[Page, Known] | None] = queue.SimpleQueue()
        self._held: dict[str, Page] = {}
        """Pages that cannot be looked up before others have run."""
        self._dismissed = False
        self._lock = threading.Lock()
        self._survey = Survey(settings.packages)
        names = [name for name, _ in settings.packages]
        self._base = keys.base(names, settings.confinement.mode)
        count = cells = 0
        for page in self._library.ordered(pages):
            if self._waits(page) or self._admit(page):
                count += 1
                cells += len(page.cells)
        if progress:
            progress.begin(count, cells)
        self.workers = min(settings.workers, count)
        if not self._held:
            self._dismiss()
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

    @property
    def library(self) -> Library:
        """What the pages take of each other."""
        return self._library

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
            parts.append(f", {_count(self.workers, 'worker')}, {self.settings.confinement.level}")
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
                if (next_one := self._stale.get()) is None:
                    break
                page, known = next_one
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
                    outcome = worker.run(job(page, known, self.settings), heard.append)
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
        self._finish(page)
        return worker

    def _waits(self, page: Page) -> bool:
        """Hold a page back until those that it takes values from have run."""
        if all(self._futures[name].done() for name in self._awaited(page)):
            return False
        self._held[page.name] = page
        return True

    def _admit(self, page: Page) -> bool:
        """Look a page up; false where it is settled by that, true where it now waits to run."""
        before = {name: self._futures[name].result() for name in self._awaited(page)}
        failed = [name for name, result in before.items() if result.problems]
        if failed:
            line = self._library.exporter_lines(page.name)[failed[0]]
            shared = Shared(problems=(waits(page.name, line, failed[0]),))
        else:
            values = {name: result.exports for name, result in before.items()}
            shared = share(self._library, page.name, values)
        known = look_up(
            page,
            self._base,
            settings=self.settings,
            store=self._store,
            survey=self._survey,
            shared=shared,
        )
        if known.is_whole:
            self._futures[page.name].set_result(known.result(0, ()))
            return False
        self._stale.put((page, known))
        return True

    def _awaited(self, page: Page) -> list[str]:
        """List the pages that must have run before one: none where it will not run itself."""
        if self._library.problems(page.name):
            return []
        return list(self._library.exporter_lines(page.name))

    def _finish(self, page: Page) -> None:
        """Count a page as done, and let go of those that it alone held back."""
        with self._lock:
            done = [page]
            while done:
                one = done.pop()
                if self._progress:
                    self._progress.page(len(one.cells))
                done += [held for held in self._released() if not self._is_queued(held)]
            if not self._held:
                self._dismiss()

    def _released(self) -> list[Page]:
        """Take out the pages that nothing holds back any more."""
        free = [
            page
            for page in self._held.values()
            if all(self._futures[name].done() for name in self._awaited(page))
        ]
        for page in free:
            del self._held[page.name]
        return free

    def _is_queued(self, page: Page) -> bool:
        """Look a page up that was held back, whatever has become of those before it."""
        try:
            return self._admit(page)
        except BaseException as error:
            self._futures[page.name].set_exception(error)
            return False

    def _dismiss(self) -> None:
        """Let every thread end, once, behind what is in the queue."""
        if not self._dismissed:
            self._dismissed = True
            for _ in range(self.workers):
                self._stale.put(None)

    def _hire(self, scratch: Path) -> Worker | Fresh:
        kind = Worker if self.settings.fork else Fresh
        return kind(scratch, confinement=self.settings.confinement, environment=self._environment)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def default_workers() -> int:
    """Give the number of workers for this machine: one per core that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
