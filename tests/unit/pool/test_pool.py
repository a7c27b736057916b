"""Workers that stay from one build to the next.

A page's process is forked by its worker: the parent's number tells which worker ran it.
"""

import os
import signal
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
def crew(tmp_path):
    """Give a crew of this test alone, whose folders can be looked at."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with WorkerPool(scratch=scratch) as crew:
        yield crew


@pytest.fixture
def settings(tmp_path):
    return Settings(root=tmp_path, workers=1)


@pytest.fixture
def parent(tmp_path, settings):
    """Run a page that no store knows; give the number of the process that forked it."""
    runs = iter(range(1000))

    def run(crew, **changed):
        page = parse(CELL.format(PARENT), "docs/a.md")
        store = Store(tmp_path / f"store-{next(runs)}")
        trip = Build([page], settings=replace(settings, **changed), store=store, crew=crew)
        result = trip.result("docs/a.md")
        assert result.problems == ()
        return int(result.cells[0].outputs[0].text)

    return run


def alive(process):
    """Whether there is such a process, and it has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_worker_stays_for_the_next_trip(crew, parent):
    assert parent(crew) == parent(crew)


def test_a_trip_without_a_crew_has_workers_of_its_own(parent):
    assert parent(None) != parent(None)


def test_a_page_finds_nothing_of_one_before_it(crew, parent, settings, tmp_path):
    parent(crew)
    code = "import os\nsorted(os.listdir()), hasattr(os, 'kept')"
    left = CELL.format("import os\nos.kept = 1\nopen('left', 'w').close()")
    for name, text in {"one": left, "two": CELL.format(code)}.items():
        page = parse(text, f"docs/{name}.md")
        trip = Build([page], settings=settings, store=Store(tmp_path / name), crew=crew)
        result = trip.result(page.name)
        assert result.problems == ()
    assert result.cells[0].outputs[0].text == "([], False)"


def test_other_terms_bring_other_workers(crew, parent):
    first = parent(crew)
    second = parent(crew, confinement=Confinement(limits=True))
    assert first != second
    assert parent(crew, confinement=Confinement(limits=True)) == second


def test_other_limits_of_a_page_need_no_other_worker(crew, parent):
    assert parent(crew) == parent(crew, timeout=5.0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="one worker for all pages needs forks")
def test_a_worker_that_died_between_two_trips_is_replaced(crew, parent):
    first = parent(crew)
    os.kill(first, signal.SIGKILL)
    assert parent(crew) != first


def test_a_closed_crew_leaves_no_process_and_no_folder(crew, parent, tmp_path):
    worker = parent(crew)
    assert alive(worker)
    assert list((tmp_path / "scratch").iterdir())
    crew.close()
    assert not alive(worker)
    assert not list((tmp_path / "scratch").iterdir())


def test_a_closed_crew_can_be_called_again(crew, parent):
    first = parent(crew)
    crew.close()
    assert parent(crew) != first


def test_a_hand_lets_go_of_a_worker_that_failed(tmp_path):
    class Failing:
        closed = False

        def run(self, job, hear):
            raise WorkerError("gone")

        def close(self):
            self.closed = True

    hand = Slot(tmp_path, confinement=Confinement(), environment={}, fork=True)
    hand._worker = worker = Failing()
    with pytest.raises(WorkerError, match="gone"):
        hand.run(None, print)
    assert worker.closed
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
    shown = [[result.cells[0].outputs[0].text for result in trip.results()] for trip in trips]
    assert shown == [["10", "11", "12"], ["20", "21", "22"]]


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
