"""Workers that stay from one build to the next: who works on which page, and for how long.

No process starts: the workers are made up, and show their number and the code of the cell.
"""

import importlib.util
import itertools
import threading
from dataclasses import replace
from typing import Self

import pytest
from mkdocs.exceptions import Abort

from worked.builds import scheduler as plan
from worked.builds.lookup import look_up
from worked.builds.scheduler import Build
from worked.cache.store import Store
from worked.errors import ConfigError, WorkerError
from worked.hosts.begun import get_ready
from worked.page.parser import parse
from worked.pool.pool import Slot, WorkerPool
from worked.pool.runner import Outcome, RunnerLostError
from worked.protocol.outputs import CellResult, Text, dump_result
from worked.sandbox.confinement import Confinement
from worked.settings import Settings

NO_NEEDS = {"files": [], "folders": [], "modules": []}
CELL = "```python {{.run}}\n{0}\n```\n"


class MadeUpWorker:
    """Shows the number of this worker and the code of each cell; remembers that it was closed."""

    made: list[Self]

    def __init__(self, scratch):
        self.closed = False
        self.made.append(self)

    def run(self, job):
        number = self.made.index(self)
        messages = []
        for step, task in enumerate(job.tasks):
            shown = CellResult((Text(f"{number}: {task.code}"),))
            messages += [
                {"frame": "begin", "step": step},
                {"frame": "cell", "step": step, "result": dump_result(shown), "needs": NO_NEEDS},
            ]
        messages.append({"frame": "end"})
        return Outcome(tuple(messages), "", len(job.tasks) - 1)

    def close(self):
        self.closed = True


@pytest.fixture(autouse=True)
def workers():
    """Give all made-up workers that were started."""
    MadeUpWorker.made = []
    return MadeUpWorker.made


@pytest.fixture
def pool(tmp_path):
    """Give a pool of this test alone."""
    with WorkerPool(scratch=tmp_path, start=MadeUpWorker) as pool:
        yield pool


@pytest.fixture
def settings(tmp_path):
    return Settings(root=tmp_path, workers=1)


@pytest.fixture
def worker(tmp_path, settings):
    """Run a page that no store knows; give the number of the worker that ran it."""
    runs = itertools.count()

    def run(pool, **changed):
        page = parse(CELL.format(1), "docs/a.md")
        store = Store(tmp_path / f"store-{next(runs)}")
        build = Build([page], settings=replace(settings, **changed), store=store, pool=pool)
        result = build.result("docs/a.md")
        assert result.problems == ()
        return int(result.cells[0].outputs[0].text.partition(":")[0])

    return run


def test_a_worker_stays_for_the_next_build(pool, worker):
    assert worker(pool) == worker(pool)


def test_other_terms_bring_other_workers(pool, worker):
    first = worker(pool)
    second = worker(pool, confinement=Confinement(limits=True))
    assert first != second
    assert worker(pool, confinement=Confinement(limits=True)) == second


def test_other_limits_of_a_page_need_no_other_worker(pool, worker):
    assert worker(pool) == worker(pool, timeout=5.0)


def test_a_closed_pool_has_let_every_worker_go(pool, worker, workers):
    worker(pool)
    assert [one.closed for one in workers] == [False]
    pool.close()
    assert [one.closed for one in workers] == [True]


def test_a_closed_pool_can_be_called_again(pool, worker):
    first = worker(pool)
    pool.close()
    assert worker(pool) != first


def test_a_cluster_without_dask_says_what_to_install(pool, settings, monkeypatch):
    find = importlib.util.find_spec

    def lacking(name, *rest):
        return None if name == "distributed" else find(name, *rest)

    monkeypatch.setattr("importlib.util.find_spec", lacking)
    pool.configure(settings)
    far = replace(settings, cluster="dask://lab:8786")
    said = r"dask://lab:8786 needs Dask: pip install 'mkdocs-worked\[dask\]'"
    with pytest.raises(ConfigError, match=said):
        pool.configure(far)
    with pytest.raises(Abort, match=said):
        get_ready(pool, far)


def test_a_slot_lets_go_of_a_runner_that_failed():
    class Failing:
        closed = 0

        def run(self, job):
            raise RunnerLostError("gone")

        def close(self):
            self.closed += 1

    started = []

    def start():
        started.append(Failing())
        return started[-1]

    slot = Slot(start)
    for _ in range(2):
        with pytest.raises(WorkerError, match="gone"):
            slot.run(None)
    assert [one.closed for one in started] == [1, 1]


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


def test_pages_of_two_builds_at_once_come_to_their_own(pool, settings, tmp_path):
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
    shown = [
        [result.cells[0].outputs[0].text.partition(": ")[2] for result in build.results()]
        for build in builds
    ]
    assert shown == [[f"{build} * 10 + {page}" for page in range(3)] for build in (1, 2)]


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
