"""Work that takes too long ends, also inside of a regular expression."""

import re
import signal
import threading

import pytest

from worked.deadline import CpuLimitError, cpu_limit


def test_a_regular_expression_that_does_not_end_is_ended() -> None:
    with pytest.raises(CpuLimitError), cpu_limit(0.1):
        re.match(r"(a+)+$", "a" * 60 + "b")


def test_who_catches_every_exception_is_ended_again() -> None:
    def deaf() -> None:
        for _ in range(2):
            try:
                re.match(r"(a+)+$", "a" * 60 + "b")
            except BaseException:
                if _:
                    raise

    with pytest.raises(CpuLimitError), cpu_limit(0.1):
        deaf()


def test_nothing_is_left_of_a_limit() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    with cpu_limit(60):
        pass
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGVTALRM) == before


def test_within_a_limit_the_outer_one_holds() -> None:
    with pytest.raises(CpuLimitError), cpu_limit(0.1), cpu_limit(1_000):
        re.match(r"(a+)+$", "a" * 60 + "b")


def test_outside_the_main_thread_nothing_is_bounded() -> None:
    done: list[int] = []

    def work() -> None:
        with cpu_limit(1e-3):
            done.append(sum(range(100_000)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [4999950000]
