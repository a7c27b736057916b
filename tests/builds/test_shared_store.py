"""Sites whose results are in a store that machines share: a bucket, a folder, a web server."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping

import pytest

from object_servers import CREDENTIALS, BucketServer, denying_server, silent_server, web_server
from worked.cache import connection
from worked.cli.__main__ import main

PAGES = {
    "index.md": (
        "# One\n\n```python {.run}\nx = 3\nprint(x)\n```\n\nIt is `{python} x`.\n\n"
        "```python {.run}\n#| export: [y]\ny = x + 1\nprint(y)\n```\n"
    ),
    "two.md": "# Two\n\n```python {.run}\nfrom notes.index import y\nprint(y * 2)\n```\n",
    "three.md": "# Three\n\nNo cell.\n",
}
URL = "s3://kept/course"
PATIENT = 120.0
"""seconds: a busy machine is no place that is away"""


@pytest.fixture(scope="module")
def server() -> Iterator[BucketServer]:
    server = BucketServer()
    yield server
    server.close()


@pytest.fixture
def bucket(server: BucketServer, monkeypatch: pytest.MonkeyPatch) -> BucketServer:
    """Give an empty bucket, which builds find in their environment, and have time to wait for."""
    server.clear()
    for bound in ("connection.READING", "sending._PATIENCE"):
        monkeypatch.setattr(f"worked.cache.{bound}", PATIENT)
    monkeypatch.setattr("worked.hosts.store_place.WRITING", PATIENT)
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", server.url)
    monkeypatch.setenv("WORKED_STORE", URL)
    return server


@pytest.fixture
def warned(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """Give what was said of the shared store so far."""
    return lambda: [one.getMessage() for one in caplog.records if one.name == "worked"]


@pytest.fixture
def pages(make) -> Callable[..., object]:
    """Write the site once more, as on another machine: nothing is kept there."""
    return lambda folder, **other: make({**PAGES, **other}, folder=folder)


def published(site) -> Mapping[str, bytes]:
    """Read the whole site."""
    root = site.root / "site"
    files = [path for path in root.rglob("*") if path.is_file() and "sitemap" not in path.name]
    assert files
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def left(before: set[threading.Thread]) -> set[str]:
    """Name the threads that are new, but for those of the workers, which are lent."""
    return {one.name for one in set(threading.enumerate()) - before if "(_work)" not in one.name}


def test_a_site_is_the_same_to_the_byte_wherever_its_results_are(
    bucket, pages, warned, monkeypatch
):
    cold, warm = pages("cold"), pages("warm")
    before = set(threading.enumerate())
    assert cold.build().ran == {"docs/index.md": 2, "docs/two.md": 1}
    assert warm.build().ran == {}
    assert left(before) == set()
    monkeypatch.delenv("WORKED_STORE")
    local = pages("local")
    assert local.build().ran != {}
    assert published(local) == published(cold) == published(warm)
    assert len(PAGES) < len(bucket.objects()) <= 2 * len(PAGES)
    assert warm.build().ran == {}  # with what it has kept by now
    assert warned() == []


def test_an_edited_page_runs_what_changed(bucket, pages):
    pages("first").build()
    two = PAGES["two.md"] + "\n```python {.run}\nprint(7)\n```\n"
    assert pages("second", **{"two.md": two}).build().ran == {"docs/two.md": 1}


@pytest.mark.nightly
def test_two_builds_write_at_once(bucket, pages):
    sites = [pages("first"), pages("second")]
    building = [
        subprocess.Popen(
            [sys.executable, "-m", "worked.cli", "run"],
            cwd=site.root,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for site in sites
    ]
    assert [(one.communicate()[1], one.returncode) for one in building] == [(b"", 0)] * 2
    assert pages("third").build().ran == {}


def test_damaged_objects_run_their_pages_again(bucket, pages, warned):
    first = pages("first")
    first.build()
    whole = bucket.objects()
    names = list(whole)
    for number, name in enumerate(names):
        content = whole[name]
        others = content[: len(content) // 3], whole[names[number - 1]], b"<html>Who?</html>", b""
        bucket.put(name, others[number % len(others)])
    second = pages("second")
    assert second.build().ran == {"docs/index.md": 2, "docs/two.md": 1}
    assert published(second) == published(first)
    assert warned() == []
    assert pages("third").build().ran == {}  # they are whole again


@contextlib.contextmanager
def refusing_server() -> Iterator[str]:
    with silent_server() as url:
        pass
    yield url


@pytest.mark.parametrize("away", [refusing_server, silent_server, denying_server])
def test_a_build_goes_on_without_a_place_that_is_away(bucket, pages, warned, monkeypatch, away):
    monkeypatch.setattr(connection, "READING", 1.0)
    before = set(threading.enumerate())
    site = pages("course")
    with away() as url:
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        built = site.build(strict=True)
    assert built.good
    assert built.ran == {"docs/index.md": 2, "docs/two.md": 1}
    (warning,) = warned()
    assert URL in warning
    assert left(before) == set()


@pytest.mark.nightly
def test_a_build_that_waits_for_a_place_can_be_stopped(bucket, pages, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{listening.getsockname()[1]}")
        building = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build"],
            cwd=pages("course").root,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        listening.settimeout(60)
        asked, _ = listening.accept()
        with asked:  # and nobody answers
            building.send_signal(signal.SIGINT)
            assert building.wait(60) != 0
    with pytest.raises(ProcessLookupError):  # no process of its group is left
        os.killpg(building.pid, 0)


def test_a_bucket_that_is_not_there_is_said_once(bucket, pages, warned, monkeypatch):
    monkeypatch.setenv("WORKED_STORE", "s3://nowhere/course")
    assert pages("course").build().good
    (warning,) = warned()
    assert "bucket does not exist" in warning


def test_read_only_takes_and_leaves_nothing(bucket, pages, warned, monkeypatch):
    pages("first").build()
    before = bucket.objects()
    monkeypatch.setenv("WORKED_STORE_READ_ONLY", "1")
    edited = PAGES["two.md"] + "\n```python {.run}\nprint(7)\n```\n"
    assert pages("second", **{"two.md": edited}).build().ran == {"docs/two.md": 1}
    assert bucket.objects() == before
    assert warned() == []


def test_a_folder_that_is_shared_serves_and_so_does_a_web_server_of_it(
    pages, warned, monkeypatch, tmp_path
):
    shared = tmp_path / "shared"
    monkeypatch.setenv("WORKED_STORE", shared.as_uri())
    pages("first").build()
    before = sorted(shared.iterdir())
    assert pages("second").build().ran == {}
    with web_server(shared) as url:
        monkeypatch.setenv("WORKED_STORE", url)
        two = PAGES["two.md"] + "\n```python {.run}\nprint(7)\n```\n"
        assert pages("third", **{"two.md": two}).build().ran == {"docs/two.md": 1}
    assert sorted(shared.iterdir()) == before
    assert warned() == []


def test_a_missing_extra_ends_the_build_with_its_name(pages, monkeypatch):
    monkeypatch.setenv("WORKED_STORE", "gs://kept/course")  # nothing here needs gcsfs
    built = pages("course").build()
    assert "pip install 'mkdocs-worked[gcs]'" in built.aborted


def test_the_environment_says_yes_or_no(pages, monkeypatch):
    monkeypatch.setenv("WORKED_STORE_READ_ONLY", "maybe")
    assert "WORKED_STORE_READ_ONLY: '1' or '0', not 'maybe'" in pages("course").build().aborted


def test_the_environment_may_name_another_folder(pages, monkeypatch, tmp_path):
    monkeypatch.setenv("WORKED_STORE", str(tmp_path / "kept"))
    site = pages("course")
    site.build()
    assert list((tmp_path / "kept").rglob("*.json"))
    assert not (site.root / ".cache").exists()


def test_the_command_says_what_is_kept_and_drops_it(
    bucket, pages, capsys, monkeypatch, warm_workers
):
    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["-f", str(site.root / "mkdocs.yml"), *arguments])
        return code, *capsys.readouterr()

    site = pages("course")
    assert "shared  s3://kept/course: nothing" in call("store")[1]
    assert call("run")[0] == 0
    other, site = site, pages("other")
    assert call("run")[0] == 0
    _, said, _ = call("store")
    assert "results" in said
    count = len(bucket.objects())
    assert 2 < count <= 4
    assert f"{count} packs" in said
    assert "here 0 (0%), shared 5 (100%), missed 0 (0%)" in said
    monkeypatch.setenv("WORKED_STORE_READ_ONLY", "1")
    code, _, wrong = call("clean", "--remote")
    assert (code, "only read" in wrong) == (2, True)
    assert len(bucket.objects()) == count
    monkeypatch.delenv("WORKED_STORE_READ_ONLY")
    assert call("clean", "--remote")[1] == f"worked: {count} packs dropped in s3://kept/course\n"
    assert bucket.objects() == {}
    monkeypatch.delenv("WORKED_STORE")
    code, _, wrong = call("clean", "--remote")
    assert (code, "no shared store" in wrong) == (2, True)
    assert other.root.exists()


PLAIN = """
import sys
from mkdocs.__main__ import cli
try:
    cli(["build", "--quiet"])
except SystemExit as end:
    assert not end.code
print(sorted({"fsspec", "dask", "distributed", "aiohttp", "s3fs", "asyncio"} & set(sys.modules)))
"""


def test_a_plain_build_loads_nothing_of_this(make):
    assert make(PAGES).run("-c", PLAIN).stdout == "[]\n"
