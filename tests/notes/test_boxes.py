"""Every box that corrects somebody says whom, and its correction could have come out otherwise.

boxes.txt has a line for each slip and misconception of the notes: where its claim stands, as a
footnote of the box or the page of flashcards, or why it accuses nobody; and the test that would
fail if the computation of the box came out as the claim says.
"""

import re
from pathlib import Path

import pytest

import formulas_of_pages as notes

HERE = Path(__file__).resolve().parent
LISTED = {
    (page, title): (source, test)
    for page, title, source, test in (
        line.split("\t")
        for line in (HERE / "boxes.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
}
_BOX = re.compile(r'^!!! (?:slip|misconception) "(.*)"\n((?:\n|    .*\n)*)', re.M)
_SAYS_SO = re.compile(r"(?:Common slip|Misconceptions?|Conventions|A slip of the paper): |“.+”: ")
"""A title that states what is false says that it is false."""


def boxes() -> dict[tuple[str, str], str]:
    """Give page and title of every box, and its text without code."""
    found = {}
    for page in notes.pages():
        for title, body in _BOX.findall((notes.DOCS / page).read_text(encoding="utf-8")):
            found[page, title] = re.sub(r"^( +)```.*?^\1```$", "", body, flags=re.S | re.M)
    return found


BOXES = boxes()


def test_every_box_has_a_line_and_every_line_a_box():
    assert set(LISTED) == set(BOXES)


@pytest.mark.parametrize(("page", "title"), BOXES)
def test_a_box_names_the_source_of_its_claim_or_accuses_nobody(page, title):
    source, _ = LISTED[page, title]
    if source == "flashcards":
        assert "](../exam/flashcards.md#" in BOXES[page, title]
    elif not source.startswith("nobody: "):
        assert source in BOXES[page, title]


@pytest.mark.parametrize(("page", "title"), BOXES)
def test_a_box_has_a_test_that_could_have_failed(page, title):
    _, test = LISTED[page, title]
    file, name = test.split("::")
    assert f"def {name}(" in (HERE / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(("page", "title"), BOXES)
def test_a_title_that_states_a_falsehood_says_so(page, title):
    assert _SAYS_SO.match(title)
