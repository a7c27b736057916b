"""Schedule one build: look pages up, run the stale ones in the pool, hand results out."""

import functools
import os
import sys
import threading
import time
from concurrent.futures import Future
from dataclasses import replace
from graphlib import TopologicalSorter
from typing import Final

from worked.builds.cached import CachedPage
from worked.builds.collect import collect
from worked.builds.job import make_job
from worked.builds.lookup import look_up
from worked.builds.progress import Progress
from worked.builds.recent import RecentPages
from worked.cache import Fingerprints, Store, base_key
from worked.exports import ExportGraph, PageImports, dependency_failed, imports_of
from worked.page import Page, PageResult
from worked.pool import Outcome, RunnerLostError, Slot, Work, WorkerPool
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
        recent: RecentPages | None = None,
    ) -> None:
        """Start at once, in threads; `result` waits for a page.

        Args:
            graph: of the whole site, with whose exporters the pages come; None where the pages
                are the whole site.
            pool: whose workers stay for the next build; None for workers that end with this one.
            progress: is told how far the running is.
            recent: what earlier builds of this process have found of the pages.
        """
        self.began = time.monotonic()
        self.settings = settings
        self._store = store
        self._recent = recent
        self._pages = {page.name: page for page in pages}
        self._futures: dict[str, Future[PageResult]] = {name: Future() for name in self._pages}
        self._graph = graph or ExportGraph(pages, settings.folder)
        self._pool = pool or WorkerPool()
        self._pool.configure(settings)
        self._pool_stays = pool is not None
        self._fingerprints = Fingerprints(settings.packages)
        packages = [name for name, _ in settings.packages]
        self._base = base_key(packages, settings.confinement.mode)
        self._lock = threading.Lock()
        self._order = TopologicalSorter({page.name: self._awaited(page) for page in pages})
        self._order.prepare()
        self._is_running = False
        self._left = set(self._pages)
        """Names of the pages that cannot be looked up before others have run."""
        self._progress: Progress | None = None
        try:
            works = self._advance()
        except BaseException:
            if not self._pool_stays:
                self._pool.release()
            raise
        coming = [self._pages[name] for name in self._futures if not self._futures[name].done()]
        self._progress = progress
        if progress:
            progress.begin(len(coming), sum(len(page.cells) for page in coming))
        self.workers = min(settings.workers, len(coming))
        self._is_running = True
        with self._lock:  # workers that are there already begin at once
            self._pool.grow(self.workers)
            self._submit(works)

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
        known = sum(cell is not None for result in results for cell in result.cells)
        without = f", {cells - known} without a result" if cells > known else ""
        parts = [
            f"worked: {_count(len(results), 'page')}, {_count(cells, 'cell')}: {ran} ran, ",
            f"{known - ran} kept{without} in {time.monotonic() - self.began:.1f} s",
        ]
        if self.workers:
            parts.append(f", {self._pool.words(self.workers)}")
        return "".join(parts)

    def close(self) -> None:
        """Bring the store within its limit, once everything is kept."""
        self.results()
        self._store.trim()

    def _advance(self) -> list[Work]:
        """Look up every page that nothing holds back any more; give what has to run.

        A page that need not run may let others go.  Before anything runs, an error is the build's.
        """
        works: list[Work] = []
        while ready := self._order.get_ready():
            for name in ready:
                self._left.discard(name)
                try:
                    known = self._look_up(self._pages[name])
                except BaseException as error:
                    if not self._is_running:
                        raise
                    self._futures[name].set_exception(error)
                    self._finish(name)
                    continue
                if known.is_whole:
                    self._futures[name].set_result(self._known_result(known))
                    self._finish(name)
                else:
                    self._pool.warm_up()  # while the others are looked up
                    works.append(functools.partial(self._settle, known))
        return works

    def _known_result(self, known: CachedPage) -> PageResult:
        return self._recent.result(known) if self._recent else known.result(0, ())

    def _finish(self, name: str) -> None:
        """Count a page as done."""
        self._order.done(name)
        if self._progress:
            self._progress.page(len(self._pages[name].cells))

    def _look_up(self, page: Page) -> CachedPage:
        before = {name: self._futures[name].result() for name in self._awaited(page)}
        failed = [name for name, result in before.items() if result.problems]
        if failed:
            line = self._graph.exporter_lines(page.name)[failed[0]]
            imports = PageImports(problems=(dependency_failed(page.name, line, failed[0]),))
        else:
            values = {name: result.exports for name, result in before.items()}
            imports = imports_of(self._graph, page.name, values)
        return look_up(
            page,
            self._base,
            settings=self.settings,
            store=self._store,
            fingerprints=self._fingerprints,
            imports=imports,
            recent=self._recent,
        )

    def _awaited(self, page: Page) -> list[str]:
        """List the pages that must have run before one: none where it will not run itself."""
        if self._graph.problems(page.name):
            return []
        return list(self._graph.exporter_lines(page.name))

    def _settle(self, known: CachedPage, slot: Slot) -> None:
        """Fill one page's future, with its result or with what went wrong; let others go."""
        name = known.page.name
        try:
            outcome = self._run(known, slot)
            result = collect(known, outcome, store=self._store, fingerprints=self._fingerprints)
            self._futures[name].set_result(result)
        except BaseException as error:
            self._futures[name].set_exception(error)
        with self._lock:
            self._finish(name)
            self._submit(self._advance())

    def _run(self, known: CachedPage, slot: Slot) -> Outcome:
        """Run a page, once more where it was the worker that failed."""
        for _ in range(_ATTEMPTS):
            try:
                return slot.run(make_job(known, self.settings))
            except RunnerLostError as error:
                last = error
        if not last.outcome.messages:  # no page has run: it is not this one's fault
            raise last
        return replace(last.outcome, ending=f"ended with its worker: {last}")

    def _submit(self, works: list[Work]) -> None:
        """Give the pool what has to run; its own workers end once nothing more can come."""
        for work in works:
            self._pool.submit(work)
        if not self._left and not self._pool_stays:
            self._pool.release()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def default_workers() -> int:
    """Give the number of workers for this machine: one per core that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
