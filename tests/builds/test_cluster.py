"""Pages on a Dask cluster: a scheduler and workers that are real processes of this machine."""

import re
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import Future

import pytest

from dask_clusters import dask_cluster, wait_until
from processes import AT_LAST, are_gone
from worked.errors import WorkerError
from worked.pool import cluster_limits
from worked.pool.pool import WorkerPool
from worked.sandbox import probe

CELL = "```python {{.run}}\n{0}\n```\n"
PACKAGE = {
    "own/__init__.py": "",
    "own/deep/__init__.py": "from own.deep.numbers import FIRST\n",
    "own/deep/numbers.py": "FIRST = 40\n",
    "own/table.txt": "7\n",
}
PAGES = {
    "index.md": CELL.format(
        "#| export: [double, TABLE]\nimport numpy as np\nTABLE = np.arange(6) / 7\n"
        "def double(x):\n    return 2 * x\nprint(double(TABLE))"
    ),
    "takes.md": CELL.format("from notes.index import TABLE, double\ndouble(TABLE)"),
    "reads.md": CELL.format(
        "#| files: data.txt\nfrom pathlib import Path\nimport own, yaml\n"
        "from own.deep import FIRST\n"
        "beside = Path(own.__file__).with_name('table.txt')\n"
        "print(FIRST, Path('data.txt').read_text(), beside.read_text())"
    ),
    "draws.md": CELL.format(
        "#| fig-alt: A line.\nimport matplotlib.pyplot as plt\nfig, ax = plt.subplots()\n"
        "ax.plot([1, 2])"
    ),
}
ONE, TWO = CELL.format("print(1)"), CELL.format("print(2)")
FOREVER = CELL.format("import time\ntime.sleep(25)")
SLEEPS = CELL.format("import time\ntime.sleep(2)\nprint('awake')")
DYING = """
import os, signal
from pathlib import Path
from worked.pool import cluster_worker, process

def dying(function):
    def first(*given, **named):
        if Path("die").exists():
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*given, **named)
    return first
"""
"""A worker that kills itself at some point, once there is a file `die` in its folder."""
PHASES = {
    "before its process": """
cluster_worker.PageCrew._answer = dying(cluster_worker.PageCrew._answer)
""",
    "in a cell": """
process.receive = dying(process.receive)
""",
    "while its result is sent": """
def dask_setup(worker):
    give = worker.handlers["get_data"]
    die = dying(lambda: None)
    def send(comm, keys, **named):
        if any(str(key).startswith("worked-page") for key in keys):
            die()
        return give(comm, keys=keys, **named)
    worker.handlers["get_data"] = send
""",
}
IN_A_CELL = "in a cell"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A scheduler that no test ends; each test has workers of its own."""
    with dask_cluster(tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Wait longer: a busy machine takes its time to start a worker."""
    for limit in ("CONNECT", "PATIENCE", "SILENCE"):
        monkeypatch.setattr(cluster_limits, limit, AT_LAST)


@pytest.fixture
def workers(cluster):
    """Start workers on the scheduler of all tests; they end with the test."""
    started = []

    def start(*arguments, **options):
        started.append(cluster.worker(*arguments, **options))
        return started[-1]

    yield start
    for one in started:
        one.end()


@pytest.fixture
def pool():
    """Give a pool of this test alone: the warm one is of this machine."""
    with WorkerPool() as pool:
        yield pool


@pytest.fixture
def write(make, config, pool, cluster):
    """Write a site whose pages run on the cluster."""

    def site(pages, *, address=None, folder="far", more=""):
        address = address or cluster.address
        site = make(pages, config.replace("workers: 1", f"workers: '{address}'{more}"), folder)
        site.pool = pool
        return site

    return site


@pytest.fixture
def preload(tmp_path):
    """Write what a worker runs before it begins."""

    def write(text):
        path = tmp_path / "preload.py"
        path.write_text(text, "utf-8")
        return "--preload", str(path)

    return write


def in_background(site):
    """Build in a thread; give what waits for it and gives what came of it."""
    built = Future()

    def build():
        try:
            built.set_result(site.build())
        except BaseException as error:
            built.set_exception(error)

    threading.Thread(target=build).start()
    return built.result


def contents(site):
    folder = site.root / "site"
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def keys(site):
    """The names of all entries of the store of a site."""
    folder = site.root / ".cache/worked"
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def with_package(site):
    for name, text in PACKAGE.items():
        site.put(name, text)
    site.put("docs/data.txt", "12\n")
    return site


