"""The warm process from which every worker is forked, and the thread that it belongs to."""

import contextlib
import os
import queue
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Final

from worked.errors import WorkerError
from worked.pool.folders import ScratchFolder, remove_leftovers
from worked.pool.runner import RunnerLostError
from worked.protocol.messages import pack_message
from worked.sandbox import Confinement

_PYTHON: Final = (sys.executable, "-s", "-P", "-B", "-m", "worked.worker")

Fork = Callable[[Confinement], socket.socket]
"""Gives the socket to a new worker, whose pages are confined in that way."""


class Zygote:
    """A process that has imported NumPy and matplotlib, and has drawn once; used by one thread."""

    def __init__(self, scratch: Path, environment: Mapping[str, str]) -> None:
        """Start the process, which ends with the thread that starts it.

        Args:
            scratch: an empty folder, for what matplotlib keeps.
            environment: all that the process gets, but for matplotlib's own folder.
        """
        self._control, far = socket.socketpair()
        self._process = start_process(
            [str(far.fileno())],
            scratch=scratch,
            environment={**environment, **private_folder(scratch)},
            pass_fds=[far.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        far.close()

    def fork(self, confinement: Confinement) -> socket.socket:
        """Fork a worker, once the process is warm; the result is the socket to it at once.

        Raises:
            RunnerLostError: the process has ended.
        """
        mine, theirs = socket.socketpair()
        data = pack_message({"walls": confinement.arguments()})
        try:
            socket.send_fds(self._control, [data], [theirs.fileno()])
        except OSError as error:
            mine.close()
            raise RunnerLostError(f"the worker process is gone: {error}") from error
        finally:
            theirs.close()
        return mine

    def kill(self) -> None:
        """End the process at once, and with it all that it has forked; from any thread."""
        self._process.kill()

    def close(self) -> None:
        """End the process, and all that it has forked; harmless when it has ended."""
        self._control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
            return
        self._process.kill()
        self._process.wait()


class ZygoteThread:
    """Starts the warm process and forks workers from it, for all threads that hold on to it.

    The kernel ends a process together with the thread that started it, not with the program: so
    the warm process has a thread of its own, which stays until nobody needs a worker any more.
    """

    def __init__(self, *, environment: Mapping[str, str], scratch: Path | None) -> None:
        """Start the process; whoever calls this holds on to it.

        Args:
            environment: of the process.
            scratch: where its folder is made; None for the system's own place.
        """
        self._environment = environment
        self._scratch = scratch
        self._lock = threading.Lock()
        self._holders = 1
        self._zygote: Zygote | None = None
        self._is_cut = False
        self._wanted: queue.SimpleQueue[tuple[Confinement, Future[socket.socket]] | None]
        self._wanted = queue.SimpleQueue()
        self.thread = threading.Thread(target=self._work, daemon=True)
        self.thread.start()

    def fork(self, confinement: Confinement) -> socket.socket:
        """Fork a worker; a warm process that has ended is replaced first.

        Raises:
            RunnerLostError: no process can be started.
        """
        answer: Future[socket.socket] = Future()
        self._wanted.put((confinement, answer))
        return answer.result()

    def hold(self) -> None:
        """Need it from now on, as one more thread."""
        with self._lock:
            self._holders += 1

    def release(self) -> None:
        """Need it no more: the last one to say so ends it."""
        with self._lock:
            self._holders -= 1
            if not self._holders:
                self._wanted.put(None)

    def cut(self) -> None:
        """End the process and all that it has forked at once; no other is started."""
        with self._lock:
            self._is_cut = True
            if self._zygote is not None:
                self._zygote.kill()

    def _work(self) -> None:
        with ScratchFolder(self._scratch) as scratch:
            with contextlib.suppress(OSError, WorkerError):
                if os.name == "posix":
                    remove_leftovers(scratch.path.parent)
                self._start(scratch)  # whoever wants a worker has it tried again
            self._serve(lambda confinement: self._forked(scratch, confinement))
            if self._zygote is not None:
                self._zygote.close()

    def _serve(self, fork: Fork) -> None:
        """Answer everybody who wants a worker, until nobody does."""
        while (wanted := self._wanted.get()) is not None:
            confinement, answer = wanted
            try:
                answer.set_result(fork(confinement))
            except BaseException as error:
                answer.set_exception(error)

    def _forked(self, scratch: ScratchFolder, confinement: Confinement) -> socket.socket:
        if self._zygote is not None:
            try:
                return self._zygote.fork(confinement)
            except RunnerLostError:
                self._zygote.close()
        return self._start(scratch).fork(confinement)

    def _start(self, scratch: ScratchFolder) -> Zygote:
        with self._lock:
            if self._is_cut:
                raise RunnerLostError("the build has ended")
            self._zygote = Zygote(scratch.path, self._environment)
            return self._zygote


def private_folder(scratch: Path) -> dict[str, str]:
    """Make a folder for what matplotlib keeps, and say so in its variable of the environment."""
    return {"MPLCONFIGDIR": tempfile.mkdtemp(prefix="mpl-", dir=scratch)}


def start_process(
    arguments: list[str], *, scratch: Path, environment: Mapping[str, str], **streams: Any
) -> subprocess.Popen[bytes]:
    """Start a worker's process; the arguments are as `start_worker` wants them."""
    number, *walls = arguments
    return subprocess.Popen(  # noqa: S603 - our own module, fixed arguments
        [*_PYTHON, number, str(os.getpid()), *walls],
        env=dict(environment),
        cwd=scratch,
        **streams,
    )
