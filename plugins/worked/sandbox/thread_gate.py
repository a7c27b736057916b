"""How many threads a page may have: each that it starts waits for a word from its worker.

Linux counts threads for each user, not for each page, and for root not at all.  So the kernel
reports the threads that a page wants to start to the worker, which lets each begin or fail.
Source: https://docs.kernel.org/userspace-api/seccomp_filter.html#userspace-notification
"""

import contextlib
import errno
import os
import select
import time
from collections import deque
from pathlib import Path
from struct import pack, unpack_from
from typing import Final

from worked import limits
from worked.sandbox.seccomp import report_threads
from worked.sandbox.syscalls import no_new_privileges

_RECEIVE, _SEND = 0xC0502100, 0xC0182101
_CONTINUE: Final = 1
_SETTLED: Final = 0.005
"""seconds in which a thread that was let go has begun to count"""


def watch_threads() -> int:
    """Have the kernel report the threads that this process's children want to start.

    Returns:
        A file descriptor for `supervise_threads`; -1 where the kernel does not report, and the
        build has to look at their number.
    """
    with contextlib.suppress(OSError):
        no_new_privileges()
        return report_threads()
    return -1


def supervise_threads(listener: int, process: int) -> None:
    """Answer for each thread that a process wants to start, until it has ended.

    Args:
        listener: as `watch_threads` gives it.
        process: the one child of this process.
    """
    ending = os.pidfd_open(process)
    try:
        gate = _Gate(listener, process)
        waiting = select.poll()
        waiting.register(ending, select.POLLIN)
        waiting.register(listener, select.POLLIN)
        while ending not in dict(waiting.poll()):
            with contextlib.suppress(OSError):  # whoever asked has been killed
                gate.answer()
    finally:
        os.close(ending)


class _Gate:
    """Lets threads start while there are few enough."""

    def __init__(self, listener: int, process: int) -> None:
        self._listener = listener
        self._process = process
        self._recent: deque[float] = deque()
        """When those were let go that may not count yet."""

    def answer(self) -> None:
        """Let one thread start, or have its `clone` fail.

        Raises:
            OSError: who asked waits no more.
        """
        import fcntl  # not on Windows

        asked = bytearray(80)  # struct seccomp_notif: a number, who asks, flags, the call
        fcntl.ioctl(self._listener, _RECEIVE, asked)
        (number,) = unpack_from("=Q", asked)
        is_free = self._is_free()
        if is_free:
            self._recent.append(time.monotonic())
        # struct seccomp_notif_resp
        answer = (0, _CONTINUE) if is_free else (-errno.EAGAIN, 0)
        fcntl.ioctl(self._listener, _SEND, pack("=QqiI", number, 0, *answer))

    def _is_free(self) -> bool:
        while True:
            while self._recent and time.monotonic() - self._recent[0] > _SETTLED:
                self._recent.popleft()
            running = count_threads(self._process)
            is_free = 0 < running < limits.MAX_THREADS - len(self._recent)
            if is_free or not self._recent:
                return is_free
            time.sleep(_SETTLED / 10)


def count_threads(process: int) -> int:
    """Count the threads of a process; 0 where it has gone, or the system does not say."""
    with contextlib.suppress(OSError, ValueError):
        status = Path(f"/proc/{process}/status").read_text("ascii", "replace")
        return int(status.partition("\nThreads:")[2].split(None, 1)[0])
    return 0
