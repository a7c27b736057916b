"""What became of a page whose process is gone, in words."""

import contextlib
import signal
from typing import Final

from worked.pool.runner import Outcome
from worked.pool.stream import Received
from worked.protocol.messages import PIPE_CLOSED

_PIPE: Final = "it closed the pipe to the build, by which its results come"


def is_cut_short(received: Received) -> bool:
    """Whether the pipe has come to its end before the page has, and not by our will."""
    return not (received.ended or received.excess)


def outcome_of(received: Received, status: int, *, closed: bool = False) -> Outcome:
    """Say what came back.

    Args:
        status: with which the page's process has ended.
        closed: whether it still ran when its pipe had come to its end.
    """
    ending = received.excess
    if is_cut_short(received):
        ending = _PIPE if closed or status == PIPE_CLOSED else _death(status)
    return Outcome(received.messages, ending, received.step, received.took)


def _death(status: int) -> str:
    if status < 0 and -status == getattr(signal, "SIGXCPU", 0):  # not on Windows
        return "its process used more processor time than its cells may take together"
    if status < 0 and -status == getattr(signal, "SIGBUS", 0):
        return "its process was killed by SIGBUS, as where a mapped file finds no room"
    if status < 0:
        with contextlib.suppress(ValueError):
            name = signal.Signals(-status).name
            why = (
                ", by itself or by the system, for want of memory say" if name == "SIGKILL" else ""
            )
            return f"its process was killed by {name}{why}"
    return f"its process ended early (exit status {status})"
