"""What a reviewer would say of a page, and how a page lets something stand."""

import pytest

from worked.page.parser import parse
from worked.review.notes import house_of, review_page
from worked.review.rules import RULES, House, term_key
from worked.review.sentences import sentences

CELL = "```python {.run}\nx = 1\n```\n\n"
HOUSE = House(
    terms=frozenset(map(term_key, ["receptive field", "same padding"])),
    glossary="docs/glossary.md",
    breaks_lines=True,
    cites=True,
)


def said(text: str, house: House = HOUSE, without: tuple[str, ...] = ()) -> list[tuple[int, str]]:
    page = parse(text, "docs/a.md")
    assert page.problems == ()
    return [(one.line, one.kind) for one in review_page(page, house, without)]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("![](map.png)", "alt-text"),
        ("Words ![ ][map] and words.", "alt-text"),
        ('<img src="map.png">', "alt-text"),
        ("It reaches 97.3 % after training.", "typed-result"),
        ("The loss is 0.0421 at the end.", "typed-result"),
        ("There are 138,357,544 of them.", "typed-result"),
        ("- It reaches 97.3 % after training.", "typed-result"),
        ("Batch normalisation was introduced by Ioffe and Szegedy.", "no-source"),
        ("LeCun et al. trained it by backpropagation.", "no-source"),
        ("Recent studies show that depth helps.", "no-source"),
        ("This was common in 1998.", "no-source"),
        ("What it sees is called its **shift window**.", "unlisted-term"),
        ("A **shift window** is what it sees, the whole of it.", "unlisted-term"),
        ("The window slides. It adds.", "two-sentences"),
        ("Does it slide? The window does.", "two-sentences"),
        ("Sizes differ.[^a] The kernel's does not.", "two-sentences"),
    ],
)
def test_it_is_said_with_its_line(line: str, rule: str) -> None:
    assert said(f"---\ndescription: a\n---\n\n{CELL}{line}\n") == [(9, rule)]


@pytest.mark.parametrize(
    "line",
    [
        "![A map with one bright edge.](map.png)",
        "`![](map.png)` is a picture without text.",
        '<img src="map.png" alt="">',
        "It reaches `{python} x:.1f` %, and not 97.3 %.",
        "The paper reports 97.3 %.[^a]",
        "The paper reports 97.3 % (table 3).",
        "A cell may print at most 1,000 lines.",
        "A figure is 3.75 × 2.6 inches; weights lie within ±0.1.",
        "It needs Python 3.11 and CC BY 4.0.",
        "Set it to `0.001`, or to $0.001$.",
        "| 97.3 | 12.5 |",
        "Batch normalisation was introduced by Ioffe and Szegedy.[^a]",
        "Batch normalisation was introduced by [Ioffe](bibliography.md).",
        "The mistake was introduced in line two.",
        "In 224 × 224 pixels, in 1998 steps.",
        "The part that it sees is called its **receptive fields**.",
        "This is called **same** padding.",
        "That is **not** what it is.",
        "**Recall.** The window slides.",
        "- The window slides. It adds.",
        "He, K. Simonyan, Y. LeCun et al. The Network.[^a]",
        "It slides, e.g. Over the image, cf. Fig. A.",
        "## The window slides. It adds.",
        "Whoever asks “Does it slide?” gets an answer.",
        "<!-- The window slides. It adds. -->",
        "$$\n0.0421 \\text{ called } \\mathbf{x}. Then\n$$",
        "```text\nThe window slides. It adds 97.3 %.\n```",
        "[^a]: A paper of 1998. It says 97.3 %.\n    It goes on. And on.",
    ],
)
def test_nothing_is_said_of_what_is_good(line: str) -> None:
    assert said(f"{CELL}{line}\n") == []


def test_a_rule_that_cannot_apply_is_silent() -> None:
    text = (
        "It reaches 97.3 % after training. It was introduced by Ioffe.\n"
        "What it sees is called its **shift window**.\n"
    )
    assert said(text, House()) == []


def test_a_glossary_need_not_be_in_itself() -> None:
    page = parse("It is called a **kernel**.\n", "docs/glossary.md")
    assert review_page(page, HOUSE) == []


def test_the_customs_of_a_site_are_read_from_its_pages() -> None:
    broken = parse(
        "The window slides.\nIt adds.\nIt ends there.[^a]\n\n[^a]: A book.\n", "docs/a.md"
    )
    filled = parse("The window slides over the\nimage. It adds what it\nsees.\n", "docs/b.md")
    terms = parse("**Kernel**\n:   A window.\n\nStride, step\n:   A way.\n", "docs/glossary.md")
    house = house_of([broken, terms], "docs/glossary.md", ["ReLU"])
    assert (house.breaks_lines, house.cites) == (True, True)
    assert {"kernel", "stride", "step", "relu"} <= house.terms
    house = house_of([filled])
    assert (house.breaks_lines, house.cites, house.terms) == (False, False, frozenset())


@pytest.mark.parametrize(
    "text",
    [
        "<!-- worked: allow two-sentences: a quotation -->\nIt slides. It adds.\n",
        "<!-- worked: allow two-sentences: as said -->\n\nIt slides. It adds.\nIt is. Not so.\n",
        "It slides. It adds. <!-- worked: allow two-sentences: a quotation -->\n",
        "<!-- worked: allow two-sentences on this page: as said -->\n\n\nText.\n\nSo. It adds.\n",
        "<!-- worked: allow two-sentences, typed-result: so -->\nIt slides. It is 97.3 %.\n",
    ],
)
def test_a_comment_with_its_reason_lets_something_stand(text: str) -> None:
    assert said(CELL + text) == []


def test_a_comment_is_about_its_own_block_and_rule_only() -> None:
    comment = "<!-- worked: allow two-sentences: a quotation -->"
    text = f"{comment}\nIt slides. It is 97.3 %.\n\nSo. It adds.\n"
    assert said(CELL + text) == [(6, "typed-result"), (8, "two-sentences")]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("<!-- worked: allow two-sentence: so -->", "did you mean 'two-sentences'?"),
        ("<!-- worked: allow two-sentences -->", "says why"),
        ("<!-- worked: allow: so -->", "which rule?"),
        ("<!-- worked: allow alt-text: so -->", "nothing here needs `allow alt-text` any more"),
    ],
)
def test_a_comment_that_is_no_use_is_said(comment: str, message: str) -> None:
    page = parse(f"{comment}\nThe window slides.\n", "docs/a.md")
    (one,) = [one for one in review_page(page, HOUSE) if message in one.message]
    assert (one.line, one.kind) == (1, "allow")


def test_a_comment_in_a_fence_is_an_example() -> None:
    assert said("```markdown\n<!-- worked: allow nothing: so -->\n```\n") == []


def test_a_site_may_do_without_a_rule() -> None:
    assert said("So. It adds.\n", without=("two-sentences",)) == []
    text = "<!-- worked: allow two-sentences: so -->\nSo. It adds.\n"
    assert said(text, without=("two-sentences",)) == []


def test_each_rule_says_why() -> None:
    page = parse("So. It adds.\n", "docs/a.md")
    (one,) = review_page(page, HOUSE)
    assert one.message == f"2 sentences: {RULES['two-sentences'].why}"


def test_a_sentence_ends_at_its_end() -> None:
    assert sentences("It slides (twice). It adds!  “So” it ends.") == [
        "It slides (twice).",
        "It adds!",
        "“So” it ends.",
    ]
