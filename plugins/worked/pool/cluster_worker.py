"""What runs in a worker of a Dask cluster: a crew of warm processes, as a build has them at home.

A build has one task in each worker, whose result it holds as long as it lasts: the crew begins with
that task, and ends where its result is let go, whether the build has ended or was killed.
"""

import asyncio
import contextlib
import json
import os
import queue
import tempfile
import threading
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from distributed import Worker, WorkerPlugin, get_worker
from distributed.utils import sync

from worked.errors import ConfigError, WorkerError
from worked.pool import answers, cluster_limits, facts
from worked.pool.answers import Answer
from worked.pool.folders import remove_folder
from worked.pool.process import ForkServer, FreshProcess
from worked.pool.runner import Runner, RunnerLostError, Slot
from worked.pool.shipping import Depot
from worked.pool.zygote import ZygoteThread
from worked.sandbox import ENVIRONMENT, FLOOR, Confinement, choose, probe
from worked.settings import Settings
from worked.versions import InstalledModules

_NOBODY: Final = answers.pack_answer(Answer(""))


class PageCrew(WorkerPlugin):
    """The warm processes of one build in one worker, and the files of its pages."""

    def __init__(self, hired: str, confinement: Confinement, place: Path) -> None:
        """Start nothing yet.

        Args:
            hired: the key of the task whose result the build holds.
            confinement: of the pages.
            place: where the folder of the crew is made.
        """
        self.name = f"worked-crew-{uuid.uuid4().hex}"
        self._hired = hired
        self._confinement = confinement
        self._folder = Path(tempfile.mkdtemp(prefix="worked-", dir=place))
        self.depot = Depot(self._folder)
        self._installed = InstalledModules()
        self._lock = threading.Lock()
        self._cut = threading.Event()
        self._slots: queue.SimpleQueue[Slot] = queue.SimpleQueue()
        self._running: set[str] = set()
        self._zygote: ZygoteThread | None = None

    def setup(self, worker: Worker) -> None:
        """Warm up: a page comes soon."""
        self._worker = worker
        for _ in range(worker.state.nthreads):
            self._slots.put(Slot(self._start))
        if Settings(root=self._folder).fork:
            self._zygote = ZygoteThread(environment=ENVIRONMENT, scratch=self._folder)

    def transition(self, key: object, start: str, finish: str, **_: Any) -> None:
        """End where the build has let its task go, or cancels a page that runs."""
        is_cancelled = key in self._running and finish in ("cancelled", "released", "forgotten")
        is_let_go = key == self._hired and start == "memory"
        if (is_cancelled or is_let_go) and not self._cut.is_set():
            self._cut.set()
            self._worker.loop.add_callback(self._leave)

    async def _leave(self) -> None:
        if self.name in self._worker.plugins:
            await self._worker.plugin_remove(self.name)

    async def teardown(self, worker: Worker) -> None:
        """End the processes, also amid a page, and remove the folder."""
        self._cut.set()
        await asyncio.get_running_loop().run_in_executor(None, self._close)

    def run(self, key: str, order: bytes) -> bytes:
        """Run one page.

        Args:
            key: of the task that this is.
            order: the job, packed by a `Shipper`.
        """
        self._running.add(key)
        try:
            return answers.pack_answer(self._answer(order))
        finally:
            self._running.discard(key)

    def _answer(self, order: bytes) -> Answer:
        slot = self._slots.get()
        try:
            outcome = slot.run(self.depot.unpack(order))
            used = facts.used_versions(facts.loaded_modules(outcome), self._installed)
            return Answer(self.name, outcome, used=used)
        except RunnerLostError as error:
            return Answer(self.name, error.outcome, lost=str(error))
        except (WorkerError, OSError) as error:
            return Answer(self.name, unable=str(error))
        finally:
            if self._cut.is_set():
                slot.close()
            self._slots.put(slot)

    def _start(self) -> Runner:
        if self._cut.is_set():
            raise RunnerLostError("the build has ended")
        if self._zygote is None:
            return FreshProcess(self._folder, confinement=self._confinement, cut=self._cut)
        fork = self._zygote.fork
        return ForkServer(self._folder, confinement=self._confinement, fork=fork, cut=self._cut)

    def _close(self) -> None:
        if self._zygote is not None:
            self._zygote.cut()
            self._zygote.release()
            self._zygote.thread.join(cluster_limits.GOODBYE)
        with contextlib.suppress(queue.Empty):
            while True:
                self._slots.get_nowait().close()
        remove_folder(self._folder)


def hire(mode: str) -> bytes:
    """Be the task by which a build begins on a worker: let a crew begin, and say what is there.

    Args:
        mode: how the cells of the build are confined; nothing else will do.

    Returns:
        JSON: the name of the crew, what is there, and why it cannot be, where it cannot.
    """
    worker = get_worker()
    said = {"crew": "", "unable": "", "facts": facts.own_facts()}
    try:
        confinement = _confinement(mode)
        hired = str(worker.get_current_task())
        crew = PageCrew(hired, confinement, Path(worker.local_directory))
        sync(worker.loop, worker.plugin_add, crew, crew.name, catch_errors=False)
        said["crew"] = crew.name
    except (ConfigError, OSError) as error:
        said["unable"] = str(error)
    return json.dumps(said).encode()


def keep_parts(crew: str, parts: Mapping[str, bytes], dask_worker: Worker) -> None:
    """Keep what pages need; it comes apart from the tasks, which the scheduler holds."""
    found = dask_worker.plugins.get(crew)
    if not isinstance(found, PageCrew):
        raise LookupError("the crew has gone")
    found.depot.keep(parts)


def run_order(crew: str, order: bytes) -> bytes:
    """Be the task that runs one page."""
    worker = get_worker()
    found = worker.plugins.get(crew)
    if not isinstance(found, PageCrew):
        return _NOBODY
    return found.run(str(worker.get_current_task()), order)


def _confinement(mode: str) -> Confinement:
    """Choose the walls that this machine has for a mode.

    Raises:
        ConfigError: it has none, or demands more.
    """
    able, floor = probe(), os.environ.get(FLOOR, "")
    chosen = choose(mode, floor=floor, able=able)
    if chosen.mode != mode:
        raise ConfigError(f"{FLOOR}={floor} there, and the build is {mode}")
    return able if able.mode == mode else chosen
