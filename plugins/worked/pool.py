"""A warm worker process as the build sees it: give it a page, watch the clock, read answers."""

import contextlib
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from worked import confine, usage, wire
from worked.confine import Confinement
from worked.errors import WorkerError

GRACE: Final = 2.0
"""seconds between a task's own alarm and the end of its process from outside"""
START: Final = 60.0
"""seconds until a new worker must have taken its first job"""
MOST: Final = 4 * wire.LARGEST
"""bytes that one page may send in all"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came back from one page."""

    messages: tuple[dict[str, Any], ...]
    """As the page's process sent them, unchecked."""
    ending: str
    """Empty when the page came to its end; else how its process died."""
    step: int
    """The last step that began."""


class Worker:
    """One worker process; used by one thread at a time."""

    def __init__(
        self,
        scratch: Path,
        *,
        confinement: Confinement,
        environment: Mapping[str, str] = confine.ENVIRONMENT,
    ) -> None:
        """Start the process, which ends with the thread that starts it.

        Args:
            confinement: of its pages.
            scratch: a folder that this worker may fill with folders for its pages.
            environment: all that the process gets, but for matplotlib's own folder.
        """
        self._scratch = scratch
        self._control, far = socket.socketpair()
        private = Path(tempfile.mkdtemp(prefix="mpl-", dir=scratch))
        given = [str(far.fileno()), str(os.getpid()), *confinement.arguments()]
        self._process = subprocess.Popen(  # noqa: S603 - our own module, fixed arguments
            [sys.executable, "-s", "-P", "-B", "-m", "worked.worker", *given],
            pass_fds=[far.fileno()],
            env={**environment, "MPLCONFIGDIR": str(private)},
            cwd=scratch,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        far.close()

    def run(self, job: wire.Job, hear: Callable[[dict[str, Any]], None]) -> Outcome:
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
            return self._listen(job, child, mine, hear, watch=usage.Watch(child, Path(folder)))
        except (OSError, wire.WireError) as error:
            raise WorkerError(f"the worker process is gone: {error}") from error
        except BaseException:  # its next answer would be taken for one to the next page
            self.close()
            raise
        finally:
            os.close(mine)
            usage.remove(Path(folder))

    def close(self) -> None:
        """End the process; harmless when it has ended."""
        self._control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
            return
        self._process.kill()
        self._process.wait()

    def _begin(self, job: wire.Job, folder: str, pipe: int) -> int:
        self._control.settimeout(START)
        files = tuple((inside, str(Path(outside).resolve())) for inside, outside in job.files)
        data = wire.pack_job(
            wire.Job(job.name, job.tasks, packages=job.packages, files=files, scratch=folder)
        )
        try:
            sent = socket.send_fds(self._control, [data], [pipe])
            self._control.sendall(data[sent:])
        finally:
            os.close(pipe)
        return int(self._answer()["child"])

    def _answer(self) -> dict[str, Any]:
        message = wire.receive(lambda size: _exactly(self._control, size))
        if message is None:
            code = self._process.poll()
            raise WorkerError(f"the worker process ended (exit status {code})")
        return message

    def _listen(
        self,
        job: wire.Job,
        child: int,
        pipe: int,
        hear: Callable[[dict[str, Any]], None],
        *,
        watch: usage.Watch,
    ) -> Outcome:
        unpacker = wire.Unpacker()
        messages: list[dict[str, Any]] = []
        step, heard, killed, ended = 0, 0, "", False
        deadline = time.monotonic() + _patience(job, step)
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while True:
                left = max(0.0, deadline - time.monotonic())
                ready = selector.select(min(left, usage.PERIOD))
                if time.monotonic() >= deadline:  # whatever it still says
                    killed = f"still running after {job.tasks[step].timeout:g} s"
                elif not ready:
                    killed = watch.excess()
                if killed:
                    break
                if not ready:
                    continue
                data = os.read(pipe, 1 << 16)
                if not data:
                    break
                heard += len(data)
                if heard > MOST:
                    killed = f"sent more than {MOST} bytes"
                    break
                try:
                    for message in unpacker.feed(data):
                        # only a later step gets more time: a cell could begin its own for ever
                        if (begun := begins(message)) > step and begun < len(job.tasks):
                            step = begun
                            deadline = time.monotonic() + _patience(job, step)
                        ended = ended or message.get("frame") == "end"
                        messages.append(message)
                        hear(message)
                except wire.WireError as error:
                    killed = f"sent {error}"
                    break
                if ended:
                    break
        _kill(child)  # with whatever the page has started and left behind
        status = int(self._answer()["status"])
        return Outcome(tuple(messages), "" if ended else killed or _death(status), step)


def begins(message: dict[str, Any]) -> int:
    """Give the step that a message says has begun; -1 where it says nothing of the kind."""
    number = message.get("step")
    return number if message.get("frame") == "begin" and isinstance(number, int) else -1


def _patience(job: wire.Job, step: int) -> float:
    return (job.tasks[step].timeout if job.tasks else 1.0) + GRACE


def _kill(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _death(status: int) -> str:
    if status == -signal.SIGXCPU:
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
