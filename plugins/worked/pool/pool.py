"""Threads that keep one worker process each, page after page and build after build.

Not a `ThreadPoolExecutor`: its threads are joined when Python ends, so a build that is cut off
would wait for its pages, and the kernel ends a worker together with the thread that started it.
"""

import atexit
import contextlib
import os
import queue
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from worked import limits
from worked.pool.folders import ScratchFolder, remove_own
from worked.pool.process import ForkServer, FreshProcess
from worked.pool.runner import Outcome, Runner, RunnerLostError, StartRunner
from worked.pool.zygote import ZygoteThread
from worked.protocol.messages import Job
from worked.sandbox import ENVIRONMENT
from worked.settings import Settings


class Slot:
    """One slot of the pool: starts its runner on first use, replaces it after a failure."""

    def __init__(self, start: Callable[[], Runner]) -> None:
        """Start nothing yet."""
        self._start = start
        self._runner: Runner | None = None

    def run(self, job: Job) -> Outcome:
        """Run one page; see `Runner.run`."""
        if self._runner is None:
            self._runner = self._start()
        try:
            return self._runner.run(job)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let the runner go; harmless when there is none."""
        if self._runner is not None:
            self._runner.close()
            self._runner = None


Work = Callable[[Slot], None]
"""What one thread does with its worker; it must not raise."""


class WorkerPool:
    """The workers of one build, or of all builds of a preview; use it with `with`, or close it."""

    def __init__(
        self,
        *,
        environment: Mapping[str, str] = ENVIRONMENT,
        scratch: Path | None = None,
        start: StartRunner | None = None,
    ) -> None:
        """Start nothing yet.

        Args:
            environment: of the workers.
            scratch: where their folders are made; None for the system's own place.
            start: starts what runs pages; None for processes of this machine.
        """
        self._start = start
        self._environment = environment
        self._scratch = scratch
        self._settings: Settings | None = None
        self._zygote: ZygoteThread | None = None
        self._threads: list[threading.Thread] = []
        self._leaving: list[threading.Thread] = []
        """They end after what they were asked."""
        self._zygotes: list[ZygoteThread] = []
        """Theirs; each ends with the last of them."""
        self._cut = threading.Event()
        self._process = 0
        """Whose this is, once there is something to end."""
        self._queue: queue.SimpleQueue[Work | None] = queue.SimpleQueue()

    def configure(self, settings: Settings) -> None:
        """Settle on what the workers are to be; those that worked on other terms end."""
        if self._settings is None or _terms(settings) != _terms(self._settings):
            self.release()
            self._settings = settings

    def warm_up(self) -> None:
        """Start the process that workers are forked from, unless it is there: some will be needed.

        Nobody waits for it here: it takes a second, and the build has other things to do.
        """
        assert self._settings is not None  # noqa: S101 - `configure` comes first
        if not self._process:
            self._process = os.getpid()
            atexit.register(self._close_at_exit)
        if self._settings.fork and self._zygote is None and self._start is None:
            self._zygote = ZygoteThread(environment=self._environment, scratch=self._scratch)

    def grow(self, count: int) -> None:
        """Have at least so many threads, of the terms settled on."""
        assert self._settings is not None  # noqa: S101 - `configure` comes first
        if count:
            self.warm_up()
        while len(self._threads) < count:
            if self._zygote is not None:
                self._zygote.hold()
            # the pool may have another queue by the time that the thread begins
            given = (self._settings, self._queue, self._zygote, self._cut)
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
        self._leaving = [one for one in [*self._leaving, *self._threads] if one.is_alive()]
        if self._zygote is not None:
            self._zygote.release()
            self._zygotes = [one for one in self._zygotes if one.thread.is_alive()]
            self._zygotes.append(self._zygote)
            leaving = [*leaving, self._zygote.thread]
        self._threads, self._queue, self._zygote = [], queue.SimpleQueue(), None
        return leaving

    def close(self) -> None:
        """End the threads and their processes, also amid a page; remove their folders."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._queue.get_nowait()
        self._cut.set()
        self.release()
        until = time.monotonic() + limits.FAREWELL
        _join(self._leaving, time.monotonic() + limits.LAST_WORD)
        if any(thread.is_alive() for thread in self._leaving):  # one waits for a process, say
            for zygote in self._zygotes:
                zygote.cut()
        left = _join([*self._leaving, *(one.thread for one in self._zygotes)], until)
        if left:
            remove_own(self._scratch)
        self._leaving, self._zygotes, self._cut = [], [], threading.Event()
        self._process = 0
        atexit.unregister(self._close_at_exit)

    def _close_at_exit(self) -> None:
        """Leave nothing, however the program ends; a process that it has forked owns nothing."""
        if os.getpid() == self._process:
            self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _work(
        self,
        settings: Settings,
        works: queue.SimpleQueue[Work | None],
        zygote: ZygoteThread | None,
        cut: threading.Event,
    ) -> None:
        """Be one thread, with a worker of its own."""

        def start() -> Runner:
            if cut.is_set():
                raise RunnerLostError("the build has ended")
            return self._runner(scratch.path, settings, zygote, cut)

        with ScratchFolder(self._scratch) as scratch:
            slot = Slot(start)
            while (work := works.get()) is not None:
                work(slot)
                del work  # with all that a build holds
            slot.close()
        if zygote is not None:
            zygote.release()

    def _runner(
        self,
        scratch: Path,
        settings: Settings,
        zygote: ZygoteThread | None,
        cut: threading.Event,
    ) -> Runner:
        confinement = settings.confinement
        if self._start is not None:
            return self._start(scratch)
        if zygote is not None:
            return ForkServer(scratch, confinement=confinement, fork=zygote.fork, cut=cut)
        return FreshProcess(
            scratch, confinement=confinement, environment=self._environment, cut=cut
        )


def _join(threads: list[threading.Thread], until: float) -> list[threading.Thread]:
    """Wait for threads to end; give those that have not."""
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    return [thread for thread in threads if thread.is_alive()]


def _terms(settings: Settings) -> tuple[object, ...]:
    """Give what a worker has from its beginning: the rest comes with each page."""
    return settings.workers, settings.confinement, settings.fork
