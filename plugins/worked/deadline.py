"""Bound the processor time of a piece of work in this process."""

import contextlib
import signal
import threading
import types
from collections.abc import Iterator
from typing import NoReturn


class CpuLimitError(BaseException):
    """The work has taken longer than it may; no `except Exception` on the way keeps it."""


@contextlib.contextmanager
def cpu_limit(seconds: float) -> Iterator[None]:
    """Raise `CpuLimitError` in what takes longer than so many seconds of processor time.

    Python looks for signals between its instructions, and in regular expressions.  Only the main
    thread of a process can set a timer, and only where there are signals: elsewhere, and inside of
    another such limit, nothing is bounded.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not (is_main and hasattr(signal, "setitimer")) or signal.getitimer(signal.ITIMER_VIRTUAL)[0]:
        yield
        return

    def expire(number: int, frame: types.FrameType | None) -> NoReturn:
        raise CpuLimitError

    before = signal.signal(signal.SIGVTALRM, expire)
    # again every second, should somebody swallow the first
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.0)
        signal.signal(signal.SIGVTALRM, before)
