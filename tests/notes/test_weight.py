"""A page of the course is short enough to be read in one go, and shows little code.

Counted is what stands open: text, tables, captions and the titles of boxes, a value as one word
and a formula as one; and of the code the lines of cells that are not folded.  Pages that are
looked up and not read, such as the glossary, are left out.
"""

import re
import statistics

import pytest

import formulas_of_pages as notes

WORDS = 1200
LINES = 60
MEDIAN = 45
"""Lines of code that a page shows, in the median."""

COLUMNS = 48
"""Characters of a line of code that a phone of 390 pixels shows."""
FITTING = 0.8
"""Share of a page's lines of code that have no more."""
OPENING = 140
"""Words before the first picture: at most a screen and a half of a phone."""

LOOKED_UP = {"notation.md", *(f"exam/{name}.md" for name in ("formula-sheet", "glossary"))}
LOOKED_UP |= {"exam/misconceptions.md", "exam/flashcards.md"}
PAGES = [page for page in notes.pages() if page not in LOOKED_UP]

_FOLDED = re.compile(r"^\?\?\? .*\n(?:    .*\n|\n)*", re.M)
_FENCE = re.compile(r"^( *)```(.*)\n((?s:.*?))^\1```$", re.M)
_SOURCES = re.compile(r"^\[\^[\w-]+\]: .*(?:\n    .*)*", re.M)
_NOT_READ = re.compile(r"\]\([^)]*\)|\[\^[\w-]+\]|<[^>]+>|\{ #[\w-]+ \}|^ *\|[-:| ]+$", re.M)
_WORD = re.compile(r"\w[\w.,'’-]*")


def open_text(page: str) -> str:
    """Give a page without front matter, sources and what stands in boxes that are folded."""
    text = (notes.DOCS / page).read_text(encoding="utf-8")
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    return _FOLDED.sub("", _SOURCES.sub("", text))


def words(page: str) -> int:
    """Count the words that a reader of a page has to read."""
    text = open_text(page)
    captions = re.findall(r"^ *#\| (?:fig|tbl)-cap: (.*)$", text, re.M)
    text = "\n".join([_FENCE.sub("", text), *captions])
    text = re.sub(r"`\{python\}[^`]*`", "1", text)
    text = re.sub(r"\$\$.*?\$\$|\$[^$]+\$", "x", text, flags=re.S)
    return len(_WORD.findall(_NOT_READ.sub("", text)))


def shown_code(text: str) -> list[str]:
    """Give the lines of code that a text shows without being asked, as wide as the reader sees."""
    shown = []
    for indent, kind, cell in _FENCE.findall(text):
        if ".expect" in kind or re.search(r"^ *#\| (?:code-fold|echo|question): ", cell, re.M):
            continue
        rows = (line.removeprefix(indent) for line in cell.splitlines())
        shown += [row for row in rows if row.strip() and not row.startswith("#|")]
    return shown


def lines(page: str) -> int:
    """Count the lines of code that a page shows without being asked."""
    return len(shown_code(open_text(page)))


def opening(page: str) -> str | None:
    """Give what stands before the first picture of a page; None where it has no picture."""
    text = open_text(page)
    first = re.search(r"^ *#\| fig-alt: ", text, re.M)
    return text[: text.rindex("```python", 0, first.start())] if first else None


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_read_in_one_go(page):
    assert words(page) <= WORDS, "fold a detail, or move it to the page where it belongs"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_not_a_listing(page):
    assert lines(page) <= LINES, "fold a cell: `#| code-fold: true`"


@pytest.mark.parametrize("page", PAGES)
def test_a_phone_shows_most_lines_of_code_whole(page):
    code = shown_code(open_text(page))
    fitting = sum(len(line) <= COLUMNS for line in code)
    assert fitting >= FITTING * len(code), "give what is long a name of its own, or a line"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_begins_with_its_picture_and_not_with_code(page):
    before = opening(page)
    if before is not None:
        text = re.sub(r"`\{python\}[^`]*`", "1", _FENCE.sub("", before))
        assert len(_WORD.findall(_NOT_READ.sub("", text))) <= OPENING
        assert len(shown_code(before)) <= 4, "hide it, or put the picture first"


def test_half_of_the_pages_show_little_code():
    assert statistics.median(map(lines, PAGES)) <= MEDIAN


def test_what_is_folded_is_not_counted():
    text = '??? check "Why?"\n\n    Because of this.\n\nText.\n'
    assert _FOLDED.sub("", text) == "Text.\n"


if __name__ == "__main__":
    for one in PAGES:
        print(f"{one:40} {words(one):6} {lines(one):4}")
