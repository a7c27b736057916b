"""A warm worker process as the build sees it: give it a page, watch the clock, read answers."""

import contextlib
import os
import queue
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from worked import limits
from worked.errors import WorkerError
from worked.pool.monitor import ResourceMonitor, remove_folder
from worked.pool.stream import Reader, Received, pipe_reader, receive
from worked.protocol.messages import Job, MessageError, pack_job, receive_message
from worked.sandbox import ENVIRONMENT, Confinement

_PYTHON: Final = (sys.executable, "-s", "-P", "-B", "-m", "worked.worker")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came back from one page."""

    messages: tuple[dict[str, Any], ...]
    """As the page's process sent them, unchecked."""
    ending: str
    """Empty when the page came to its end; else how its process died."""
    step: int
    """The last step that began."""


class ForkServer:
    """One worker process; used by one thread at a time."""

    def __init__(
        self,
        scratch: Path,
        *,
        confinement: Confinement,
        environment: Mapping[str, str] = ENVIRONMENT,
    ) -> None:
        """Start the process, which ends with the thread that starts it.

        Args:
            confinement: of its pages.
            scratch: a folder that this worker may fill with folders for its pages.
            environment: all that the process gets, but for matplotlib's own folder.
        """
        self._scratch = scratch
        self._control, far = socket.socketpair()
        self._process = _start(
            str(far.fileno()),
            confinement,
            scratch=scratch,
            environment={**environment, **_private(scratch)},
            pass_fds=[far.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        far.close()

    def run(self, job: Job, on_message: Callable[[dict[str, Any]], None]) -> Outcome:
        """Run one page.

        Args:
            job: its `scratch` is replaced by an empty folder, which is removed afterwards.
            hear: is told each message as it comes.

        Raises:
            WorkerError: when the worker itself, not the page, is gone.
        """
        folder = tempfile.mkdtemp(dir=self._scratch)
        mine, theirs = os.pipe()
        try:
            child = self._begin(job, folder, theirs)
            with selectors.DefaultSelector() as selector:
                watch = ResourceMonitor(child, Path(folder))
                received = receive(job, pipe_reader(mine, selector), on_message, watch=watch)
            _kill(child)  # with whatever the page has started and left behind
            return _outcome(received, int(self._answer()["status"]))
        except (OSError, MessageError) as error:
            raise WorkerError(f"the worker process is gone: {error}") from error
        except BaseException:  # its next answer would be taken for one to the next page
            self.close()
            raise
        finally:
            os.close(mine)
            remove_folder(Path(folder))

    def close(self) -> None:
        """End the process; harmless when it has ended."""
        self._control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
            return
        self._process.kill()
        self._process.wait()

    def _begin(self, job: Job, folder: str, pipe: int) -> int:
        self._control.settimeout(limits.START)
        data = pack_job(_placed(job, folder))
        try:
            sent = socket.send_fds(self._control, [data], [pipe])
            self._control.sendall(data[sent:])
        finally:
            os.close(pipe)
        return int(self._answer()["child"])

    def _answer(self) -> dict[str, Any]:
        message = receive_message(lambda size: _exactly(self._control, size))
        if message is None:
            code = self._process.poll()
            raise WorkerError(f"the worker process ended (exit status {code})")
        return message


class FreshProcess:
    """In place of a worker where a process must not fork: a new interpreter for each page."""

    def __init__(
        self,
        scratch: Path,
        *,
        confinement: Confinement,
        environment: Mapping[str, str] = ENVIRONMENT,
    ) -> None:
        """Start nothing yet; the arguments are those of `ForkServer`."""
        self._scratch = scratch
        self._confinement = confinement
        self._environment = environment

    def run(self, job: Job, on_message: Callable[[dict[str, Any]], None]) -> Outcome:
        """Run one page; see `ForkServer.run`."""
        folder = tempfile.mkdtemp(dir=self._scratch)
        private = _private(self._scratch)
        process = _start(
            "-",
            self._confinement,
            scratch=self._scratch,
            environment={**self._environment, **private},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        try:
            with contextlib.suppress(BrokenPipeError), process.stdin as stream:
                stream.write(pack_job(_placed(job, folder)))
            watch = ResourceMonitor(process.pid, Path(folder))
            take = _queued(process.stdout.fileno())
            received = receive(job, take, on_message, watch=watch, start=limits.START)
        finally:
            if os.name == "posix":
                _kill(process.pid)  # with whatever the page has started and left behind
            process.kill()
            status = process.wait()
            process.stdout.close()
            remove_folder(Path(folder))
            for made in private.values():
                remove_folder(Path(made))
        return _outcome(received, status)

    def close(self) -> None:
        """Do nothing: every page's process has ended with it."""


def _private(scratch: Path) -> dict[str, str]:
    """Make a folder for what matplotlib keeps, and say so in its variable of the environment."""
    return {"MPLCONFIGDIR": tempfile.mkdtemp(prefix="mpl-", dir=scratch)}


def _start(
    number: str,
    confinement: Confinement,
    *,
    scratch: Path,
    environment: Mapping[str, str],
    **streams: Any,
) -> subprocess.Popen[bytes]:
    """Start a worker's process; `number` is as `start.main` wants it."""
    given = [number, str(os.getpid()), *confinement.arguments()]
    return subprocess.Popen(  # noqa: S603 - our own module, fixed arguments
        [*_PYTHON, *given], env=dict(environment), cwd=scratch, **streams
    )


def _queued(pipe: int) -> Reader:
    """Take bytes by a thread: Windows cannot wait for a pipe."""
    coming: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    own = os.dup(pipe)  # by the time that the thread ends, the number may be another file's

    def read() -> None:
        data = b"-"
        while data:
            data = os.read(own, 1 << 16)
            coming.put(data)
        os.close(own)

    def take(seconds: float) -> bytes | None:
        with contextlib.suppress(queue.Empty):
            return coming.get(timeout=seconds)
        return None

    threading.Thread(target=read, daemon=True).start()
    return take


def _placed(job: Job, folder: str) -> Job:
    """Give a job its folder, and its files the paths that they have from there."""
    files = tuple((inside, str(Path(outside).resolve())) for inside, outside in job.files)
    return replace(job, files=files, scratch=folder)


def _outcome(received: Received, status: int) -> Outcome:
    ending = "" if received.ended else received.excess or _death(status)
    return Outcome(received.messages, ending, received.step)


def _kill(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _death(status: int) -> str:
    if status < 0 and -status == getattr(signal, "SIGXCPU", 0):  # not on Windows
        return "its process used more processor time than its cells may take together"
    if status < 0:
        with contextlib.suppress(ValueError):
            return f"its process was killed by {signal.Signals(-status).name}"
    return f"its process ended early (exit status {status})"


def _exactly(stream: socket.socket, size: int) -> bytes:
    held = bytearray()
    while len(held) < size:
        data = stream.recv(size - len(held))
        if not data:
            break
        held += data
    return bytes(held)
