"""Results that several machines share."""

import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from worked.cache import connection, sending
from worked.cache.backend import FolderBackend
from worked.cache.lookups import left_lookups
from worked.cache.objects import OBJECT, Answers, StoredObject, in_threads
from worked.cache.packs import pack, unpack
from worked.cache.place import SharedPlace
from worked.cache.shared import SharedStore
from worked.cache.store import OWN, STRANGER, Store
from worked.errors import ConfigError
from worked.files import digest

CELL, VALUES, OTHER = digest("cell"), digest("values"), digest("other")
ENTRY: Final = {"kept": "é"}
TEXTS: Final = {"docs/a.md": "A", "docs/b.md": "B"}
PAGE: Final = "docs/a.md"


class Bucket:
    """Objects in memory, what was asked of them, and how they fail."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.reads: list[set[str]] = []
        self.writes: list[set[str]] = []
        self.failure = ""
        self.hangs: threading.Event | None = None
        self.is_closed = False

    def fetch(self, names: Iterable[str], seconds: float) -> Answers:
        self.reads.append(set(names))
        found = self._answered({name: self.objects.get(name) for name in names}, seconds)
        return Answers({n: one for n, one in found.done.items() if one is not None}, found.failure)

    def send(self, contents: Mapping[str, bytes], seconds: float) -> Answers:
        self.writes.append(set(contents))
        answers = self._answered(dict.fromkeys(contents, b""), seconds)
        self.objects |= {name: contents[name] for name in answers.done}
        return answers

    def _answered(self, done: Mapping[str, Any], seconds: float) -> Answers:
        if self.hangs:
            return in_threads(lambda _: self.hangs and self.hangs.wait() and None, done, seconds)
        return Answers({}, self.failure) if self.failure else Answers(dict(done), "")

    def listing(self, seconds: float) -> list[StoredObject]:
        return [StoredObject(name, len(one), 1.0) for name, one in self.objects.items()]

    def delete(self, names: Iterable[str], seconds: float) -> Answers:
        return Answers({name: self.objects.pop(name) for name in list(names)}, "")

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def bucket() -> Bucket:
    return Bucket()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def machine(tmp_path: Path, bucket: Bucket, said: list[str]) -> Callable[..., Store]:
    """Give the store of a machine, which has begun with a build."""

    def start(
        name: str,
        texts: Mapping[str, str] = TEXTS,
        *,
        writer: str = OWN,
        is_read_only: bool = False,
        sends_at_end: bool = True,
    ) -> Store:
        place = SharedPlace("bucket", lambda: bucket, is_read_only)
        shared = SharedStore(
            place,
            FolderBackend(tmp_path / name),
            writers=(OWN,) if writer == OWN else (STRANGER, OWN),
            surroundings=["here"],
            say=said.append,
            sends_at_end=sends_at_end,
        )
        store = Store(tmp_path / name, writer=writer, shared=shared)
        store.begin(texts)
        return store

    return start


Start = Callable[..., Store]


def keep(store: Store, *keys: str, page: str = PAGE) -> None:
    """Be a build that makes entries and ends."""
    for key in keys:
        store.put(key, ENTRY, page=page)
    store.close()


def test_what_one_machine_made_another_finds(machine: Start) -> None:
    keep(machine("here"), CELL, VALUES)
    there = machine("there")
    assert there.get(CELL, page=PAGE) == there.get(VALUES, page=PAGE) == ENTRY


def test_what_was_found_is_kept_here(machine: Start, tmp_path: Path) -> None:
    keep(machine("here"), CELL)
    there = machine("there")
    there.get(CELL, page=PAGE)
    there.close()
    assert Store(tmp_path / "there").get(CELL) == ENTRY


def test_what_will_not_do_is_not_kept_here(machine: Start, tmp_path: Path) -> None:
    keep(machine("here"), CELL)
    assert machine("there").get(CELL, lambda entry: False, page=PAGE) is None
    assert Store(tmp_path / "there").get(CELL) is None


def test_all_pages_are_read_at_once(machine: Start, bucket: Bucket) -> None:
    first = machine("here")
    first.put(CELL, ENTRY, page="docs/a.md")
    first.put(OTHER, ENTRY, page="docs/b.md")
    first.put(VALUES, ENTRY)  # of no page
    first.close()
    bucket.reads.clear()
    there = machine("there")
    assert there.get(CELL, page="docs/a.md") == ENTRY
    assert there.get(OTHER, page="docs/b.md") == ENTRY
    assert there.get(VALUES) == ENTRY
    assert len(bucket.reads) == 1


def test_a_site_of_many_pages_is_read_in_a_few_requests(machine: Start, bucket: Bucket) -> None:
    texts = {f"docs/{number}.md": str(number) for number in range(200)}
    first = machine("here", texts)
    for page in texts:
        first.put(digest(page), ENTRY, page=page)
    first.close()
    bucket.reads.clear()
    edited = {**texts, "docs/7.md": "edited"}
    there = machine("there", edited)
    assert all(there.get(digest(page), page=page) == ENTRY for page in edited)
    shelves, one = bucket.reads
    assert len(shelves) <= 17
    assert len(one) == 1


def test_there_are_as_many_objects_as_pages(machine: Start, bucket: Bucket) -> None:
    keep(machine("here"), *(digest(str(number)) for number in range(100)))
    assert len(bucket.objects) == 2  # by its text, and the shelf
    assert all(OBJECT.fullmatch(name) for name in bucket.objects)


def test_a_page_that_was_edited_finds_what_did_not_change(machine: Start) -> None:
    keep(machine("here"), CELL)
    there = machine("there", {PAGE: "A, edited"})
    assert there.get(CELL, page=PAGE) == ENTRY


def test_an_edited_page_is_found_in_both_states(machine: Start) -> None:
    keep(machine("here"), CELL)
    keep(machine("there", {PAGE: "A, edited"}), OTHER)
    assert machine("third").get(CELL, page=PAGE) == ENTRY
    assert machine("fourth", {PAGE: "A, edited"}).get(OTHER, page=PAGE) == ENTRY


def test_pages_of_the_same_text_find_what_either_made(machine: Start) -> None:
    texts = {"docs/a.md": "A", "docs/b.md": "A"}
    first = machine("here", texts)
    first.put(CELL, ENTRY, page="docs/a.md")
    keep(first, OTHER, page="docs/b.md")
    there = machine("there", {"docs/renamed.md": "A"})
    assert there.get(CELL, page="docs/renamed.md") == ENTRY
    assert there.get(OTHER, page="docs/renamed.md") == ENTRY


def test_what_another_state_of_the_site_made_of_a_page_stays(machine: Start) -> None:
    keep(machine("here"), CELL)
    keep(machine("there"), OTHER)
    third = machine("third")
    assert third.get(CELL, page=PAGE) == third.get(OTHER, page=PAGE) == ENTRY


def test_a_machine_that_has_all_asks_for_nothing(machine: Start, bucket: Bucket) -> None:
    keep(machine("here", {PAGE: "A"}), CELL)
    bucket.reads.clear()
    bucket.writes.clear()
    again = machine("here", {PAGE: "A"})
    assert again.get(CELL, page=PAGE) == ENTRY
    again.close()
    assert bucket.writes == []
    assert bucket.reads == []


def test_a_machine_that_has_lost_its_results_reads_them_in_few_goes(
    machine: Start, bucket: Bucket, tmp_path: Path
) -> None:
    texts = {f"docs/{number}.md": str(number) for number in range(60)}
    first = machine("here", texts)
    for page in texts:
        first.put(digest(page), ENTRY, page=page)
    first.close()
    memory = first._shared._memory  # type: ignore[union-attr]
    for path in (tmp_path / "here").rglob("*.json"):
        if path.parent.name + path.stem != memory:
            path.unlink()
    bucket.reads.clear()
    again = machine("here", texts)
    assert all(again.get(digest(page), page=page) == ENTRY for page in texts)
    assert len(bucket.reads) <= 8


def test_what_was_here_before_there_was_a_shared_store_goes_out(
    machine: Start, tmp_path: Path
) -> None:
    Store(tmp_path / "here").put(CELL, ENTRY)
    first = machine("here")
    first.get(CELL, page=PAGE)
    first.close()
    assert machine("there").get(CELL, page=PAGE) == ENTRY


def test_what_could_not_go_out_goes_with_a_later_build(machine: Start, bucket: Bucket) -> None:
    bucket.failure = "not today"
    keep(machine("here"), CELL)
    bucket.failure = ""
    later = machine("here")
    later.get(CELL, page=PAGE)
    later.close()
    assert machine("there").get(CELL, page=PAGE) == ENTRY


def test_what_the_place_forgot_goes_out_again(machine: Start, bucket: Bucket) -> None:
    keep(machine("here"), CELL)
    bucket.objects.clear()
    second = machine("there")
    assert second.get(CELL, page=PAGE) is None
    keep(second, CELL)
    assert machine("third").get(CELL, page=PAGE) == ENTRY


@pytest.mark.parametrize("damage", ["truncated", "swapped", "foreign", "empty", "altered"])
def test_a_damaged_object_is_a_miss_and_is_mended(
    machine: Start, bucket: Bucket, said: list[str], damage: str
) -> None:
    first = machine("here")
    first.put(OTHER, {"kept": "other"}, page="docs/b.md")
    keep(first, CELL)
    whole = dict(bucket.objects)
    names = list(whole)
    for number, name in enumerate(names):
        bucket.objects[name] = {
            "truncated": whole[name][:-20],
            "swapped": whole[names[number - 2]],
            "foreign": b"<html>Not found</html>",
            "empty": b"",
            "altered": whole[name].replace(whole[name][40:44], b"\0\0\0\0"),
        }[damage]
    second = machine("there")
    assert second.get(CELL, page=PAGE) is None
    keep(second, CELL)
    assert said == []
    assert machine("third").get(CELL, page=PAGE) == ENTRY


def test_an_entry_under_another_name_is_a_miss(machine: Start, bucket: Bucket) -> None:
    keep(machine("here"), CELL)
    for name, content in bucket.objects.items():
        forged = {digest(OWN, OTHER): one for one in unpack(content).values()}
        bucket.objects[name] = pack(forged.items())
    assert machine("there").get(OTHER, page=PAGE) is None


def test_read_only_reads_and_writes_nothing(machine: Start, bucket: Bucket) -> None:
    keep(machine("here"), CELL)
    bucket.writes.clear()
    there = machine("there", is_read_only=True)
    assert there.get(CELL, page=PAGE) == ENTRY
    keep(there, OTHER)
    assert bucket.writes == []
    assert machine("third").get(OTHER, page=PAGE) is None


def test_a_build_of_trusted_notes_takes_nothing_of_a_strangers(machine: Start) -> None:
    keep(machine("theirs", writer=STRANGER), CELL)
    assert machine("ours").get(CELL, page=PAGE) is None
    assert machine("another", writer=STRANGER).get(CELL, page=PAGE) == ENTRY


def test_a_stranger_takes_what_is_trusted_and_leaves_it_as_it_is(
    machine: Start, bucket: Bucket
) -> None:
    keep(machine("ours"), CELL)
    before = dict(bucket.objects)
    theirs = machine("theirs", writer=STRANGER)
    assert theirs.get(CELL, page=PAGE) == ENTRY
    keep(theirs, OTHER)
    assert before.items() < bucket.objects.items()


def test_a_place_that_fails_is_left_alone_after_one_warning(
    machine: Start, bucket: Bucket, said: list[str]
) -> None:
    bucket.failure = "403 Forbidden"
    store = machine("here")
    assert store.get(CELL, page=PAGE) is None
    keep(store, CELL)
    assert store.get(CELL, page=PAGE) == ENTRY
    assert len(bucket.reads) == 1
    assert bucket.writes == []
    (warning,) = said
    assert "bucket" in warning
    assert "403 Forbidden" in warning


def test_a_place_that_refuses_to_be_written_is_read(
    machine: Start, bucket: Bucket, said: list[str]
) -> None:
    keep(machine("here"), CELL)
    there = machine("there")
    bucket.failure = "read-only credentials"
    assert there.get(CELL, page=PAGE) == ENTRY
    keep(there, OTHER)
    assert there.get(OTHER, page=PAGE) == ENTRY
    assert len(said) == 1


def test_a_place_that_hangs_costs_no_more_than_the_bound(
    machine: Start, bucket: Bucket, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "READING", 0.05)
    bucket.hangs = threading.Event()
    store = machine("here")
    for number in range(20):
        assert store.get(digest(str(number)), page=PAGE) is None
    keep(store, CELL)
    bucket.hangs.set()
    assert len(bucket.reads) == 1
    assert bucket.writes == []
    assert len(said) == 1


def test_writing_that_hangs_is_given_up(
    machine: Start, bucket: Bucket, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "_PATIENCE", 0.05)
    store = machine("here")
    bucket.hangs = threading.Event()
    keep(store, CELL)
    bucket.hangs.set()
    assert len(said) == 1
    assert store.get(CELL, page=PAGE) == ENTRY


def test_no_thread_and_no_connection_remains(machine: Start, bucket: Bucket) -> None:
    before = set(threading.enumerate())
    store = machine("here", sends_at_end=False)
    store.put(CELL, ENTRY, page=PAGE)
    assert set(threading.enumerate()) - before
    store.close()
    assert set(threading.enumerate()) <= before
    assert bucket.is_closed


def test_somebody_who_does_not_wait_leaves_the_rest_for_later(
    machine: Start, bucket: Bucket
) -> None:
    store = machine("here")
    store.put(CELL, ENTRY, page=PAGE)
    before = threading.active_count()
    store.close(0.0)
    assert bucket.writes == []
    assert threading.active_count() < before
    later = machine("here")
    later.get(CELL, page=PAGE)
    later.close()
    assert bucket.writes != []


def test_a_pack_goes_out_while_the_build_runs(
    machine: Start, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("worked.cache.shared.RESTING", 0.01)
    arrived = threading.Event()
    send = bucket.send

    def sending(contents: Mapping[str, bytes], seconds: float) -> Answers:
        answers = send(contents, seconds)
        arrived.set()
        return answers

    monkeypatch.setattr(bucket, "send", sending)
    store = machine("here", sends_at_end=False)
    store.put(CELL, ENTRY, page=PAGE)
    assert arrived.wait(30)
    store.close()


def test_a_preview_asks_when_it_begins_and_sends_when_it_ends(
    machine: Start, bucket: Bucket
) -> None:
    store = machine("here")
    asked = len(bucket.reads)
    for text in ("A!", "A!!"):
        store.begin({**TEXTS, PAGE: text})
        store.get(CELL, page=PAGE)
        store.put(CELL, {"kept": text}, page=PAGE)
    assert len(bucket.reads) == asked
    assert bucket.writes == []
    store.close()
    assert machine("there", {PAGE: "A!!"}).get(CELL, page=PAGE) == {"kept": "A!!"}
    assert len(bucket.objects) == 2  # nothing of the state between


def test_two_builds_that_write_at_once_lose_nothing(machine: Start) -> None:
    stores = {name: machine(name) for name in ("here", "there")}
    for name, store in stores.items():
        store.put(digest(name), ENTRY, page=f"docs/{'a' if name == 'here' else 'b'}.md")
        store.put(CELL, ENTRY, page=PAGE)
    threads = [threading.Thread(target=store.close) for store in stores.values()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    third = machine("third")
    assert third.get(CELL, page=PAGE) == ENTRY
    assert third.get(digest("there"), page="docs/b.md") == ENTRY


def test_a_place_that_cannot_be_had_is_an_error_before_anything_runs(tmp_path: Path) -> None:
    def connect() -> Bucket:
        raise ConfigError("store: install it")

    place = SharedPlace("bucket", connect, is_read_only=False)
    shared = SharedStore(
        place, FolderBackend(tmp_path), writers=(OWN,), surroundings=[], say=lambda said: None
    )
    with pytest.raises(ConfigError, match="install it"):
        Store(tmp_path, shared=shared).begin(TEXTS)


def test_a_build_leaves_how_its_lookups_went(machine: Start, tmp_path: Path) -> None:
    keep(machine("here"), CELL, VALUES)
    there = machine("there")
    there.get(CELL, page=PAGE)
    there.get(CELL, page=PAGE)
    there.get(OTHER, page=PAGE)
    there.close()
    assert left_lookups(tmp_path / "there") == {"here": 1, "shared": 1, "missed": 1}


def test_no_more_is_read_than_a_build_may_hold(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(connection, "MOST_HELD", 25)
    monkeypatch.setattr(connection, "_AT_A_TIME", 2)
    bucket = Bucket()
    bucket.objects = {str(number): b"0123456789" for number in range(10)}
    place = SharedPlace("bucket", lambda: bucket, is_read_only=True)
    found = connection.Connection(place, print).read(bucket.objects)
    assert list(found) == ["0", "1", "2", "3"]


def test_packs_of_one_shelf_go_out_together(
    machine: Start, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "_AT_ONCE", 20)
    texts = {f"docs/{number}.md": str(number) for number in range(200)}
    store = machine("here", texts)
    for number, page in enumerate(texts):
        store.put(digest(str(number)), ENTRY, page=page)
    store.close()
    written = [name for names in bucket.writes for name in names]
    assert len(written) == len(set(written)) == len(bucket.objects)
    assert len(bucket.writes) > 5
