"""Keeping results."""

import errno
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worked.cache.backend import DAY, HOUR
from worked.cache.store import STRANGER, RecentEntries, Store
from worked.errors import StoreError
from worked.files import digest, digest_file

KEY, OTHER = digest("a"), digest("b")
ENTRY = {"outputs": [{"type": "text", "text": "é\n"}], "warnings": []}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache" / "worked")


def files(store: Store) -> list[Path]:
    return [path for path in store.root.rglob("*") if not path.is_dir()]


def kept(store: Store) -> Path:
    """Keep the entry and give its file."""
    store.put(KEY, ENTRY)
    (path,) = files(store)
    return path


def no_space(*_: object, **__: object) -> NoReturn:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_what_was_put_is_found(store: Store) -> None:
    store.put(KEY, ENTRY)
    assert store.get(KEY) == ENTRY


def test_another_build_finds_it(store: Store) -> None:
    store.put(KEY, ENTRY)
    assert Store(store.root).get(KEY) == ENTRY


def test_what_was_never_put_is_a_miss(store: Store) -> None:
    assert store.get(KEY) is None
    store.put(OTHER, ENTRY)
    assert store.get(KEY) is None


def test_looking_makes_no_folder(store: Store) -> None:
    store.get(KEY)
    assert not store.root.exists()


def test_the_last_entry_under_a_key_counts(store: Store) -> None:
    store.put(KEY, {"old": 1})
    store.put(KEY, ENTRY)
    assert store.get(KEY) == ENTRY
    assert len(files(store)) == 1


@given(st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.none())))
def test_any_entry_comes_back(entry: dict[str, object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        store.put(KEY, entry)
        assert store.get(KEY) == entry


def test_text_that_is_no_unicode_comes_back(store: Store) -> None:
    store.put(KEY, {"a": "\ud800\\\udfff"})
    assert store.get(KEY) == {"a": "\ud800\\\udfff"}


def test_an_entry_that_is_cut_anywhere_is_a_miss(store: Store) -> None:
    path = kept(store)
    whole = path.read_bytes()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        assert store.get(KEY) is None


def test_an_entry_with_any_byte_changed_is_a_miss(store: Store) -> None:
    path = kept(store)
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert store.get(KEY) is None


@pytest.mark.parametrize("content", [b"", b"\n", b"{}", b"\x00" * 99, b"x\n{}", b"\xff\n\xff"])
def test_a_foreign_file_is_a_miss(store: Store, content: bytes) -> None:
    kept(store).write_bytes(content)
    assert store.get(KEY) is None


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"1", b"{", b"\xff"])
def test_a_body_that_is_no_entry_is_a_miss(store: Store, body: bytes) -> None:
    checksum = hashlib.sha256(KEY.encode() + body).hexdigest().encode()
    kept(store).write_bytes(checksum + b"\n" + body)
    assert store.get(KEY) is None


def test_a_folder_in_an_entrys_place_is_a_miss_and_makes_room(store: Store) -> None:
    path = kept(store)
    path.unlink()
    (path / "inside").mkdir(parents=True)
    assert store.get(KEY) is None
    store.put(KEY, ENTRY)
    assert store.get(KEY) == ENTRY


def test_a_file_in_the_place_of_an_entrys_folder_makes_room(store: Store) -> None:
    path = kept(store)
    path.unlink()
    path.parent.rmdir()
    path.parent.write_text("")
    assert store.get(KEY) is None
    store.put(KEY, ENTRY)
    assert store.get(KEY) == ENTRY


def test_a_file_in_the_stores_place_is_a_miss(store: Store) -> None:
    store.root.parent.mkdir()
    store.root.write_text("")
    assert store.get(KEY) is None


def test_an_entry_copied_under_another_key_is_a_miss(store: Store) -> None:
    path = kept(store)
    store.put(OTHER, {"other": 1})
    (other,) = (found for found in files(store) if found != path)
    other.write_bytes(path.read_bytes())
    assert store.get(OTHER) is None


def test_a_damaged_entry_can_be_put_again(store: Store) -> None:
    kept(store).write_bytes(b"")
    store.put(KEY, ENTRY)
    assert store.get(KEY) == ENTRY


class Full:
    """A file on a full disk."""

    def __init__(self, handle: int, mode: str) -> None:
        self.handle = handle

    def __enter__(self) -> "Full":
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.handle)

    write = staticmethod(no_space)


def fill_before_writing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(os, "fdopen", Full)


def fill_before_renaming(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Path, "replace", no_space)


FILLS = pytest.mark.parametrize("fill", [fill_before_writing, fill_before_renaming])


