"""Workers that stay from one build to the next: who works on which page, and for how long.

No process starts: the workers are made up, and show their number and the code of the cell.
"""

import itertools
from dataclasses import replace
from typing import Self

import pytest

from worked.builds import scheduler as plan
from worked.builds.lookup import look_up
from worked.builds.scheduler import Build
from worked.cache.store import Store
from worked.errors import WorkerError
from worked.page.parser import parse
from worked.pool import pool
from worked.pool.pool import Slot, WorkerPool
from worked.pool.process import Outcome
from worked.protocol.outputs import CellResult, Text, dump_result
from worked.sandbox.confinement import Confinement
from worked.settings import Settings

NO_NEEDS = {"files": [], "folders": [], "modules": []}
CELL = "```python {{.run}}\n{0}\n```\n"


class MadeUpWorker:
    """Shows the number of this worker and the code of each cell; remembers that it was closed."""

    made: list[Self]

    def __init__(self, scratch, *, confinement, environment):
        self.closed = False
        self.made.append(self)

    def run(self, job, hear):
        number = self.made.index(self)
        messages = []
        for step, task in enumerate(job.tasks):
            shown = CellResult((Text(f"{number}: {task.code}"),))
            messages += [
                {"frame": "begin", "step": step},
                {"frame": "cell", "step": step, "result": dump_result(shown), "needs": NO_NEEDS},
            ]
        messages.append({"frame": "end"})
        for message in messages:
            hear(message)
        return Outcome(tuple(messages), "", len(job.tasks) - 1)

    def close(self):
        self.closed = True


@pytest.fixture(autouse=True)
def workers(monkeypatch):
    """Have made-up workers in place of processes; give all that were hired."""
    MadeUpWorker.made = []
    for kind in ("ForkServer", "FreshProcess"):
        monkeypatch.setattr(pool, kind, MadeUpWorker)
    return MadeUpWorker.made


@pytest.fixture
def crew(tmp_path):
    """Give a crew of this test alone."""
    with WorkerPool(scratch=tmp_path) as crew:
        yield crew


@pytest.fixture
def settings(tmp_path):
    return Settings(root=tmp_path, workers=1)


@pytest.fixture
def worker(tmp_path, settings):
    """Run a page that no store knows; give the number of the worker that ran it."""
    runs = itertools.count()

    def run(crew, **changed):
        page = parse(CELL.format(1), "docs/a.md")
        store = Store(tmp_path / f"store-{next(runs)}")
        trip = Build([page], settings=replace(settings, **changed), store=store, crew=crew)
        result = trip.result("docs/a.md")
        assert result.problems == ()
        return int(result.cells[0].outputs[0].text.partition(":")[0])

    return run


def test_a_worker_stays_for_the_next_trip(crew, worker):
    assert worker(crew) == worker(crew)


def test_a_trip_without_a_crew_has_workers_of_its_own(worker):
    assert worker(None) != worker(None)


def test_other_terms_bring_other_workers(crew, worker):
    first = worker(crew)
    second = worker(crew, confinement=Confinement(limits=True))
    assert first != second
    assert worker(crew, confinement=Confinement(limits=True)) == second


def test_other_limits_of_a_page_need_no_other_worker(crew, worker):
    assert worker(crew) == worker(crew, timeout=5.0)


def test_a_closed_crew_has_let_every_worker_go(crew, worker, workers):
    worker(crew)
    assert [one.closed for one in workers] == [False]
    crew.close()
    assert [one.closed for one in workers] == [True]


def test_a_closed_crew_can_be_called_again(crew, worker):
    first = worker(crew)
    crew.close()
    assert worker(crew) != first


def test_a_hand_lets_go_of_a_worker_that_failed(tmp_path):
    class Failing:
        closed = False

        def run(self, job, hear):
            raise WorkerError("gone")

        def close(self):
            self.closed = True

    hand = Slot(tmp_path, confinement=Confinement(), environment={}, fork=True)
    hand._worker = failing = Failing()
    with pytest.raises(WorkerError, match="gone"):
        hand.run(None, print)
    assert failing.closed
    assert hand._worker is None


def test_pages_of_two_trips_at_once_come_to_their_own(crew, settings, tmp_path):
    settings = replace(settings, workers=2)
    trips = [
        Build(
            [parse(CELL.format(f"{trip} * 10 + {page}"), f"docs/{page}.md") for page in range(3)],
            settings=settings,
            store=Store(tmp_path / f"store-{trip}"),
            crew=crew,
        )
        for trip in (1, 2)
    ]
    shown = [
        [result.cells[0].outputs[0].text.partition(": ")[2] for result in trip.results()]
        for trip in trips
    ]
    assert shown == [[f"{trip} * 10 + {page}" for page in range(3)] for trip in (1, 2)]


def test_a_trip_that_cannot_look_its_pages_up_leaves_its_crew_nothing_to_do(
    settings, tmp_path, monkeypatch
):
    class Asked(WorkerPool):
        errands = ()

        def ask(self, errand):
            self.errands = (*self.errands, errand)

    def refuse_the_second(page, *arguments, **named):
        if page.name == "docs/b.md":
            raise OSError("a package cannot be read")
        return look_up(page, *arguments, **named)

    monkeypatch.setattr(plan, "look_up", refuse_the_second)
    pages = [parse(CELL.format("1"), f"docs/{name}.md") for name in "ab"]
    crew = Asked()
    with pytest.raises(OSError, match="cannot be read"):
        Build(pages, settings=settings, store=Store(tmp_path / "store"), crew=crew)
    assert crew.errands == ()
