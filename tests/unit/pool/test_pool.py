"""Workers that stay from one build to the next.

A page's process is forked by its worker: the parent's number tells which worker ran it.
"""

import os
import signal
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from worked.builds import scheduler as plan
from worked.builds.lookup import look_up
from worked.builds.scheduler import Build
from worked.cache.store import Store
from worked.errors import WorkerError
from worked.page.parser import parse
from worked.pool.pool import Slot, WorkerPool
from worked.sandbox.confinement import Confinement
from worked.settings import Settings

PARENT = "import os\nos.getppid()"
CELL = "```python {{.run}}\n{0}\n```\n"


@pytest.fixture
def pool(tmp_path):
    """Give a pool of this test alone, whose folders can be looked at."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with WorkerPool(scratch=scratch) as pool:
        yield pool


@pytest.fixture
def settings(tmp_path):
    return Settings(root=tmp_path, workers=1)


@pytest.fixture
def parent(tmp_path, settings):
    """Run a page that no store knows; give the number of the process that forked it."""
    runs = iter(range(1000))

    def run(pool, **changed):
        page = parse(CELL.format(PARENT), "docs/a.md")
        store = Store(tmp_path / f"store-{next(runs)}")
        build = Build([page], settings=replace(settings, **changed), store=store, pool=pool)
        result = build.result("docs/a.md")
        assert result.problems == ()
        return int(result.cells[0].outputs[0].text)

    return run


def alive(process):
    """Whether there is such a process, and it has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_worker_stays_for_the_next_trip(pool, parent):
    assert parent(pool) == parent(pool)


def test_a_build_without_a_pool_has_workers_of_its_own(parent):
    assert parent(None) != parent(None)


def test_a_page_finds_nothing_of_one_before_it(pool, parent, settings, tmp_path):
    parent(pool)
    code = "import os\nsorted(os.listdir()), hasattr(os, 'kept')"
    left = CELL.format("import os\nos.kept = 1\nopen('left', 'w').close()")
    for name, text in {"one": left, "two": CELL.format(code)}.items():
        page = parse(text, f"docs/{name}.md")
        build = Build([page], settings=settings, store=Store(tmp_path / name), pool=pool)
        result = build.result(page.name)
        assert result.problems == ()
    assert result.cells[0].outputs[0].text == "([], False)"


def test_other_terms_bring_other_workers(pool, parent):
    first = parent(pool)
    second = parent(pool, confinement=Confinement(limits=True))
    assert first != second
    assert parent(pool, confinement=Confinement(limits=True)) == second


def test_other_limits_of_a_page_need_no_other_worker(pool, parent):
    assert parent(pool) == parent(pool, timeout=5.0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="one worker for all pages needs forks")
def test_a_worker_that_died_between_two_trips_is_replaced(pool, parent):
    first = parent(pool)
    os.kill(first, signal.SIGKILL)
    assert parent(pool) != first


def ancestor(process):
    """Give the process that started another."""
    return int(Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[1])


LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")


@LINUX
def test_all_workers_are_forked_from_one_warm_process(pool, settings, tmp_path):
    meet = "import os, time\nopen(f'{here}/{name}', 'w')\n"
    meet += "while len(os.listdir('{here}')) < 2: time.sleep(0.01)\nos.getppid()"
    here = tmp_path / "here"
    here.mkdir()
    pages = [
        parse(CELL.format(meet.replace("{here}", str(here)).replace("{name}", name)), name)
        for name in ("docs-a", "docs-b")
    ]
    settings = replace(settings, workers=2)
    results = Build(pages, settings=settings, store=Store(tmp_path / "s"), pool=pool).results()
    assert [result.problems for result in results] == [(), ()]
    workers = [int(result.cells[0].outputs[0].text) for result in results]
    assert len(set(workers)) == 2
    assert len(set(map(ancestor, workers))) == 1


@LINUX
def test_a_warm_process_that_died_is_replaced(pool, parent):
    first = parent(pool)
    os.kill(ancestor(first), signal.SIGKILL)
    second = parent(pool)
    assert second != first
    assert not alive(first)


@LINUX
def test_workers_end_with_the_warm_process_and_it_with_its_pool(pool, parent):
    worker = parent(pool)
    warm = ancestor(worker)
    pool.close()
    assert not alive(worker)
    assert not alive(warm)


def test_a_pool_that_was_only_warmed_up_ends(pool, settings, tmp_path):
    pool.configure(settings)
    pool.warm_up()
    (waiting,) = pool.release()
    waiting.join(30)
    assert not waiting.is_alive()
    assert not list((tmp_path / "scratch").iterdir())


def test_a_pool_of_fresh_processes_warms_nothing_up(pool, settings):
    pool.configure(replace(settings, fork=False))
    pool.warm_up()
    assert pool.release() == []


def test_a_closed_pool_does_not_begin_what_is_left(pool, settings):
    began, done = threading.Event(), threading.Event()
    begun = []

    def work(slot):
        begun.append(slot)
        began.set()
        done.wait(30)

    pool.configure(settings)
    pool.grow(1)
    pool.submit(work)
    pool.submit(work)
    began.wait(30)
    threading.Timer(0.1, done.set).start()
    pool.close()
    assert len(begun) == 1


def test_a_closed_pool_leaves_no_process_and_no_folder(pool, parent, tmp_path):
    worker = parent(pool)
    assert alive(worker)
    assert list((tmp_path / "scratch").iterdir())
    pool.close()
    assert not alive(worker)
    assert not list((tmp_path / "scratch").iterdir())


def test_a_closed_pool_can_be_called_again(pool, parent):
    first = parent(pool)
    pool.close()
    assert parent(pool) != first


def test_a_hand_lets_go_of_a_worker_that_failed(tmp_path):
    class Failing:
        closed = False

        def run(self, job, on_message):
            raise WorkerError("gone")

        def close(self):
            self.closed = True

    slot = Slot(tmp_path, confinement=Confinement(), environment={}, fork=None)
    slot._worker = worker = Failing()
    with pytest.raises(WorkerError, match="gone"):
        slot.run(None, print)
    assert worker.closed
    assert slot._worker is None


def test_pages_of_two_trips_at_once_come_to_their_own(pool, settings, tmp_path):
    settings = replace(settings, workers=2)
    builds = [
        Build(
            [parse(CELL.format(f"{build} * 10 + {page}"), f"docs/{page}.md") for page in range(3)],
            settings=settings,
            store=Store(tmp_path / f"store-{build}"),
            pool=pool,
        )
        for build in (1, 2)
    ]
    shown = [[result.cells[0].outputs[0].text for result in build.results()] for build in builds]
    assert shown == [["10", "11", "12"], ["20", "21", "22"]]


def test_a_build_that_cannot_look_its_pages_up_leaves_its_pool_nothing_to_do(
    settings, tmp_path, monkeypatch
):
    class Asked(WorkerPool):
        works = ()

        def submit(self, work):
            self.works = (*self.works, work)

    def refuse_the_second(page, *arguments, **named):
        if page.name == "docs/b.md":
            raise OSError("a package cannot be read")
        return look_up(page, *arguments, **named)

    monkeypatch.setattr(plan, "look_up", refuse_the_second)
    pages = [parse(CELL.format("1"), f"docs/{name}.md") for name in "ab"]
    pool = Asked()
    with pytest.raises(OSError, match="cannot be read"):
        Build(pages, settings=settings, store=Store(tmp_path / "store"), pool=pool)
    assert pool.works == ()
