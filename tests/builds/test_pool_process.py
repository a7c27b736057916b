"""One worker process and the pages that it is given."""

import contextlib
import os
import select
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from worked import limits
from worked.pool.process import ForkServer, FreshProcess
from worked.pool.runner import RunnerLostError
from worked.protocol.messages import AS_IT_IS, Job, Task
from worked.sandbox.confinement import Confinement


def task(code, timeout=120.0):
    return Task(code=code, line=1, show=True, options=AS_IT_IS, timeout=timeout, values=())


def job(*codes, timeout=120.0):
    tasks = tuple(task(code, timeout) for code in codes)
    return Job("docs/a.md", tasks, packages=(), files=(), scratch="")


KINDS = {"fork": ForkServer, "fresh": FreshProcess}
BOTH = pytest.mark.parametrize("worker", KINDS, indirect=True)
"""For what tells the two apart at once; all the rest is asked of a fresh process at night."""


@pytest.fixture(scope="module", params=["fork", pytest.param("fresh", marks=pytest.mark.nightly)])
def worker(request, tmp_path_factory):
    """Start one worker for all that does not hurt it; where no fork is safe, one for each page."""
    kind = KINDS[request.param]
    worker = kind(tmp_path_factory.mktemp("scratch"), confinement=Confinement())
    yield worker
    worker.close()


@pytest.fixture
def run(worker):
    """Run the cells of a page: the outcome, and what each cell said."""

    def page(*codes, **limits):
        outcome = worker.run(job(*codes, **limits))
        shown = [
            output["text"]
            for message in outcome.messages
            if message["frame"] == "cell"
            for output in message["result"]["outputs"]
        ]
        return outcome, shown

    return page


@BOTH
def test_cells_share_a_namespace_and_come_back_in_order(run):
    outcome, shown = run("x = 1\nx", "x + 1", "print(x + 2)")
    assert shown == ["1", "2", "3\n"]
    assert (outcome.ending, outcome.step) == ("", 2)


def test_messages_come_in_their_order(worker):
    outcome = worker.run(job("1", "2"))
    frames = [message["frame"] for message in outcome.messages]
    assert frames == ["begin", "cell", "begin", "cell", "end"]


def test_a_page_without_cells_ends_at_once(run):
    assert run()[0].messages == ({"frame": "end"},)


def test_a_page_sees_nothing_of_the_environment_of_the_build(run, monkeypatch):
    monkeypatch.setenv("SECRET", "hunter2")
    # the worker of this module started before; a new one starts like it
    _, shown = run("import os\nprint(sorted(os.environ))")
    assert "SECRET" not in shown[0]
    assert "PYTHONHASHSEED" in shown[0]


def test_a_page_has_an_empty_folder_of_its_own_and_nothing_to_read(run):
    _, shown = run(
        "import os, sys\nopen('left', 'w').close()\nprint(os.listdir(), sys.stdin.read())"
    )
    again = run("import os\nprint(os.listdir())")[1]
    assert (shown, again) == (["['left'] \n"], ["[]\n"])


@BOTH
def test_what_a_page_starts_ends_with_it(run):
    outcome, shown = run(
        "import os\nchild = os.fork()\nif not child:\n    while True: pass\nprint(child)"
    )
    assert outcome.ending == ""  # nobody waits for the child, which holds the pipe
    with contextlib.suppress(ProcessLookupError):  # gone already
        child = os.pidfd_open(int(shown[0]))
        assert select.select([child], [], [], 120)[0] == [child]  # readable once it has ended
        os.close(child)


@BOTH
def test_a_page_that_dies_says_how(run):
    assert run("import os\nos.kill(os.getpid(), 9)")[0].ending == (
        "its process was killed by SIGKILL, by itself or by the system, for want of memory say"
    )
    assert run("import os\nos._exit(7)")[0].ending == "its process ended early (exit status 7)"
    assert run("import os\nos.abort()")[0].ending == "its process was killed by SIGABRT"


def test_a_dead_page_leaves_the_worker_to_the_next(run):
    run("import os\nos.kill(os.getpid(), 9)")
    assert run("'alive'")[1] == ["'alive'"]


def test_a_page_that_dies_names_the_step_that_had_begun(run):
    assert run("1", "import os\nos._exit(0)", "3")[0].step == 1


