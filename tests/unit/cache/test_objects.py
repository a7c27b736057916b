"""A folder that several machines see, and what URLs of shared stores need."""

import os
import threading
from importlib.util import find_spec
from pathlib import Path

import pytest

from worked.cache import objects, protocols
from worked.cache.objects import FolderObjects, in_threads
from worked.cache.place import SharedPlace
from worked.cache.protocols import shown
from worked.cache.remote import RemoteObjects
from worked.errors import ConfigError

A, B = f"{'a' * 64}.pack", f"{'b' * 64}.pack"
PATIENT = 60.0


@pytest.fixture(params=["folder", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> SharedPlace:
    """Give an empty place: a folder, and a file system of fsspec that knows no other loop."""
    urls = {"folder": (tmp_path / "shared").as_uri(), "memory": f"memory://{tmp_path.name}"}
    return SharedPlace.at(urls[request.param])


def test_what_was_sent_is_fetched_listed_and_deleted(place: SharedPlace) -> None:
    there = place.objects()
    assert there.send({A: b"one", B: b"two"}, PATIENT).failure == ""
    assert there.fetch([A, B, f"{'c' * 64}.pack"], PATIENT).done == {A: b"one", B: b"two"}
    assert {(one.name, one.size) for one in there.listing(PATIENT)} == {(A, 3), (B, 3)}
    assert all(one.changed > 1.6e9 for one in there.listing(PATIENT))
    assert there.delete([A], PATIENT).failure == ""
    assert there.fetch([A, B], PATIENT).done == {B: b"two"}
    there.close()


def test_an_object_that_is_too_large_is_not_read(
    place: SharedPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = place.objects()
    there.send({A: b"x" * 2000, B: b"small"}, PATIENT)
    for module in ("objects", "remote"):
        monkeypatch.setattr(f"worked.cache.{module}.MOST_PACKED", 1000)
    answers = there.fetch([A, B], PATIENT)
    assert answers.done == {B: b"small"}
    assert answers.failure == ""


def test_a_folder_whose_disk_is_not_there_is_said(tmp_path: Path) -> None:
    there = FolderObjects(tmp_path / "mounted" / "shared")
    assert "mounted" in there.send({A: b"one"}, PATIENT).failure
    assert there.fetch([A], PATIENT) == objects.Answers({}, "")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_nobody_waits_for_a_pipe_in_a_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / A)
    assert FolderObjects(tmp_path).fetch([A], PATIENT) == objects.Answers({}, "")


def test_a_folder_holds_whole_objects_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = FolderObjects(tmp_path)
    there.send({A: b"before"}, PATIENT)

    def stopped(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(Path, "replace", stopped)
    assert "full" in there.send({A: b"after"}, PATIENT).failure
    assert there.fetch([A], PATIENT).done == {A: b"before"}
    assert [path.name for path in tmp_path.iterdir()] == [A]


def test_other_files_in_a_folder_are_left_alone_but_for_halves(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    FolderObjects(tmp_path).send({A: b"one"}, PATIENT)
    for name in (".aside-new", ".aside-old"):
        (tmp_path / name).write_text("half")
    os.utime(tmp_path / ".aside-old", (0, 0))
    assert [one.name for one in FolderObjects(tmp_path).listing(PATIENT)] == [A]
    assert {path.name for path in tmp_path.iterdir()} == {"notes.txt", ".aside-new", A}


def test_what_hangs_is_left_behind_with_what_was_done() -> None:
    hangs = threading.Event()

    def act(name: str) -> bytes:
        if name == "slow":
            hangs.wait()
        return b"done"

    answers = in_threads(act, ["slow", "fast"], 0.2)
    hangs.set()
    assert answers.done == {"fast": b"done"}
    assert "no answer" in answers.failure


@pytest.mark.parametrize(
    ("url", "library", "said"),
    [
        ("s3://bucket/notes", "s3fs", "pip install 'mkdocs-worked[s3]'"),
        ("gs://bucket/notes", "gcsfs", "pip install 'mkdocs-worked[gcs]'"),
        ("abfs://box/notes", "adlfs", "pip install 'mkdocs-worked[azure]'"),
        ("https://notes.example/kept", "aiohttp", "pip install 'mkdocs-worked[http]'"),
        ("sftp://host/notes", "fsspec", "pip install fsspec"),
    ],
)
def test_what_is_not_installed_is_named(
    monkeypatch: pytest.MonkeyPatch, url: str, library: str, said: str
) -> None:
    def without(name: str) -> object:
        return None if name == library else find_spec("os")

    monkeypatch.setattr(protocols.importlib.util, "find_spec", without)
    with pytest.raises(ConfigError) as error:
        SharedPlace.at(url)
    assert said in str(error.value)
    assert library in str(error.value)


def test_a_url_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(ConfigError, match="nowhere"):
        RemoteObjects("nowhere://bucket")


def test_no_secret_of_a_url_is_said() -> None:
    assert shown("https://me:secret@host/notes?token=secret") == "https://host/notes"
    assert "secret" not in SharedPlace.at("https://me:secret@host/notes").name


def test_a_web_server_is_only_read() -> None:
    assert SharedPlace.at("https://notes.example/kept").is_read_only
    assert not SharedPlace.at("s3://bucket").is_read_only
    assert SharedPlace.at("s3://bucket", is_read_only=True).is_read_only
