"""Threads that keep one worker process each, page after page and build after build.

Not a `ThreadPoolExecutor`: its threads are joined when Python ends, so a build that is cut off
would wait for its pages, and the kernel ends a worker together with the thread that started it.
"""

import atexit
import contextlib
import importlib.util
import os
import queue
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from worked import limits
from worked.errors import ConfigError
from worked.pool.folders import ScratchFolder, remove_own
from worked.pool.process import ForkServer, FreshProcess
from worked.pool.runner import Runner, RunnerLostError, Slot, StartRunner
from worked.pool.zygote import ZygoteThread
from worked.sandbox import ENVIRONMENT
from worked.settings import Settings

if TYPE_CHECKING:  # few builds have a cluster
    from worked.pool.cluster import Cluster


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
        self._source: ZygoteThread | Cluster | None = None
        """What the threads get their runners from."""
        self._cluster: Cluster | None = None
        """The last one."""
        self._threads: list[threading.Thread] = []
        self._leaving: list[threading.Thread] = []
        """They end after what they were asked."""
        self._sources: list[ZygoteThread | Cluster] = []
        """Theirs; each ends with the last of them."""
        self._cut = threading.Event()
        self._process = 0
        """Whose this is, once there is something to end."""
        self._queue: queue.SimpleQueue[Work | None] = queue.SimpleQueue()

    def configure(self, settings: Settings) -> None:
        """Settle on what the workers are to be; those that worked on other terms end.

        Raises:
            ConfigError: they are to be on a cluster, and what that needs is not installed.
        """
        if settings.cluster and importlib.util.find_spec("distributed") is None:
            said = f"workers: {settings.cluster} needs Dask: pip install 'mkdocs-worked[dask]'"
            raise ConfigError(said)
        is_spent = self._cluster is not None and bool(self._cluster.failure)
        if is_spent or self._settings is None or _terms(settings) != _terms(self._settings):
            self.release()
            self._settings, self._cluster = settings, None

    def warm_up(self) -> None:
        """Start the process that workers are forked from, unless it is there: some will be needed.

        Nobody waits for it here: it takes a second, and the build has other things to do.
        """
        assert self._settings is not None  # noqa: S101 - `configure` comes first
        if not self._process:
            self._process = os.getpid()
            atexit.register(self._close_at_exit)
        if self._source is not None or self._start is not None:
            return
        if self._settings.cluster:
            from worked.pool.cluster import Cluster

            self._cluster = Cluster(self._settings.cluster, self._settings.confinement.mode)
            self._source = self._cluster
        elif self._settings.fork:
            self._source = ZygoteThread(environment=self._environment, scratch=self._scratch)

    def grow(self, count: int) -> None:
        """Have at least so many threads, of the terms settled on."""
        assert self._settings is not None  # noqa: S101 - `configure` comes first
        if count:
            self.warm_up()
        while len(self._threads) < count:
            if self._source is not None:
                self._source.hold()
            # the pool may have another queue by the time that the thread begins
            given = (self._settings, self._queue, self._source, self._cut)
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
        if self._source is not None:
            self._source.release()
            self._sources = [one for one in self._sources if one.thread.is_alive()]
            self._sources.append(self._source)
            leaving = [*leaving, self._source.thread]
        self._threads, self._queue, self._source = [], queue.SimpleQueue(), None
        return leaving

    def words(self, count: int) -> str:
        """Say who has worked, as the closing line of a build does.

        Args:
            count: how many threads had something to do.
        """
        assert self._settings is not None  # noqa: S101 - `configure` comes first
        confinement = self._settings.confinement
        if self._cluster is None:
            return f"{_count(count)}, {confinement.level}"
        used, remarks = self._cluster.told()
        place = f"{_count(used)} on {self._settings.cluster}"
        return "\n".join([f"{place}, {confinement.mode}", *remarks])

    def close(self) -> None:
        """End the threads and their processes, also amid a page; remove their folders."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._queue.get_nowait()
        self._cut.set()
        if self._cluster is not None:
            self._cluster.cut()
        self.release()
        until = time.monotonic() + limits.FAREWELL
        _join(self._leaving, time.monotonic() + limits.LAST_WORD)
        if any(thread.is_alive() for thread in self._leaving):  # one waits for a process, say
            for source in self._sources:
                source.cut()
        left = _join([*self._leaving, *(one.thread for one in self._sources)], until)
        if left:
            remove_own(self._scratch)
        self._leaving, self._sources, self._cut = [], [], threading.Event()
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
        source: "ZygoteThread | Cluster | None",
        cut: threading.Event,
    ) -> None:
        """Be one thread, with a worker of its own."""

        def start() -> Runner:
            if cut.is_set():
                raise RunnerLostError("the build has ended")
            return self._runner(scratch, settings, source, cut)

        with ScratchFolder(self._scratch) as scratch:
            slot = Slot(start)
            while (work := works.get()) is not None:
                work(slot)
                del work  # with all that a build holds
            slot.close()
        if source is not None:
            source.release()

    def _runner(
        self,
        scratch: ScratchFolder,
        settings: Settings,
        source: "ZygoteThread | Cluster | None",
        cut: threading.Event,
    ) -> Runner:
        confinement = settings.confinement
        if self._start is not None:
            return self._start(scratch.path)
        if isinstance(source, ZygoteThread):
            return ForkServer(scratch.path, confinement=confinement, fork=source.fork, cut=cut)
        if source is not None:
            from worked.pool.cluster_runner import ClusterRunner

            return ClusterRunner(source)
        return FreshProcess(
            scratch.path, confinement=confinement, environment=self._environment, cut=cut
        )


def _join(threads: list[threading.Thread], until: float) -> list[threading.Thread]:
    """Wait for threads to end; give those that have not."""
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    return [thread for thread in threads if thread.is_alive()]


def _count(workers: int) -> str:
    return "1 worker" if workers == 1 else f"{workers} workers"


def _terms(settings: Settings) -> tuple[object, ...]:
    """Give what a worker has from its beginning: the rest comes with each page."""
    return settings.workers, settings.cluster, settings.confinement, settings.fork
