"""The bibliography: every source of every page is in it, with a link back to the page."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
BIBLIOGRAPHY = (DOCS / "bibliography.md").read_text(encoding="utf-8")
ENTRIES = re.findall(r"^- (.*)\n    Cited in (.*)\.$", BIBLIOGRAPHY, re.M)
BOOKS = ("https://www.deeplearningbook.org/", "https://d2l.ai/")  # cited chapter by chapter
PAGES = sorted(
    path.relative_to(DOCS).as_posix()
    for path in DOCS.rglob("*.md")
    if path.parent.name != "about" and path.name != "bibliography.md"
)


def sources(page: str) -> list[str]:
    """Give the URLs of a page's footnotes, or the title where a footnote has none."""
    found = []
    text = (DOCS / page).read_text(encoding="utf-8")
    for note in re.findall(r"^\[\^[\w-]+\]: (.*(?:\n    .*)*)", text, re.M):
        urls = re.findall(r"<(https?://[^>]+)>", note)
        titles = re.findall(r"“.*?”|\*.*?\*", note)
        assert urls or titles, f"{page}: neither a title nor an address: {note}"
        found += urls or titles[:1]
    return found


def names(entry: str, source: str) -> bool:
    """Tell whether an entry is about a source."""
    for book in BOOKS:
        if source.startswith(book):
            return f"<{book}>" in entry
    return f"<{source}>" in entry if source.startswith("http") else source in entry


def cites(page: str, entry: str) -> bool:
    """Tell whether a page cites what an entry is about; a footnote may name several works."""
    text = (DOCS / page).read_text(encoding="utf-8")
    title = re.findall(r"“.*?”|\*.*?\*", entry)[:1]
    return any(names(entry, source) for source in sources(page)) or any(t in text for t in title)


@pytest.mark.parametrize("page", PAGES)
def test_every_source_of_a_page_is_listed_and_links_back(page):
    for source in sources(page):
        backlinks = [back for entry, back in ENTRIES if names(entry, source)]
        assert backlinks, f"{source} is not in docs/bibliography.md"
        assert any(f"]({page})" in back for back in backlinks), f"{source}: no link to {page}"


def test_no_source_is_listed_twice_or_in_another_form():
    assert len({entry for entry, _ in ENTRIES}) == len(ENTRIES)
    assert BIBLIOGRAPHY.count("\n- ") - 2 == len(ENTRIES)  # two lines say what the page is for


def test_every_page_that_an_entry_names_cites_it():
    for entry, back in ENTRIES:
        pages = re.findall(r"\]\(([^)]+\.md)\)", back)
        assert pages, entry
        for page in pages:
            assert cites(page, entry), f"{page}: {entry}"
