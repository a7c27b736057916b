"""Threads that keep one warm worker process each, page after page and build after build."""

import queue
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from worked import limits
from worked.pool.process import ForkServer, FreshProcess, Outcome
from worked.protocol.messages import Job
from worked.sandbox import ENVIRONMENT, Confinement
from worked.settings import Settings


class Slot:
    """One slot of the pool: starts its worker on first use, replaces it after a failure."""

    def __init__(
        self, scratch: Path, *, confinement: Confinement, environment: Mapping[str, str], fork: bool
    ) -> None:
        """Start nothing yet; the arguments are those of `ForkServer`.

        Args:
            fork: whether pages run in forks of a warm process, or each in a new interpreter.
        """
        self._scratch = scratch
        self._confinement = confinement
        self._environment = environment
        self._fork = fork
        self._worker: ForkServer | FreshProcess | None = None

    def run(self, job: Job, on_message: Callable[[dict[str, Any]], None]) -> Outcome:
        """Run one page; see `ForkServer.run`."""
        if self._worker is None:
            kind = ForkServer if self._fork else FreshProcess
            self._worker = kind(
                self._scratch, confinement=self._confinement, environment=self._environment
            )
        try:
            return self._worker.run(job, on_message)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let the worker go; harmless when there is none."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None


Work = Callable[[Slot], None]
"""What one thread does with its worker; it must not raise."""


class WorkerPool:
    """The workers of one build, or of all builds of a preview; use it with `with`, or close it."""

    def __init__(
        self, *, environment: Mapping[str, str] = ENVIRONMENT, scratch: Path | None = None
    ) -> None:
        """Start nothing yet.

        Args:
            environment: of the workers.
            scratch: where their folders are made; None for the system's own place.
        """
        self._environment = environment
        self._scratch = scratch
        self._settings: Settings | None = None
        self._threads: list[threading.Thread] = []
        self._queue: queue.SimpleQueue[Work | None] = queue.SimpleQueue()

    def configure(self, settings: Settings) -> None:
        """Settle on what the workers are to be; those that worked on other terms end."""
        if self._settings is None or _terms(settings) != _terms(self._settings):
            self.release()
            self._settings = settings

    def grow(self, count: int) -> None:
        """Have at least so many threads, of the terms settled on."""
        assert self._settings is not None  # noqa: S101 - `configure` comes first
        while len(self._threads) < count:
            # the pool may have another queue by the time that the thread begins
            given = (self._settings, self._queue)
            thread = threading.Thread(target=self._work, args=given, daemon=True)
            self._threads.append(thread)
            thread.start()

    def submit(self, work: Work) -> None:
        """Let one of the threads do it, in its turn."""
        self._queue.put(work)

    def release(self) -> list[threading.Thread]:
        """Let every thread end after what it was asked; give those threads."""
        leaving = self._threads
        for _ in leaving:
            self._queue.put(None)
        self._threads, self._queue = [], queue.SimpleQueue()
        return leaving

    def close(self) -> None:
        """End the threads and their processes."""
        for thread in self.release():
            thread.join(limits.FAREWELL)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _work(self, settings: Settings, works: queue.SimpleQueue[Work | None]) -> None:
        """Be one thread: a worker's process ends with the thread that has started it."""
        with tempfile.TemporaryDirectory(
            prefix="worked-", dir=self._scratch, ignore_cleanup_errors=True
        ) as scratch:
            slot = Slot(
                Path(scratch),
                confinement=settings.confinement,
                environment=self._environment,
                fork=settings.fork,
            )
            while (work := works.get()) is not None:
                work(slot)
                del work  # with all that a build holds
            slot.close()


def _terms(settings: Settings) -> tuple[object, ...]:
    """Give what a worker has from its beginning: the rest comes with each page."""
    return settings.workers, settings.confinement, settings.fork
