"""Dask clusters of real processes on this machine, each with a folder of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from processes import AT_LAST, working_in

_ENVIRONMENT: Final = {
    **os.environ,
    "OPENBLAS_NUM_THREADS": "1",
    "DASK_LOGGING__DISTRIBUTED": "info",
}


def wait_until(holds: Callable[[], object]) -> None:
    """Wait for something to hold.

    Raises:
        TimeoutError: it does not, even on a busy machine.
    """
    until = time.monotonic() + AT_LAST
    while not holds():
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.01)


def _processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").glob("[0-9]*")]


def _parent(process: int) -> int:
    """The parent of a process; 0 where that has ended."""
    try:
        return int(Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[1])
    except OSError:
        return 0


class Program:
    """A scheduler or a worker, in a process of its own."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        folder.mkdir()
        self.folder = folder
        self.log = folder / "log.txt"
        with self.log.open("wb") as stream:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                cwd=folder,
                env={**_ENVIRONMENT, **environment},
                stdout=stream,
                stderr=stream,
            )

    def send(self, number: int) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def wait(self) -> int:
        """Wait for its end; give its exit status."""
        return self.process.wait(AT_LAST)

    def end(self) -> None:
        """End it at once, also where it is stopped."""
        self.process.kill()
        self.process.wait()

    @property
    def pages(self) -> list[int]:
        """The processes of the pages that run on this worker."""
        warm = working_in(self.folder)
        lanes = [process for process in warm if _parent(process) in warm]
        return [process for process in _processes() if _parent(process) in lanes]

    def crews(self) -> list[Path]:
        """The folders of what builds have begun on this worker."""
        return list(self.folder.glob("dask-scratch-space/*/worked-*"))

    def has_said(self, text: str) -> bool:
        """Whether a text is in what it has logged."""
        return text in self.log.read_text("utf-8", "replace")


class DaskCluster:
    """A scheduler and its workers."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        """Start the scheduler.

        Args:
            folder: where everything is.
            arguments: of the scheduler.
            environment: what is changed in ours, for all.
        """
        self._folder = folder
        self._environment = environment
        self._file = folder / "scheduler.json"
        self._workers: list[Program] = []
        self.scheduler = Program(
            folder / "scheduler",
            "distributed.cli.dask_scheduler",
            *("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show"),
            *("--scheduler-file", str(self._file)),
            *arguments,
            **environment,
        )

    @property
    def address(self) -> str:
        """Of the scheduler, as a site writes it."""
        wait_until(lambda: self._file.exists() and self._file.stat().st_size)  # it is written late
        said: str = json.loads(self._file.read_text("utf-8"))["address"]
        return said.replace("tcp://", "dask://")

    def worker(self, *arguments: str, threads: int = 1, **environment: str) -> Program:
        """Start a worker, and wait until the scheduler knows it."""
        worker = self.begin_worker(*arguments, threads=threads, **environment)
        wait_until(lambda: worker.has_said("Registered to"))
        return worker

    def begin_worker(self, *arguments: str, threads: int = 1, **environment: str) -> Program:
        """Start a worker."""
        assert self.address
        worker = Program(
            self._folder / f"worker-{len(self._workers)}",
            "distributed.cli.dask_worker",
            *("--scheduler-file", str(self._file), "--no-dashboard", "--no-nanny"),
            *("--nthreads", str(threads), "--local-directory", "."),
            *arguments,
            **self._environment,
            **environment,
        )
        self._workers.append(worker)
        return worker

    def end(self) -> None:
        """End everything at once."""
        for program in (*self._workers, self.scheduler):
            program.end()


@contextmanager
def dask_cluster(folder: Path, *arguments: str, **environment: str) -> Iterator[DaskCluster]:
    """Start a scheduler; end it, and all workers that were started, at the end."""
    folder.mkdir(exist_ok=True)
    cluster = DaskCluster(folder, *arguments, **environment)
    try:
        yield cluster
    finally:
        cluster.end()
