"""A warm worker process as the build sees it: give it a page, watch the clock, read answers."""

import contextlib
import os
import queue
import selectors
import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from worked import limits
from worked.errors import WorkerError
from worked.pool.deaths import is_cut_short, outcome_of
from worked.pool.folders import make_folder, remove_folder
from worked.pool.monitor import ResourceMonitor
from worked.pool.runner import NO_OUTCOME, Outcome, RunnerLostError
from worked.pool.stream import Reader, pipe_reader, receive, until
from worked.pool.zygote import Fork, Zygote, private_folder, start_process
from worked.protocol.messages import Job, MessageError, pack_job, receive_message
from worked.sandbox import ENVIRONMENT, Confinement


class ForkServer:
    """One worker process; used by one thread at a time."""

    def __init__(
        self,
        scratch: Path,
        *,
        confinement: Confinement,
        environment: Mapping[str, str] = ENVIRONMENT,
        fork: Fork | None = None,
        cut: threading.Event | None = None,
    ) -> None:
        """Start the process.

        Args:
            confinement: of its pages.
            scratch: a folder that this worker may fill with folders for its pages.
            environment: all that the process gets, but for matplotlib's own folder.
            fork: forks it from a process that is warm already; None to start one for it alone,
                which ends with the thread that starts it.
            cut: once set, the page that runs ends at once.
        """
        self._scratch = scratch
        self._cut = cut or threading.Event()
        self._own: Zygote | None = None
        if fork is None:
            self._own = Zygote(scratch, environment)
            fork = self._own.fork
        self._control = fork(confinement)

    def run(self, job: Job) -> Outcome:
        """Run one page; see `Runner.run`."""
        folder = str(make_folder(self._scratch))
        mine, theirs = os.pipe()
        child, outcome = 0, NO_OUTCOME
        try:
            child, is_bounded = self._begin(job, folder, theirs)
            with selectors.DefaultSelector() as selector:
                watch = ResourceMonitor(child, Path(folder), is_bounded=is_bounded)
                take = until(self._cut, pipe_reader(mine, selector))
                received = receive(job, take, watch=watch)
            outcome = outcome_of(received, 0)
            closed = is_cut_short(received) and not self._has_answered()
            _kill(child)  # with whatever the page has started and left after
            return outcome_of(received, int(self._answer()["status"]), closed=closed)
        except (OSError, MessageError, WorkerError) as error:
            raise RunnerLostError(f"the worker process is gone: {error}", outcome) from error
        except BaseException:  # its next answer would be taken for one to the next page
            if child:
                _kill(child)  # the worker waits for it
            self.close()
            raise
        finally:
            os.close(mine)
            remove_folder(Path(folder))

    def close(self) -> None:
        """Let the process end, which waits for the next page; harmless when it has ended."""
        self._control.close()
        if self._own:
            self._own.close()

    def _begin(self, job: Job, folder: str, pipe: int) -> tuple[int, bool]:
        """Give the page's process, and whether the kernel bounds what it writes."""
        self._control.settimeout(limits.START)
        data = pack_job(_placed(job, folder))
        try:
            sent = socket.send_fds(self._control, [data], [pipe])
            self._control.sendall(data[sent:])
        finally:
            os.close(pipe)
        answer = self._answer()
        return int(answer["child"]), bool(answer["bounded"])

    def _has_answered(self) -> bool:
        """Whether the page's process ends by itself, after its pipe has."""
        seconds = 0.0 if self._cut.is_set() else limits.LAST_WORD
        with selectors.DefaultSelector() as selector:
            selector.register(self._control, selectors.EVENT_READ)
            return bool(selector.select(seconds))

    def _answer(self) -> dict[str, Any]:
        message = receive_message(lambda size: _exactly(self._control, size))
        if message is None:
            raise WorkerError("it ended")
        return message


class FreshProcess:
    """In place of a worker where a process must not fork: a new interpreter for each page."""

    def __init__(
        self,
        scratch: Path,
        *,
        confinement: Confinement,
        environment: Mapping[str, str] = ENVIRONMENT,
        cut: threading.Event | None = None,
    ) -> None:
        """Start nothing yet; the arguments are those of `ForkServer`."""
        self._scratch = scratch
        self._cut = cut or threading.Event()
        self._confinement = confinement
        self._environment = environment

    def run(self, job: Job) -> Outcome:
        """Run one page; see `Runner.run`."""
        folder = str(make_folder(self._scratch))
        private = private_folder(self._scratch)
        process = start_process(
            ["-", *self._confinement.arguments()],
            scratch=self._scratch,
            environment={**self._environment, **private},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        take, stop = _queued(process.stdout.fileno())
        try:
            with contextlib.suppress(BrokenPipeError), process.stdin as stream:
                stream.write(pack_job(_placed(job, folder)))
            watch = ResourceMonitor(process.pid, Path(folder))
            take = until(self._cut, take)
            received = receive(job, take, watch=watch, start=limits.START)
            if is_cut_short(received) and not self._cut.is_set():
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(limits.LAST_WORD)
            closed = is_cut_short(received) and process.poll() is None
        finally:
            if os.name == "posix":
                _kill(process.pid)  # with whatever the page has started and left after
            process.kill()
            status = process.wait()
            process.stdout.close()
            stop()
            remove_folder(Path(folder))
            for made in private.values():
                remove_folder(Path(made))
        return outcome_of(received, status, closed=closed)

    def close(self) -> None:
        """Do nothing: every page's process has ended with it."""


def _queued(pipe: int) -> tuple[Reader, Callable[[], None]]:
    """Take bytes by a thread: Windows cannot wait for a pipe; the second result ends it."""
    coming: queue.Queue[bytes] = queue.Queue(16)  # what comes faster than it is read can wait
    stopped = threading.Event()
    own = os.dup(pipe)  # by the time that the thread ends, the number may be another file's

    def read() -> None:
        data = b"-"
        while data and not stopped.is_set():
            data = os.read(own, 1 << 16)
            while not stopped.is_set():
                with contextlib.suppress(queue.Full):
                    coming.put(data, timeout=limits.LOOK_PERIOD)
                    break
        os.close(own)

    def take(seconds: float) -> bytes | None:
        with contextlib.suppress(queue.Empty):
            return coming.get(timeout=seconds)
        return None

    threading.Thread(target=read, daemon=True).start()
    return take, stopped.set


def _placed(job: Job, folder: str) -> Job:
    """Give a job its folder, and its files the paths that they have from there."""
    files = tuple((inside, str(Path(outside).resolve())) for inside, outside in job.files)
    return replace(job, files=files, scratch=folder)


def _kill(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _exactly(stream: socket.socket, size: int) -> bytes:
    held = bytearray()
    while len(held) < size:
        data = stream.recv(size - len(held))
        if not data:
            break
        held += data
    return bytes(held)
