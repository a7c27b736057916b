"""Read one page's messages, with a deadline for each step and limits on what it uses."""

import os
import selectors
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from worked import limits
from worked.pool.monitor import ResourceMonitor
from worked.protocol.messages import Job, MessageError, Unpacker, begun_step

Reader = Callable[[float], bytes | None]
"""Waits so many seconds for bytes: None where none came, nothing at the stream's end."""


@dataclass(frozen=True, slots=True)
class Received:
    """What a page has sent until it was done, or until it had to be ended."""

    messages: tuple[dict[str, Any], ...]
    ended: bool
    """Whether it said that it was done."""
    excess: str
    """Why it has to be ended; empty where it need not."""
    step: int
    """The last step that began."""
    took: Mapping[int, float] = field(default_factory=dict)
    """Step -> seconds from its beginning until its cell's result was here."""


def receive(job: Job, take: Reader, *, watch: ResourceMonitor, start: float = 0.0) -> Received:
    """Read all that a page sends.

    Args:
        job: what it runs.
        take: gives the bytes that it sends.
        watch: of its process.
        start: seconds that the process may take before its first step begins.
    """
    unpacker = Unpacker()
    messages: list[dict[str, Any]] = []
    step, size, excess, ended = 0, 0, "", False
    started = False
    times: dict[int, float] = {}
    begun_at = time.monotonic()
    step_at = begun_at
    deadline = begun_at + start + _patience(job, step)
    page_deadline = begun_at + start + job.timeout + limits.GRACE
    next_look = begun_at + limits.LOOK_PERIOD
    while not (ended or excess):
        data = take(max(0.0, min(deadline, page_deadline, next_look) - time.monotonic()))
        if data == b"":
            break
        now = time.monotonic()
        if now >= deadline:  # whatever it still says
            excess = f"still running after {_patience(job, step) - limits.GRACE:g} s"
            break
        if now >= page_deadline:
            excess = f"still running after {job.timeout:g} s, which is all that a page may take"
            break
        if now >= next_look:  # also while it says something
            excess = watch.excess()
            took = time.monotonic() - now
            next_look = now + took + max(limits.LOOK_PERIOD, limits.LOOK_SHARE * took)
        if data is None or excess:
            continue
        size += len(data)
        if size > limits.MAX_SENT:
            excess = f"sent more than {limits.MAX_SENT} bytes"
            break
        try:
            for message in unpacker.feed(data):
                # only a later step gets more time: a cell could begin its own for ever
                begun = begun_step(message)
                if begun < len(job.tasks) and (begun > step or (begun == 0 and not started)):
                    step, started = begun, True
                    step_at = time.monotonic()
                    deadline = step_at + _patience(job, step)
                elif message.get("frame") == "cell" and step not in times:
                    times[step] = now - step_at
                ended = ended or message.get("frame") == "end"
                messages.append(message)
                if len(messages) > limits.MAX_MESSAGES:
                    raise MessageError(f"more than {limits.MAX_MESSAGES:,} messages")
        except MessageError as error:
            excess = f"sent {error}"
    if ended and not excess:  # or it would depend on the machine whether too much was noticed
        excess = watch.excess()
    return Received(tuple(messages), ended, excess, step, times)


def pipe_reader(pipe: int, selector: selectors.BaseSelector) -> Reader:
    """Take bytes from a file descriptor, as `receive` wants them."""
    selector.register(pipe, selectors.EVENT_READ)

    def take(seconds: float) -> bytes | None:
        return os.read(pipe, 1 << 16) if selector.select(seconds) else None

    return take


def until(cut: threading.Event, take: Reader) -> Reader:
    """Take bytes until an event; from then on the stream is at its end."""
    return lambda seconds: b"" if cut.is_set() else take(seconds)


def _patience(job: Job, step: int) -> float:
    return (job.tasks[step].timeout if job.tasks else 1.0) + limits.GRACE
