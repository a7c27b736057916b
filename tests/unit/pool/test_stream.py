"""Reading what a page sends, and looking at it meanwhile."""

import itertools
import time
from dataclasses import dataclass, field, replace

import pytest

from worked import limits
from worked.pool.monitor import ResourceMonitor
from worked.pool.stream import receive
from worked.protocol.messages import AS_IT_IS, Job, Task, pack_message

TASK = Task(code="", line=1, show=True, options=AS_IT_IS, timeout=60.0, values=())
JOB = Job("docs/a.md", (TASK,), packages=(), files=(), scratch="")
NOISE = pack_message({"frame": "noise"})
END = pack_message({"frame": "end"})


@dataclass(frozen=True)
class Monitor(ResourceMonitor):
    """Says what it is told to say, one look after the other."""

    says: list[str] = field(default_factory=list)

    def excess(self):
        return self.says.pop(0) if self.says else ""


def monitor(*says):
    return Monitor(0, None, says=list(says))


def always(data):
    """Give the same bytes whenever somebody asks."""
    return lambda _: data


def test_a_page_that_talks_all_the_time_is_looked_at_all_the_same(monkeypatch):
    monkeypatch.setattr(limits, "LOOK_PERIOD", 0.0)
    received = receive(JOB, always(NOISE), watch=monitor("", "", "made too much"))
    assert received.excess == "made too much"
    assert len(received.messages) == 2


def test_what_a_page_has_done_by_its_end_counts(monkeypatch):
    monkeypatch.setattr(limits, "LOOK_PERIOD", 60.0)
    received = receive(JOB, always(END), watch=monitor("made too much"))
    assert (received.ended, received.excess) == (True, "made too much")


def test_a_look_that_takes_long_is_followed_by_a_longer_pause(monkeypatch):
    monkeypatch.setattr(limits, "LOOK_PERIOD", 1.0)
    now = itertools.count()
    monkeypatch.setattr(time, "monotonic", lambda: float(next(now)))
    watch = monitor(*[""] * 1000)
    receive(replace(JOB, timeout=500.0), always(NOISE), watch=watch)
    assert len(watch.says) > 800  # else it would have looked in every round


def test_a_page_has_a_limit_for_all_its_cells_together(monkeypatch):
    monkeypatch.setattr(limits, "GRACE", 0.0)
    counted = itertools.count()

    def take(_):
        return pack_message({"frame": "begin", "step": next(counted)})

    many = replace(JOB, tasks=(TASK,) * 100_000, timeout=0.2)
    received = receive(many, take, watch=monitor())
    assert received.excess == "still running after 0.2 s, which is all that a page may take"
    assert received.step > 0


def test_a_page_sends_a_limited_number_of_messages(monkeypatch):
    monkeypatch.setattr(limits, "MAX_MESSAGES", 50)
    received = receive(JOB, always(NOISE * 7), watch=monitor())
    assert received.excess == "sent more than 50 messages"
    assert len(received.messages) == 51


@pytest.mark.parametrize("size", [1, 1000])
def test_a_page_sends_a_limited_number_of_bytes(monkeypatch, size):
    monkeypatch.setattr(limits, "MAX_SENT", 5000)
    received = receive(JOB, always(NOISE * size), watch=monitor())
    assert received.excess == "sent more than 5000 bytes"


def test_each_cell_s_time_runs_from_its_beginning_until_its_result(monkeypatch):
    """It counts by the clock of whoever reads: what the page says of itself does not."""
    at = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: at[0])
    sent = iter(
        [
            (1.0, {"frame": "begin", "step": 0}),
            (4.5, {"frame": "cell", "step": 0, "took": 99}),
            (5.0, {"frame": "begin", "step": 1}),
            (5.25, {"frame": "cell", "step": 1}),
            (5.5, {"frame": "cell", "step": 1}),
            (6.0, {"frame": "end"}),
        ]
    )

    def take(_):
        at[0], message = next(sent)
        return pack_message(message)

    received = receive(replace(JOB, tasks=(TASK, TASK)), take, watch=monitor())
    assert received.took == {0: 3.5, 1: 0.25}
