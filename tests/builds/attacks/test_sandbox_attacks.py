"""Hostile cells, each of which must fail by its own clear error and leave no trace.

They stand in `attacks.txt`.  Root sends an ordinary user, who is the weaker one; at night both try.
"""

import contextlib
import os
import platform
import re
import socket
import subprocess
import sys
import sysconfig
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from worked import limits
from worked.builds.collect import collect
from worked.builds.job import make_job
from worked.builds.lookup import look_up
from worked.cache.fingerprints import Fingerprints
from worked.cache.store import Store
from worked.errors import describe
from worked.page.parser import parse
from worked.pool.process import ForkServer
from worked.protocol.outputs import Text
from worked.sandbox.confinement import probe
from worked.settings import Settings

SECRET = "hunter2"
NOBODY = 65534
ABLE = probe()

pytestmark = pytest.mark.skipif(
    ABLE.mode != "isolated", reason=f"needs Linux with Landlock and seccomp; here: {ABLE.level}"
)

HELD = Path(__file__).with_name("test_limits_held.py")
PATIENCE = 120.0
"""seconds of a page that is to end by itself: on no machine does it take as long"""
PRELUDE = """
#| timeout: 120
import ctypes, json, os, struct
import numpy as np
SITE, PARENT, BUILD, PORT = {site!r}, os.getppid(), {build}, {port}
libc = ctypes.CDLL(None)
pipe = max(fd for fd in range(3, 256) if os.path.exists(f"/proc/self/fd/{{fd}}")
           and os.readlink(f"/proc/self/fd/{{fd}}").startswith("pipe"))
def send(message):
    body = json.dumps(message).encode()
    os.write(pipe, struct.pack(">I", len(body)) + body)
"""


@dataclass(frozen=True)
class Attack:
    name: str
    ending: str
    code: str

    @property
    def line(self) -> int:
        """The line, from 0 in its cell, that the error must name."""
        rows = self.code.split("\n")
        return next((number for number, row in enumerate(rows) if row.endswith("# <-")), 0)


def read(text: str) -> list[Attack]:
    """Read attacks.txt."""
    found = []
    for section in re.split(r"^## ", text, flags=re.M)[1:]:
        title, *parts = re.split(r"^### ", section, flags=re.M)
        for part in parts:
            name, ending, code = part.rstrip().split("\n", 2)
            found.append(Attack(f"{title.strip()}: {name}", ending, code))
    return found


ATTACKS = [
    attack
    for attack in read(Path(__file__).with_name("attacks.txt").read_text())
    # numbers of system calls are those of one processor
    if platform.machine() == "x86_64" or "libc.syscall" not in attack.code
]

