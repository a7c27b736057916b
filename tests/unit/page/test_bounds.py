"""How long and how deep Markdown may be, and that looking takes no longer than the text is."""

import time
from pathlib import Path

import pytest

from worked import limits
from worked.page.bounds import excess
from worked.page.parser import parse

DOCS = Path(__file__).parents[3] / "docs"

TOO_MUCH = {
    "a page": ("a\n\n" * 200_000, 1),
    "a line": ("a\n\n" + "a" * 10_001, 3),
    "a paragraph": ("word and\n" * 6_000, 5_001),
    "quotations": ("a\n\n" + "> " * 31 + "a", 3),
    "lists": ("- " * 40 + "a", 1),
    "numbers": ("1. " * 40 + "a", 1),
    "indentation": ("- a\n\n" + " " * 160 + "- a", 3),
    "tabs": ("\t" * 40 + "a", 1),
    "both": ("> " * 16 + "    " * 16 + "- a\n" + "> - " * 16, 2),
    "brackets": ("a\n" + "[" * 101, 2),
    "brackets on lines": ("[a\n" * 101, 101),
    "brackets after escaped ticks": ("\\`" + "[" * 101 + "\\`", 1),
    "stars": ("a " + "*" * 200 + "a", 1),
    "elements": ("<div>\n\n" * 101, 201),
    "an unclosed fence": ("```\n\n" + "[" * 101, 3),
    "a fence in a fence": ("````\n```\n\n" + "[" * 101, 4),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_too_much_is_named_with_its_line(name: str) -> None:
    text, line = TOO_MUCH[name]
    found = excess(text)
    assert found is not None
    assert found[0] == line
    (problem,) = parse(f"---\ntitle: a\n---\n\n{text}", "docs/a.md").problems
    assert (problem.kind, problem.line) == ("markdown", 1 if name == "a page" else line + 4)


@pytest.mark.parametrize(
    "text",
    [
        "```\n" + "[" * 200 + "\n```\n",
        "~~~ text\n" + "a" * 20_000 + "\n~~~\n",
        "- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -\n",
        "-" * 300 + "\n\n" + "*" * 300 + "\n\n" + "_" * 300,
        "a\n" + "=" * 300,
        "`" + "[" * 200 + "`",
        "[0, 1) and [a](b)\n\n" * 300,
        "<https://host.example>\n\n" * 300,
        "<br>\n\n<img src='a'>\n\n" * 300,
        "<p>a</p>\n\n" * 300,
        "|a|b|\n|-|-|\n" + "|a|b|\n" * 3_000,
        "a < b and $x<y \\le z$ in `Dict<str>`\n\n" * 300,
    ],
)
def test_what_people_write_passes(text: str) -> None:
    assert excess(text) is None


def test_these_notes_pass() -> None:
    for path in DOCS.rglob("*.md"):
        assert excess(path.read_text("utf-8")) is None, path


@pytest.mark.parametrize(
    "unit",
    [
        *("a", " ", "\t", ">", "> ", "- ", "1. ", "*", "_", "`", "``", "` ", "[", "]", "\\", "<"),
        *("<a", "<a ", "</a>", "```\n", "```a\n", "~~~\n", "> ```\n", "\n", "\n\n", "[a\n", "*a "),
        *("1", "1.", "-", "- -", "*-", "-*", "\\[", "!", ":", ": ", "~", "```` ", "`[`", "\u3000"),
    ],
)
def test_looking_takes_no_longer_than_the_text_is(
    unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (
        "MAX_HEADINGS",
        "MAX_LINE",
        "MAX_PARAGRAPH",
        "MAX_MARKDOWN_DEPTH",
        "MAX_BRACKETS",
        "MAX_ELEMENTS",
    ):
        monkeypatch.setattr(limits, name, limits.MAX_PAGE)
    before = time.process_time()
    excess(unit * (limits.MAX_PAGE // len(unit)))
    assert time.process_time() - before < 5  # were it squared, it would be hours


@pytest.mark.parametrize(
    "unit", ["## a\n\n", "a\n=\n\n", "a\n---\n\n", "> # a\n", "<h2>a</h2>\n\n"]
)
def test_a_page_has_a_thousand_headings_at_most(unit: str) -> None:
    assert excess(unit * limits.MAX_HEADINGS) is None
    beyond = excess(unit * (limits.MAX_HEADINGS + 1))
    assert beyond is not None
    assert "heading 1,001" in beyond[1]
