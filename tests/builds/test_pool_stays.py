"""Worker processes that stay from one build to the next.

A page's process is forked by its worker: the parent's number tells which worker ran it.
"""

import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from worked.builds.scheduler import Build
from worked.cache.store import Store
from worked.page.parser import parse
from worked.pool.pool import WorkerPool
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

    def run(pool):
        page = parse(CELL.format(PARENT), "docs/a.md")
        store = Store(tmp_path / f"store-{next(runs)}")
        result = Build([page], settings=settings, store=store, pool=pool).result("docs/a.md")
        assert result.problems == ()
        return int(result.cells[0].outputs[0].text)

    return run


def alive(process):
    """Whether there is such a process, and it has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


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


@pytest.mark.skipif(not hasattr(os, "fork"), reason="one worker for all pages needs forks")
def test_a_worker_that_died_between_two_builds_is_replaced(pool, parent):
    first = parent(pool)
    os.kill(first, signal.SIGKILL)
    assert parent(pool) != first


def test_a_closed_pool_leaves_no_process_and_no_folder(pool, parent, tmp_path):
    worker = parent(pool)
    assert alive(worker)
    assert list((tmp_path / "scratch").iterdir())
    pool.close()
    assert not alive(worker)
    assert not list((tmp_path / "scratch").iterdir())


def test_a_build_without_a_pool_has_workers_of_its_own(parent):
    assert parent(None) != parent(None)


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
