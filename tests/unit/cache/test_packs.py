"""Entries on their way to a shared store and back."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worked.cache import packs
from worked.cache.packs import merged, pack, shelve, unpack, unshelve
from worked.files import digest

A, B, C = (digest(letter) for letter in "abc")
ENTRIES = {A: b"first\n" * 9, B: b"", C: bytes(range(256))}


@given(st.dictionaries(st.text(max_size=3).map(digest), st.binary()))
def test_what_was_packed_is_unpacked(entries: dict[str, bytes]) -> None:
    assert unpack(pack(entries.items())) == entries


def test_the_same_entries_give_the_same_bytes() -> None:
    assert pack(ENTRIES.items()) == pack(dict(ENTRIES).items())


def test_of_a_pack_that_was_cut_short_come_only_whole_entries() -> None:
    whole = pack(ENTRIES.items())
    found = [unpack(whole[:length]) for length in range(len(whole))]
    assert all(one.items() <= ENTRIES.items() for one in found)
    assert found[0] == {}
    assert 0 < len(found[-9]) < len(ENTRIES)


@given(st.binary())
def test_what_is_no_pack_has_no_entries(content: bytes) -> None:
    assert unpack(content) == {}
    assert unpack(packs._HEAD + content) == {}
    assert unpack(packs._HEAD + zlib.compress(content)) == {}


def test_little_that_unpacks_to_much_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    content = pack({A: b"x" * 100, B: b"0" * 10**6}.items())
    assert len(content) < 5000
    monkeypatch.setattr(packs, "MOST_UNPACKED", 1000)
    assert unpack(content) == {A: b"x" * 100}


def test_a_pack_that_is_too_large_is_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    content = pack(ENTRIES.items())
    monkeypatch.setattr(packs, "MOST_PACKED", len(content) - 1)
    assert unpack(content) == {}


def test_a_pack_takes_entries_as_long_as_they_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "MOST_UNPACKED", 300)
    assert unpack(pack({A: b"x" * 150, B: b"y" * 150, C: b"z"}.items())) == {A: b"x" * 150}


def test_the_entries_of_another_state_stay_while_they_take_no_more_than_these(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(packs, "LEAST", 1)
    own, others = {A: b"x" * 10}, {A: b"old", B: b"y" * 9, C: b"z" * 2}
    assert merged(own, others) == {A: b"x" * 10, B: b"y" * 9}


def test_what_was_shelved_is_found_on_the_shelf(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = shelve(ENTRIES)
    assert unshelve(shelf) == ENTRIES
    assert unshelve(pack(ENTRIES.items())) == {}
    assert unpack(shelf) == {}
    found = [unshelve(shelf[:length]) for length in range(len(shelf))]
    assert all(one.items() <= ENTRIES.items() for one in found)
    monkeypatch.setattr(packs, "MOST_PACKED", len(shelf) - 1)
    assert unshelve(shelf) == {}
    assert 0 < len(unshelve(shelve(ENTRIES))) < len(ENTRIES)
