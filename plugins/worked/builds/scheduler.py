"""Which pages are stale and by how many workers they run: the whole trip in one place."""

import functools
import os
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Final

from worked.builds.collect import collect
from worked.builds.lookup import CachedPage, look_up, make_job
from worked.builds.progress import Progress
from worked.cache import Fingerprints, Store, base_key
from worked.errors import WorkerError
from worked.exports import ExportGraph, PageImports, dependency_failed, imports_of
from worked.page import Page, PageResult
from worked.pool import Outcome, Slot, Work, WorkerPool, begun_step
from worked.settings import Settings

_ATTEMPTS: Final = 2
"""How often a page is tried when the worker, not the page, fails."""


class Build:
    """One build: looks every page up, runs what is stale, hands results out as they come."""

    def __init__(
        self,
        pages: list[Page],
        *,
        settings: Settings,
        store: Store,
        graph: ExportGraph | None = None,
        pool: WorkerPool | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Start at once, in threads; `result` waits for a page.

        Args:
            library: of the whole site, with whose exporters the pages come; None where the pages
                are the whole site.
            crew: whose workers stay for the next trip; None for workers that end with this one.
            progress: is told how far the running is.
        """
        self._progress = progress
        self.began = time.monotonic()
        self.settings = settings
        self._store = store
        self._futures: dict[str, Future[PageResult]] = {page.name: Future() for page in pages}
        self._graph = graph or ExportGraph(pages, settings.folder)
        self._pool = pool or WorkerPool()
        self._pool.configure(settings)
        self._pool_stays = pool is not None
        self._held: dict[str, Page] = {}
        """Pages that cannot be looked up before others have run."""
        self._lock = threading.Lock()
        self._fingerprints = Fingerprints(settings.packages)
        names = [name for name, _ in settings.packages]
        self._base = base_key(names, settings.confinement.mode)
        works: list[Work] = []
        coming = [
            page
            for page in self._graph.ordered(pages)
            if self._waits(page) or self._admit(page, works.append)
        ]
        if progress:
            progress.begin(len(coming), sum(len(page.cells) for page in coming))
        self.workers = min(settings.workers, len(coming))
        with self._lock:  # workers that are there already begin at once
            self._pool.grow(self.workers)
            for work in works:
                self._pool.submit(work)
            self._release()

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
    def graph(self) -> ExportGraph:
        """What the pages take of each other."""
        return self._graph

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

    def _settle(self, page: Page, known: CachedPage, slot: Slot) -> None:
        """Fill one page's future, with its result or with what went wrong."""
        future = self._futures[page.name]
        try:
            outcome = self._run(page, known, slot)
            future.set_result(
                collect(page, known, outcome, store=self._store, fingerprints=self._fingerprints)
            )
        except BaseException as error:
            future.set_exception(error)
        self._finish(page)

    def _run(self, page: Page, known: CachedPage, slot: Slot) -> Outcome:
        """Run a page, once more where it was the worker that failed."""
        for _ in range(_ATTEMPTS):
            received: list[dict[str, Any]] = []
            try:
                return slot.run(make_job(page, known, self.settings), received.append)
            except WorkerError as error:
                last = error
        if not received:  # no page has run: it is not this one's fault
            raise last
        step = max(0, *map(begun_step, received))
        return Outcome(tuple(received), f"ended with its worker: {last}", step)

    def _waits(self, page: Page) -> bool:
        """Hold a page back until those that it takes values from have run."""
        if all(self._futures[name].done() for name in self._awaited(page)):
            return False
        self._held[page.name] = page
        return True

    def _admit(self, page: Page, submit: Callable[[Work], None]) -> bool:
        """Look a page up; false where that settles it, true where `ask` is told to run it."""
        before = {name: self._futures[name].result() for name in self._awaited(page)}
        failed = [name for name, result in before.items() if result.problems]
        if failed:
            line = self._graph.exporter_lines(page.name)[failed[0]]
            shared = PageImports(problems=(dependency_failed(page.name, line, failed[0]),))
        else:
            values = {name: result.exports for name, result in before.items()}
            shared = imports_of(self._graph, page.name, values)
        known = look_up(
            page,
            self._base,
            settings=self.settings,
            store=self._store,
            fingerprints=self._fingerprints,
            shared=shared,
        )
        if known.is_whole:
            self._futures[page.name].set_result(known.result(0, ()))
            return False
        submit(functools.partial(self._settle, page, known))
        return True

    def _awaited(self, page: Page) -> list[str]:
        """List the pages that must have run before one: none where it will not run itself."""
        if self._graph.problems(page.name):
            return []
        return list(self._graph.exporter_lines(page.name))

    def _finish(self, page: Page) -> None:
        """Count a page as done, and let go of those that it alone held back."""
        with self._lock:
            done = [page]
            while done:
                one = done.pop()
                if self._progress:
                    self._progress.page(len(one.cells))
                done += [held for held in self._released() if not self._is_queued(held)]
            self._release()

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
            return self._admit(page, self._pool.submit)
        except BaseException as error:
            self._futures[page.name].set_exception(error)
            return False

    def _release(self) -> None:
        """Let this trip's own workers end, once nothing can come any more."""
        if not self._held and not self._pool_stays:
            self._pool.release()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def default_workers() -> int:
    """Give the number of workers for this machine: one per core that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