@FILLS
def test_a_full_disk_is_an_error_without_leftovers(
    store: Store, monkeypatch: pytest.MonkeyPatch, fill
) -> None:
    with monkeypatch.context() as patch:
        fill(patch)
        with pytest.raises(StoreError, match="No space left") as caught:
            store.put(KEY, ENTRY)
    assert str(store.root) in str(caught.value)
    assert "worked clean" in str(caught.value)
    assert files(store) == []
    assert store.get(KEY) is None


@FILLS
def test_a_full_disk_spares_the_entry_that_was_there(
    store: Store, monkeypatch: pytest.MonkeyPatch, fill
) -> None:
    store.put(KEY, ENTRY)
    with monkeypatch.context() as patch:
        fill(patch)
        with pytest.raises(OSError, match="No space left"):
            store.put(KEY, {"new": 1})
    assert store.get(KEY) == ENTRY
    assert len(files(store)) == 1


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
def test_a_folder_that_cannot_be_written_is_an_error_that_names_it(
    store: Store, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def mkstemp(**_: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(tempfile, "mkstemp", mkstemp)
    with pytest.raises(StoreError, match=os.strerror(number)) as caught:
        store.put(KEY, ENTRY)
    assert str(store.root) in str(caught.value)


def test_a_file_in_the_stores_place_is_an_error_that_names_it(store: Store) -> None:
    store.root.parent.mkdir()
    store.root.write_text("")
    with pytest.raises(StoreError, match=str(store.root)):
        store.put(KEY, ENTRY)


def test_a_store_that_is_cleaned_meanwhile_is_written_all_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, cleaned = tempfile.mkstemp, []

    def mkstemp(**how: Any) -> tuple[int, str]:
        if not cleaned:
            cleaned.append(Store(store.root).clean())
        return real(**how)

    monkeypatch.setattr(tempfile, "mkstemp", mkstemp)
    store.put(KEY, ENTRY)
    assert cleaned
    assert store.get(KEY) == ENTRY


# --- its size


def put_old(store: Store, number: int, *, days: float) -> Path:
    """Keep an entry of about 1,000 bytes that was used some days ago."""
    before = set(files(store))
    store.put(digest(str(number)), {"a": "a" * 900})
    (path,) = set(files(store)) - before
    then = path.stat().st_mtime - days * DAY
    os.utime(path, (then, then))
    return path


def test_what_was_not_used_longest_goes_first(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", limit=3000)
    paths = [put_old(store, number, days=number) for number in range(6)]
    store.trim()
    assert [path.exists() for path in paths] == [True] * 3 + [False] * 3


def test_a_store_without_a_limit_keeps_everything(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    paths = [put_old(store, number, days=number) for number in range(6)]
    store.trim()
    assert all(path.exists() for path in paths)


def test_a_store_that_has_not_grown_is_not_trimmed(tmp_path: Path) -> None:
    path = put_old(Store(tmp_path / "store"), 0, days=1)
    Store(tmp_path / "store", limit=1).trim()
    assert path.exists()


def test_using_an_entry_sets_its_time_once_a_day(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", limit=1500)
    used, other = put_old(store, 0, days=9), put_old(store, 1, days=2)
    assert store.get(digest("0"))
    set_at = used.stat().st_mtime_ns
    assert store.get(digest("0"))
    assert used.stat().st_mtime_ns == set_at
    store.trim()
    assert (used.exists(), other.exists()) == (True, False)


def test_files_that_are_no_entries_are_neither_counted_nor_dropped(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", limit=1500)
    path = put_old(store, 0, days=0)
    mine = store.root / "mine.bin"
    mine.write_bytes(b"a" * 5000)
    store.trim()
    assert path.exists()
    assert mine.exists()


@pytest.mark.parametrize(("age", "stays"), [(0, True), (HOUR - 60, True), (HOUR + 60, False)])
def test_what_a_killed_build_left_goes_after_an_hour(store: Store, age: float, stays: bool) -> None:
    aside = kept(store).parent / ".aside-x1"
    aside.write_bytes(b"half")
    then = aside.stat().st_mtime - age
    os.utime(aside, (then, then))
    store.trim()
    assert aside.exists() == stays


def test_an_entry_that_is_no_json_is_not_kept(store: Store) -> None:
    with pytest.raises(TypeError):
        store.put(KEY, {"a": object()})
    assert files(store) == []


def test_cleaning_drops_every_entry_and_counts_them(store: Store) -> None:
    store.put(KEY, ENTRY)
    store.put(OTHER, ENTRY)
    assert store.clean() == 2
    assert not store.root.exists()


def test_cleaning_a_store_that_is_not_there_drops_nothing(store: Store) -> None:
    assert store.clean() == 0


def test_cleaning_drops_what_a_killed_build_left(store: Store) -> None:
    path = kept(store)
    (path.parent / ".aside-x1").write_bytes(b"half")
    assert store.clean() == 1
    assert not store.root.exists()


@pytest.mark.parametrize("name", ["mkdocs.yml", "docs/page.md", "ab/data.json", "docs/a.json"])
def test_cleaning_spares_files_that_are_no_entries(store: Store, name: str) -> None:
    store.put(KEY, ENTRY)
    path = store.root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    assert store.clean() == 1
    assert files(store) == [path]


def test_a_cleaned_store_can_be_filled_again(store: Store) -> None:
    store.put(KEY, ENTRY)
    store.clean()
    store.put(KEY, ENTRY)
    assert store.get(KEY) == ENTRY


PARTS = st.lists(st.one_of(st.text(), st.lists(st.text(), max_size=3)), max_size=3)


@given(PARTS, PARTS)
def test_different_inputs_have_different_digests(one: list, other: list) -> None:
    assert (digest(*one) == digest(*other)) == (json.dumps(one) == json.dumps(other))


def test_a_digest_reads_any_iterable() -> None:
    assert digest("a", ("b", "c")) == digest("a", iter(["b", "c"]))


def test_a_file_has_the_digest_of_its_content(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    assert digest_file(path) == hashlib.sha256(b"abc").hexdigest()
    with pytest.raises(FileNotFoundError):
        digest_file(tmp_path / "b")


# texts that follow from what they are made of


def test_a_text_is_made_once(store):
    made = []

    def make():
        made.append(1)
        return "a text"

    assert [store.recall(("of", "this"), make) for _ in range(2)] == ["a text"] * 2
    assert len(made) == 1
    assert store.recall(("of this",), lambda: "another") == "another"


def test_a_damaged_text_is_made_again(store):
    store.recall(("of", "this"), lambda: "a text")
    (path,) = store.root.rglob("*.json")
    path.write_bytes(path.read_bytes()[:-3])
    assert store.recall(("of", "this"), lambda: "made again") == "made again"


def test_a_text_that_cannot_be_kept_is_given_all_the_same(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder", "utf-8")
    assert Store(blocked / "store").recall(("of", "this"), lambda: "a text") == "a text"


def test_a_trusted_build_takes_nothing_that_a_stranger_kept(tmp_path: Path) -> None:
    Store(tmp_path, writer=STRANGER).put(KEY, {"kept": "theirs"})
    assert Store(tmp_path).get(KEY) is None
    Store(tmp_path).put(KEY, {"kept": "ours"})
    assert Store(tmp_path).get(KEY) == {"kept": "ours"}


def test_a_stranger_takes_what_a_trusted_build_kept_and_else_its_own(tmp_path: Path) -> None:
    stranger = Store(tmp_path, writer=STRANGER)
    Store(tmp_path).put(KEY, {"kept": "ours"})
    assert stranger.get(KEY) == {"kept": "ours"}
    stranger.put(KEY, {"kept": "theirs"})
    assert stranger.get(KEY, lambda entry: entry["kept"] != "ours") == {"kept": "theirs"}
    assert Store(tmp_path).get(KEY) == {"kept": "ours"}


def test_an_entry_of_a_stranger_does_not_become_ours_by_another_name(tmp_path: Path) -> None:
    Store(tmp_path, writer=STRANGER).put(KEY, {"kept": "theirs"})
    (theirs,) = files(Store(tmp_path))
    Store(tmp_path).put(KEY, {"kept": "ours"})
    (ours,) = set(files(Store(tmp_path))) - {theirs}
    ours.write_bytes(theirs.read_bytes())
    assert Store(tmp_path).get(KEY) is None


def test_an_entry_that_is_nested_too_deep_is_a_miss(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(KEY, {"kept": 0})
    (path,) = files(store)
    name = path.parent.name + path.stem
    body = b'{"kept":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    path.write_bytes(hashlib.sha256(name.encode() + body).hexdigest().encode() + b"\n" + body)
    assert store.get(KEY) is None


def test_what_a_preview_has_read_lately_is_not_read_again(tmp_path: Path) -> None:
    recent = RecentEntries()
    store = Store(tmp_path / "store", recent=recent)
    store.put("key", {"kept": [1]})
    for path in (tmp_path / "store").glob("??/*"):
        path.unlink()
    recent.turn()
    assert store.get("key") == {"kept": [1]}


def test_what_two_builds_have_not_used_is_forgotten(tmp_path: Path) -> None:
    recent = RecentEntries()
    store = Store(tmp_path / "store", recent=recent)
    store.put("key", {"kept": [1]})
    store.clean()
    recent.turn()
    recent.turn()
    assert store.get("key") is None


def test_what_is_kept_is_not_what_was_given(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", recent=RecentEntries())
    entry = {"kept": [1]}
    store.put("key", entry)
    entry["kept"].append(2)
    assert store.get("key") == {"kept": [1]}