LOOKED_AT = [attack for attack in ATTACKS if attack.ending.startswith("died|")]
"""Those that pass a limit which the kernel holds where it can, and the build by looking."""
BY_DAY = [
    *("disk: large files", "disk: many files", "disk: folders deeper than anybody looks"),
    "threads and processes: threads that start threads",
]
"""One of those for each thing that is looked at."""
LAST = [*{attack.name.partition(":")[0]: attack for attack in ATTACKS}.values()]
"""Of each section, after which a page is run that harms nobody; root runs it after each attack."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Make a folder with all that a stranger must not see."""
    root = tmp_path_factory.mktemp("home") / "site"
    for name, text in {
        "mkdocs.yml": SECRET,
        "hook.py": f"print({SECRET!r})",
        ".git/config": SECRET,
        "docs/other.md": SECRET,
        "figures/__init__.py": "",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


@pytest.fixture(scope="module")
def port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture(scope="module")
def workers(tmp_path_factory):
    """Start a worker whose pages the kernel bounds, and one whose pages are looked at only."""
    os.environ["SECRET_TOKEN"] = SECRET
    kinds = (ABLE, replace(ABLE, bounded=False))
    hired = [ForkServer(tmp_path_factory.mktemp("scratch"), confinement=each) for each in kinds]
    yield hired
    for worker in hired:
        worker.close()
    del os.environ["SECRET_TOKEN"]


@pytest.fixture
def run(workers, site, tmp_path):
    """Run one page: its result, and all that came through the pipe."""

    def page(*cells, timeout=PATIENCE, looked_at=False):
        worker = workers[looked_at]
        text = "\n".join(f"```python {{.run}}\n{code}\n```" for code in cells)
        packages = (("figures", str(site / "figures")),)
        settings = Settings(
            root=site / "docs", packages=packages, timeout=timeout, confinement=ABLE
        )
        store, fingerprints = Store(tmp_path / "store"), Fingerprints(packages)
        page = parse(text, "docs/evil.md")
        known = look_up(page, "", settings=settings, store=store, fingerprints=fingerprints)
        outcome = worker.run(make_job(known, settings))
        return collect(known, outcome, store=store, fingerprints=fingerprints), repr(
            outcome.messages
        )

    return page


def traces(root):
    """Everything below a folder: names, modes, owners, times and contents."""
    return {
        path.relative_to(root).as_posix(): (
            (seen := path.stat()).st_mode,
            seen.st_uid,
            seen.st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in [root, *root.rglob("*")]
    }


BY_THIS_USER = [pytest.mark.nightly] if os.geteuid() == 0 else []


@pytest.mark.parametrize(
    "attack", [pytest.param(each, id=each.name, marks=BY_THIS_USER) for each in ATTACKS]
)
def test_an_attack_comes_to_nothing(attack, run, site, port, monkeypatch):
    monkeypatch.setattr(limits, "GRACE", 0.5)
    before = traces(site)
    prelude = PRELUDE.format(site=str(site), build=os.getpid(), port=port).strip()
    hangs = attack.ending.startswith("timeout")
    result, received = run(prelude, attack.code, timeout=0.5 if hangs else PATIENCE)

    if attack.ending.startswith("= "):
        assert result.problems == ()
        assert result.cells[1].outputs == (Text(attack.ending[2:] + "\n"),)
    else:
        kind, _, pattern = attack.ending.partition(": ")
        assert len(result.problems) == 1
        (problem,) = result.problems
        assert re.fullmatch(kind, problem.kind), problem
        assert re.search(pattern, problem.message), problem
        assert problem.page == "docs/evil.md"
        start = result.page.cells[1].line
        assert problem.line == start + attack.line, problem
        said = describe(problem, result.page.text)
        assert not re.search(r"^\s*::", said, re.M)
        assert "##[" not in said
    assert SECRET not in received or "::error" in attack.code
    assert traces(site) == before
    if attack not in LAST and os.geteuid() != 0:
        return
    # the next page comes right
    harmless, _ = run("import figures\nx = 1", "x + 1")
    assert harmless.problems == ()
    assert harmless.cells[1].outputs == (Text("2"),)


@pytest.mark.parametrize(
    "attack",
    [
        pytest.param(
            each, id=each.name, marks=BY_THIS_USER if each.name in BY_DAY else pytest.mark.nightly
        )
        for each in LOOKED_AT
    ],
)
def test_an_attack_is_noticed_where_the_kernel_does_not_count(attack, run):
    result, _ = run(PRELUDE.format(site="", build=0, port=0).strip(), attack.code, looked_at=True)
    kind, _, pattern = attack.ending.partition(": ")
    (problem,) = result.problems
    assert re.fullmatch(kind, problem.kind), problem
    assert re.search(pattern, problem.message), problem
    assert problem.line == result.page.cells[1].line


def test_there_are_many_attacks():
    assert len(ATTACKS) >= 70
    assert {attack.name for attack in LOOKED_AT} >= set(BY_DAY)


def test_what_stat_tells_is_known(run, site):
    """Landlock does not hide whether a file exists, nor its size: the documentation says so."""
    result, _ = run(f"import os\nos.stat({str(site)!r} + '/mkdocs.yml').st_size")
    assert result.cells[0].outputs == (Text(str(len(SECRET))),)


def ordinary(folder):
    """Find a Python that an ordinary user may run, with the libraries of this one.

    Root's own may lie in a folder that is root's alone; the system's does not.
    """
    name = f"python3.{sys.version_info.minor}"
    for python in (sys.executable, f"/usr/bin/{name}", f"/usr/local/bin/{name}"):
        if python != sys.executable:
            made = [python, "-m", "venv", "--without-pip", str(folder)]
            if not Path(python).exists() or subprocess.run(made, check=False).returncode:
                continue
            packages = folder / "lib" / name / "site-packages"
            packages.rmdir()
            packages.symlink_to(sysconfig.get_path("purelib"))
            python = str(folder / "bin/python")
        if as_nobody([python, "-c", "import numpy, pytest, worked.worker.server"]).returncode == 0:
            return python
    return pytest.skip("root's Python is out of others' reach: install Debian's python3")


def as_nobody(command):
    with contextlib.suppress(PermissionError):
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            user=NOBODY,
            group=NOBODY,
            extra_groups=[],
            env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
    return subprocess.CompletedProcess(command, 1, "", "")


def test_attacks_come_to_nothing_for_an_ordinary_user():
    if os.geteuid() != 0:  # then every test above was one
        return
    with tempfile.TemporaryDirectory(prefix="worked-attacks-") as folder:
        base = Path(folder)
        base.chmod(0o755)
        python = ordinary(base / "venv")
        (base / "own").mkdir()
        os.chown(base / "own", NOBODY, NOBODY)
        command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__, str(HELD)]
        command += [f"--basetemp={base}/own/tests", "-k", "test_an_attack or limits_held"]
        done = as_nobody(command)
    said = done.stdout[-3000:] + done.stderr[-1000:]
    assert done.returncode == 0, said
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) > len(ATTACKS) + len(BY_DAY), said