def test_a_page_that_is_deaf_to_its_alarm_is_ended_from_outside(run, monkeypatch):
    monkeypatch.setattr(limits, "GRACE", 0.0)
    code = "import signal\nsignal.pthread_sigmask(0, [signal.SIGALRM])\nwhile True: pass"
    assert run(code, timeout=0.3)[0].ending == "still running after 0.3 s"


FORGE = """
import json, os, struct

def forge(body):
    for number in range(3, 40):
        try:
            if os.readlink(f"/proc/self/fd/{number}").startswith("pipe"):
                os.write(number, body)
        except OSError:
            pass

def frame(**message):
    body = json.dumps(message).encode()
    return struct.pack(">I", len(body)) + body
"""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (r'b"\xff\xff\xff\xff"', "sent a message of 4294967295 bytes"),
        (r'b"\0\0\0\2[]"', "sent a message that is not a JSON object"),
        (r'b"\0\0\0\2\xff\xff"', "sent a message that is not JSON"),
        (r'b"\0\0\x20\0" + b"[" * 8192', "sent a message that is not JSON"),
    ],
)
def test_bytes_that_are_no_message_end_the_page(body, said, run):
    assert run(f"{FORGE}\nforge({body})\nwhile True: pass")[0].ending == said


@pytest.mark.parametrize("step", ["-1", "2", "None", "'1'", "10**30", "True", "[]"])
def test_a_forged_step_is_no_step_of_the_page(step, run):
    code = f"{FORGE}\nforge(frame(frame='begin', step={step}))\nos._exit(0)"
    assert run(code)[0].step in (0, 1)


def test_beginning_again_and_again_wins_no_time(run, monkeypatch):
    monkeypatch.setattr(limits, "GRACE", 0.0)
    loop = "import signal\nsignal.pthread_sigmask(0, [signal.SIGALRM])\nwhile True: "
    outcome, _ = run(f"{FORGE}\n{loop}forge(frame(frame='begin', step=0))", timeout=0.3)
    assert outcome.ending == "still running after 0.3 s"


def test_a_flood_ends_the_page(run, monkeypatch):
    monkeypatch.setattr(limits, "MAX_SENT", 100_000)
    outcome, _ = run(f"{FORGE}\nwhile True: forge(frame(frame='noise', x='x' * 1000))")
    assert outcome.ending == "sent more than 100000 bytes"


def test_a_worker_that_is_gone_says_so(tmp_path):
    worker = ForkServer(tmp_path, confinement=Confinement())
    try:
        with pytest.raises(RunnerLostError, match="the worker process") as caught:
            worker.run(job("import os, signal\nos.kill(os.getppid(), 9)\nsignal.pause()"))
        frames = [message["frame"] for message in caught.value.outcome.messages]
        assert frames == ["begin"]  # what came until then is not lost
    finally:
        worker.close()


def test_closing_twice_is_harmless(tmp_path):
    worker = ForkServer(tmp_path, confinement=Confinement())
    worker.close()
    worker.close()


def test_a_worker_leaves_no_descriptor_open(worker):
    threads = set(threading.enumerate())
    before = list(Path("/proc/self/fd").iterdir())
    worker.run(job("1"))
    for reader in set(threading.enumerate()) - threads:
        reader.join(60)  # it closes its own at its end
    assert len(list(Path("/proc/self/fd").iterdir())) == len(before)


def test_a_file_of_the_page_stands_in_its_folder(tmp_path, worker):
    source = tmp_path / "source"
    source.write_text("a,b")
    wanted = replace(job("open('data/a.csv').read()"), files=(("data/a.csv", str(source)),))
    outcome = worker.run(wanted)
    assert outcome.messages[1]["result"]["outputs"] == [{"type": "text", "text": "'a,b'"}]


def test_a_file_that_has_gone_is_named(tmp_path, worker):
    wanted = replace(job("1"), files=(("a.csv", str(tmp_path / "a.csv")),))
    (said,) = worker.run(wanted).messages
    assert said == {
        "frame": "unreadable",
        "file": "a.csv",
        "why": "No such file or directory",
    }


PIPE = """
import os

for number in range(3, 40):
    try:
        if os.readlink(f"/proc/self/fd/{number}").startswith("pipe"):
            os.close(number)
    except OSError:
        pass
"""


@pytest.mark.parametrize("then", ["", "import time\ntime.sleep(60)", "while True: pass"])
def test_a_page_that_closes_its_pipe_is_told_from_one_that_was_killed(then, run):
    outcome, _ = run(PIPE + then)
    assert outcome.ending == "it closed the pipe to the build, by which its results come"
