"""End a process whose step takes too long, saying in which line it was."""

import contextlib
import signal
import types
from collections.abc import Callable
from typing import Any, NoReturn

from worked.protocol.messages import Task
from worked.worker.failures import Send, problem_message


@contextlib.contextmanager
def alarm(name: str, task: Task, send: Send, leave: Callable[[], NoReturn]) -> Any:
    """End the process when the task takes too long, saying in which line it was."""
    if not hasattr(signal, "setitimer"):  # on Windows: the build watches the clock alone
        yield
        return
    with bell(name, task, send, leave):
        signal.setitimer(signal.ITIMER_REAL, task.timeout)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


@contextlib.contextmanager
def bell(name: str, task: Task, send: Send, leave: Callable[[], NoReturn]) -> Any:
    """Say what becomes of the task when its alarm rings."""

    def ring(_: int, frame: types.FrameType | None) -> None:
        lines = []
        while frame is not None:
            if frame.f_code.co_filename == name:
                lines.append(frame.f_lineno)
            frame = frame.f_back
        said = f"still running after {task.timeout:g} s"
        send(problem_message(lines or [task.line], "timeout", said))
        leave()

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, ring)
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, before)
