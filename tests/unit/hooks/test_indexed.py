"""The entries of the search's index are kept by page."""

from types import SimpleNamespace

import pytest

from indexed import Indexed
from terms import read_terms
from worked.cache import Store

GLOSSARY = "**bias**\n:   A number.\n:   [A](../a.md#part)\n"
FRESH = {"location": "a.html#part", "title": "T", "text": "<p>Text.</p>"}


@pytest.fixture
def index(tmp_path):
    """Begin with an index: `index(short={…})`."""

    def begin(short=None, glossary=GLOSSARY):
        return Indexed(Store(tmp_path / "store"), short or {}, read_terms(glossary))

    return begin


def page(**other):
    about = {"url": "a.html", "title": "A", "content": "<p>Text.</p>", "meta": {"tags": ["-"]}}
    return SimpleNamespace(file=SimpleNamespace(src_uri="a.md"), **{**about, **other})


def fresh():
    return [{**FRESH, "tags": ["-"]}]


def test_a_page_that_has_not_changed_is_not_read_again(index):
    first = index()
    assert not first.knows(page())
    made = list(first.complete(fresh()))
    again = index()
    assert again.knows(page())
    assert list(again.complete([])) == made
    assert made[0]["also"] == "bias"


@pytest.mark.parametrize(
    "other",
    [
        {"content": "<p>Other.</p>"},
        {"title": "B"},
        {"meta": {"tags": ["Chapter"]}},
        {"meta": {"tags": ["-"], "search": {"boost": 2}}},
    ],
)
def test_a_page_that_has_changed_is_read_again(index, other):
    first = index()
    first.knows(page())
    list(first.complete(fresh()))
    assert not index().knows(page(**other))


def test_another_glossary_or_abbreviation_has_all_pages_read_again(index):
    first = index()
    first.knows(page())
    list(first.complete(fresh()))
    assert not index(short={"CE": "cross-entropy"}).knows(page())
    assert not index(glossary=GLOSSARY.replace("bias", "weight")).knows(page())


def test_the_entries_stand_in_the_order_of_the_pages(index):
    first = index()
    first.knows(page())
    list(first.complete(fresh()))
    both = index()
    both.knows(page(url="b.html"))
    both.knows(page())
    of_b = {**FRESH, "location": "b.html", "tags": ["-"]}
    assert [entry["location"] for entry in both.complete([of_b])] == ["b.html", "a.html#part"]