def test_a_site_is_the_same_from_here_from_a_cluster_and_from_one_that_loses_a_worker(
    make, config, write, workers, preload, pool
):
    before = set(threading.enumerate())
    own = "workers: 1, packages: [own]"
    here = with_package(make(PAGES, config.replace("workers: 1", own), "here"))
    assert here.build().good
    victim, other = workers(*preload(DYING + PHASES[IN_A_CELL]), threads=2), workers()
    far = with_package(write(PAGES, more=", packages: [own]"))
    built = far.build()
    assert built.good
    assert len(built.ran) == len(PAGES)
    assert re.search(r", [12] workers? on dask://127\.0\.0\.1:\d+, \w+$", built.log, re.M)
    (victim.folder / "die").touch()
    other.send(signal.SIGSTOP)  # or it might have run all pages before the victim has one
    less = with_package(write(PAGES, folder="less", more=", packages: [own]"))
    result = in_background(less)
    assert victim.wait() == -signal.SIGKILL
    other.send(signal.SIGCONT)
    assert result().good
    assert contents(here) == contents(far) == contents(less)
    assert keys(here) == keys(far) == keys(less)
    assert other.crews()
    pool.close()
    assert are_gone(other.folder)
    wait_until(lambda: not other.crews())
    assert other.process.poll() is None
    assert [one.name for one in set(threading.enumerate()) - before if one.is_alive()] == []


@pytest.mark.nightly
@pytest.mark.parametrize("phase", PHASES)
def test_pages_of_a_worker_that_is_killed_run_elsewhere(write, workers, preload, phase):
    victim = workers(*preload(DYING + PHASES[phase]), threads=2)
    (victim.folder / "die").touch()
    result = in_background(write({"index.md": ONE, "more.md": TWO}))
    assert victim.wait() == -signal.SIGKILL
    workers()
    built = result()
    assert built.good
    assert built.ran == {"docs/index.md": 1, "docs/more.md": 1}
    assert "lost tcp://127.0.0.1:" in built.log


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("number", "said"),
    [
        pytest.param(signal.SIGSTOP, "has said nothing for", id="cut off"),
        pytest.param(signal.SIGTERM, "it has closed, or died", id="closing"),
    ],
)
def test_pages_of_a_worker_that_goes_silent_or_closes_run_elsewhere(
    write, workers, monkeypatch, number, said
):
    monkeypatch.setattr(cluster_limits, "SILENCE", 3.0)
    victim = workers()
    result = in_background(write({"index.md": SLEEPS}))
    wait_until(lambda: victim.pages)
    victim.send(number)
    workers()
    built = result()
    assert built.good, built.log
    assert said in built.log
    if number == signal.SIGTERM:
        victim.wait()
        assert are_gone(victim.folder)


@pytest.mark.nightly
def test_a_page_that_ends_its_workers_ends_the_build_and_not_the_cluster(
    write, workers, preload, monkeypatch
):
    monkeypatch.setattr(cluster_limits, "MAX_LOST", 1)
    victim = workers(*preload(DYING + PHASES[IN_A_CELL]))
    (victim.folder / "die").touch()
    with pytest.raises(WorkerError, match=r"docs/index\.md: every worker that ran it was lost:"):
        write({"index.md": ONE}).build()


REFUSALS = {
    "another version": (
        "from worked.pool import facts\nfacts.own_facts = (lambda own: lambda: "
        "{**own(), 'numpy': '1.0'})(facts.own_facts)\n",
        r"numpy [\d.]+ here, 1\.0 there",
    ),
    "another version of what a page uses": (
        "from worked.pool import facts\nfacts.used_versions = (lambda used: lambda *given: "
        "dict.fromkeys(used(*given), '0.9'))(facts.used_versions)\n",
        r"PyYAML [\d.]+ here, 0\.9 there",
    ),
    "no confinement": (
        "from worked.pool import cluster_worker\nfrom worked.sandbox import Confinement\n"
        "cluster_worker.probe = lambda: Confinement(limits=True)\n",
        "cells must run isolated, and this system has no landlock and no seccomp",
    ),
}


