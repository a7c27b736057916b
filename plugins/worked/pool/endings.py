"""The end of a program by a signal: what it has begun ends first, then it dies of that signal."""

import atexit
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, Final, NoReturn

_ENDING: Final = ("SIGTERM", "SIGHUP", "SIGQUIT")
"""Signals that end a program where nobody listens; not every system has all."""
_PATIENCE: Final = 3
"""The signal, counted from 1, after which nothing is waited for any more."""


class EndedBySignal(SystemExit):
    """A signal asks the program to end; its exit status is the one that shells show for that."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)


class EndingSignals:
    """Listens for the signals that end a program, and has it end like one that has failed.

    The first is raised in the main thread, so that every `finally` of the program runs; those that
    come while it does are not heard, but for the third, which ends the program at once.
    """

    def __init__(self, *, interrupt: Callable[[], BaseException] | None = None) -> None:
        """Listen to nothing yet.

        Args:
            interrupt: makes what is raised where somebody presses Ctrl-C; None for the same as for
                the others.
        """
        self._interrupt = interrupt
        self._before: dict[int, Any] = {}
        self._heard: list[int] = []
        self._process = os.getpid()

    def listen(self) -> None:
        """Listen from now on, to those that nobody else listens to or ignores."""
        if threading.current_thread() is not threading.main_thread() or self._before:
            return
        for name in (*_ENDING, "SIGINT"):
            number = getattr(signal, name, None)
            silent = (signal.SIG_DFL, signal.default_int_handler)
            if number is not None and signal.getsignal(number) in silent:
                self._before[number] = signal.signal(number, self._hear)
        atexit.register(self._die)  # before anything else of ours: it is called last

    def stop(self) -> None:
        """Listen no more, unless the program ends by what has been heard."""
        if self._heard or threading.current_thread() is not threading.main_thread():
            return
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before = {}
        atexit.unregister(self._die)

    def _hear(self, number: int, _: FrameType | None) -> None:
        if os.getpid() != self._process:  # of a process that was forked, which has nothing to end
            self._end(number)
        self._heard.append(number)
        if len(self._heard) >= _PATIENCE:
            self._end(number)
        if len(self._heard) > 1:
            return
        if number == signal.SIGINT and self._interrupt is not None:
            raise self._interrupt()
        name = signal.Signals(number).name
        lead = "\r\x1b[K" if os.isatty(2) else ""  # a bar stands there
        with contextlib.suppress(OSError):  # whoever has read it is gone, by a SIGHUP say
            os.write(2, f"{lead}worked: ended by {name}\n".encode())
        raise EndedBySignal(number)

    def _die(self) -> None:
        """Die of the signal that was heard, as whoever has sent it expects."""
        if self._heard and os.getpid() == self._process:
            number = self._heard[0]
            if number != signal.SIGINT or self._interrupt is None:
                self._end(number)

    def _end(self, number: int) -> NoReturn:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError, RuntimeError):
                stream.flush()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        os._exit(128 + number)  # where the signal is blocked
