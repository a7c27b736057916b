"""Builds that run at once, run out of disk, or are killed: the next one is right all the same."""

import contextlib
import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from processes import are_gone, working_in
from worked.cache.store import Store

CELL = "```python {{.run}}\n{0}\n```\n\n"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc")


@pytest.fixture
def packaged(config):
    return config.replace("worked: {", "worked: {packages: [tools], ")


def numbers(site, number, pages=3):
    """Write a site whose pages show numbers that follow from one in its package."""
    site.put("tools/__init__.py", "")
    site.put("tools/base.py", f"BASE = {number}\n")
    for page in range(pages):
        cells = [f"from tools.base import BASE\nprint('first', BASE + {page})"]
        cells += [f"print('then', BASE * {page} + {cell})" for cell in range(2)]
        text = "".join(map(CELL.format, cells)) + f"At last `{{python}} BASE - {page}`.\n"
        site.write({f"page-{page}.md": text})


def is_right(site, number, pages=3):
    """Whether the site shows what follows from the number."""
    for page in range(pages):
        html = site.article(f"page-{page}.html")
        shown = re.findall(r"(?:first|then) (-?\d+)<", html)
        shown += re.findall(r'worked-value">(.*?)<', html)
        cells = [number + page, number * page, number * page + 1]
        if shown != [str(each) for each in (*cells, number - page)]:
            return False
    return True


# --- at once


def test_builds_at_once_on_one_store_are_all_right(make, packaged, tmp_path):
    config = packaged.replace("{packages", f"{{store: {tmp_path / 'store'}, packages")
    sites = [make({}, config, folder=name) for name in ("one", "other")]
    for turn in range(2):
        # in turns the same results, and other ones under the same keys
        for site, number in zip(sites, (100, 100 + 100 * turn), strict=True):
            numbers(site, number)
        with ThreadPoolExecutor() as threads:
            done = list(threads.map(lambda site: site.run("-m", "mkdocs", "build"), sites))
        assert [each.returncode for each in done] == [0, 0], done
        assert is_right(sites[0], 100)
        assert is_right(sites[1], 100 + 100 * turn)
    assert [path.name for path in (tmp_path / "store").rglob(".aside-*")] == []


# --- full disks


def test_a_full_disk_ends_the_build_and_says_what_to_do(make, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    site = make({"index.md": CELL.format("40 + 2")})
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(Abort) as caught:
            build(load_config(str(site.root / "mkdocs.yml")))
    store = site.root / ".cache/worked"
    said = f"a result cannot be kept in {store}: No space left on device. Free some space"
    assert said in str(caught.value)
    assert site.published == []
    assert [path for path in store.rglob("*") if path.is_file()] == []
    assert site.build().good


ON_A_SMALL_DISK = """
mkdir -p .cache && mount -t tmpfs -o size=48k tmpfs .cache || exit 77
{python} -m mkdocs build --quiet
echo "exit $?"
find .cache -name '.aside-*' | wc -l
cp -r .cache saved
"""


def test_a_small_disk_keeps_whole_entries_only(make):
    unshare = shutil.which("unshare")
    site = make({"index.md": "".join(CELL.format(f"print('{n}' * 9000)") for n in range(9))})
    script = ON_A_SMALL_DISK.format(python=sys.executable)
    done = subprocess.run(
        [unshare or "false", "--map-root-user", "--mount", "sh", "-c", script],
        cwd=site.root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )
    if not done.stdout:
        pytest.skip("no file system can be mounted here")
    assert done.stdout.split("\n")[-3:] == ["exit 1", "0", ""]
    assert "No space left on device. Free some space" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    saved = Store(site.root / "saved" / "worked")
    entries = list(saved.root.rglob("*.json"))
    assert 0 < len(entries) < 9
    for path in entries:
        checksum, _, body = path.read_bytes().partition(b"\n")
        name = f"{path.parent.name}{path.stem}".encode()
        assert checksum == hashlib.sha256(name + body).hexdigest().encode()
    saved.root.parent.rename(site.root / ".cache")
    assert site.build().ran == {"docs/index.md": 9 - len(entries)}


# --- kill -9

BUILDER = """
import logging, os, sys
from mkdocs.commands.build import build
from mkdocs.config import load_config
import worked.hosts.mkdocs_plugin

logging.getLogger("mkdocs").addHandler(logging.StreamHandler())
logging.getLogger("mkdocs").setLevel(30)
logging.getLogger("mkdocs").propagate = False
for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        os.setsid()
        build(load_config("mkdocs.yml"))
        sys.exit()
    print(child, flush=True)
    sys.stdin.readline()  # until then its number belongs to nobody else
    _, status = os.waitpid(child, 0)
    print(status, flush=True)
"""


class Builder:
    """Builds a site again and again, each time by a process in a session of its own.

    It has MkDocs loaded, so that a build spends its time on the site, not on imports.
    """

    def __init__(self, site):
        self.scratch = site.root.parent / f"scratch of {site.root.name}"
        self.scratch.mkdir()
        self.process = subprocess.Popen(
            [sys.executable, "-c", BUILDER],
            cwd=site.root,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(self.scratch)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def begin(self):
        """Start a build; give its process."""
        return self._ask()

    def end(self):
        """Wait for it; give its status."""
        return self._ask()

    def _ask(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def kill_builds(site, seed, times):
    """Kill builds at random moments; give what was wrong after them."""
    chance = random.Random(seed)
    wrong = []
    with Builder(site) as builder:
        numbers(site, 1000)
        started = time.monotonic()
        builder.begin()
        assert builder.end() == 0
        lasts = time.monotonic() - started
        for turn in range(times):
            numbers(site, turn + 10)
            build = builder.begin()
            moment = chance.uniform(0, lasts)
            with contextlib.suppress(subprocess.TimeoutExpired):
                builder.process.wait(moment)
            os.kill(build, signal.SIGKILL)
            builder.end()
            shutil.rmtree(site.root / "site", ignore_errors=True)
            builder.begin()
            when = f"killed after {moment:.3f} s of {lasts:.3f}"
            if builder.end() != 0 or not is_right(site, turn + 10):
                wrong.append(f"{when}: the next build is not right")
            if not are_gone(builder.scratch):
                wrong.append(f"{when}: processes are left")
    return wrong


@LINUX
@pytest.mark.parametrize("times", [2, pytest.param(25, marks=pytest.mark.nightly)])
def test_a_build_after_one_that_was_killed_is_right(times, make, packaged):
    sites = [make({}, packaged, folder=name) for name in ("one", "other")]
    with ThreadPoolExecutor() as threads:
        wrong = list(threads.map(lambda site, seed: kill_builds(site, seed, times), sites, (1, 2)))
    assert wrong == [[], []]


@LINUX
def test_nothing_of_a_killed_build_goes_on_running(make):
    endless = "#| timeout: 600\nimport time\n\nwhile True:\n    time.sleep(1)"
    site = make({"index.md": CELL.format(endless)})
    with Builder(site) as builder:
        build = builder.begin()
        while len(working_in(builder.scratch)) < 2:  # the worker, and its page
            with contextlib.suppress(subprocess.TimeoutExpired):
                builder.process.wait(0.05)
            assert builder.process.poll() is None
        os.kill(build, signal.SIGKILL)
        builder.end()
        ended = are_gone(builder.scratch)
        for process in working_in(builder.scratch):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        assert ended