@pytest.mark.skipif(probe().mode != "isolated", reason="cells cannot be isolated here")
@pytest.mark.parametrize(
    "why",
    [
        "no confinement",
        pytest.param("another version", marks=pytest.mark.nightly),
        pytest.param("another version of what a page uses", marks=pytest.mark.nightly),
    ],
)
def test_a_worker_that_differs_is_refused_by_name_and_others_go_on(
    write, workers, preload, pool, why
):
    text, said = REFUSALS[why]
    workers(*preload(text))
    site = write({"index.md": CELL.format("import yaml")}, more=", confine: isolated")
    result = in_background(site)
    wait_until(lambda: pool._cluster and pool._cluster.remarks)
    workers()
    built = result()
    assert built.good
    assert re.search(f"refused tcp://127.0.0.1:\\d+: .*{said}", built.log)


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGINT,
        pytest.param(signal.SIGTERM, marks=pytest.mark.nightly),
        pytest.param(signal.SIGKILL, marks=pytest.mark.nightly),
    ],
)
def test_a_build_that_ends_early_ends_its_pages_on_the_cluster(write, workers, number):
    worker = workers()
    site = write({"index.md": FOREVER})
    with subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=site.root, stderr=subprocess.PIPE
    ) as build:
        wait_until(lambda: worker.pages)
        build.send_signal(number)
        build.communicate()
    assert build.returncode != 0
    assert are_gone(worker.folder)
    wait_until(lambda: not worker.pages and not worker.crews())
    assert worker.process.poll() is None


def test_without_a_scheduler_a_build_ends_at_once(write, monkeypatch):
    monkeypatch.setattr(cluster_limits, "CONNECT", 0.5)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"dask://127.0.0.1:{nobody.getsockname()[1]}"
        with pytest.raises(WorkerError, match=r"no Dask scheduler answers within 0\.5 s"):
            write({"index.md": ONE}, address=address).build()


def test_without_workers_a_build_says_so(write, monkeypatch):
    monkeypatch.setattr(cluster_limits, "PATIENCE", 0.5)
    with pytest.raises(WorkerError, match="has no worker that may run pages; start one with"):
        write({"index.md": ONE}).build()


@pytest.mark.nightly
def test_a_scheduler_that_is_gone_ends_a_build_and_takes_nothing_that_is_kept(
    write, pool, tmp_path
):
    with dask_cluster(tmp_path / "own") as own:
        worker = own.worker()
        site = write({"index.md": ONE, "more.md": TWO}, address=own.address)
        assert site.build().good
        site.write({"more.md": FOREVER})
        result = in_background(site)
        wait_until(lambda: worker.pages)
        own.scheduler.end()
        with pytest.raises(WorkerError, match="the Dask scheduler is gone"):
            result()
        wait_until(lambda: not worker.pages)
        site.write({"more.md": TWO})
        built = site.build()
        assert built.good
        assert built.ran == {}
    pool.close()


def test_a_build_without_a_cluster_loads_nothing_of_dask(make):
    site = make({"index.md": ONE})
    code = (
        "import sys\nfrom mkdocs.__main__ import cli\ncli(['build', '-q'], standalone_mode=False)\n"
    )
    ran = site.run("-c", f"{code}print({{'dask', 'distributed', 'fsspec'}} & {{*sys.modules}})")
    assert ran.stdout == "set()\n", ran.stderr
    assert site.published == ["index.html"]


@pytest.mark.nightly
def test_a_cluster_with_certificates_runs_pages_for_those_who_have_one(write, tmp_path):
    certificate, key = tmp_path / "own.pem", tmp_path / "own.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-subj", "/CN=lab", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    start = "DASK_DISTRIBUTED__COMM__"
    environment = {f"{start}REQUIRE_ENCRYPTION": "true", f"{start}TLS__CA_FILE": str(certificate)}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        environment |= {f"{start}TLS__{role}__CERT": str(certificate)}
        environment |= {f"{start}TLS__{role}__KEY": str(key)}
    with dask_cluster(tmp_path / "own", "--protocol", "tls", **environment) as own:
        own.worker()
        site = write({"index.md": ONE}, address=own.address)
        ran = site.run("-m", "mkdocs", "build", **environment)
        assert re.search(r"1 ran, .* 1 worker on tls://127\.0\.0\.1:", ran.stderr), ran.stderr
        stranger = site.run("-m", "mkdocs", "build", WORKED_WORKERS=own.address)
        assert stranger.returncode == 0  # everything is kept
        site.write({"index.md": TWO})
        stranger = site.run("-m", "mkdocs", "build", WORKED_WORKERS=own.address)
        assert stranger.returncode != 0
        assert "has no certificates under" in stranger.stderr
