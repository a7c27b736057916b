"""Passages: what becomes of a page's prose where there is no site around it."""

import pytest

from worked.downloads.prose import ProseReader
from worked.page.references import number_labels

CELL = "```python {.run}\nx = 1\n```\n"
FIGURE = (
    "```python {.run}\n#| label: fig-a\n#| fig-cap: All `{python} x`.\n#| fig-alt: A.\nx\n```\n"
)


@pytest.fixture
def read(ran):
    def passages(text: str, *outputs, spell=str, **values: str) -> list[str]:
        count = text.count("{.run}")
        result = ran(text, *([[]] * count), **values)
        references = number_labels([(result.page, 2)])
        return [passage.prose for passage in ProseReader(result, references, spell).passages()]

    return passages


def test_prose_is_cut_at_the_cells(read):
    assert read(f"# A\n\nOne.\n\n{CELL}\nTwo.\n") == ["# A\n\nOne.", "Two."]


def test_front_matter_is_no_prose(read):
    assert read("---\ntitle: A\n---\n\n# A\n") == ["# A"]


def test_a_value_is_its_text(read):
    assert read(f"{CELL}\nIt is `{{python}} x`.\n", x="-1") == ["", "It is −1."]


def test_a_value_is_spelled_as_the_file_wants_it(read):
    assert read(f"{CELL}\n`{{python}} x`\n", x="a_b", spell=str.upper) == ["", "A_B"]


def test_a_value_of_several_lines_stays_on_its_line(read):
    assert read(f"{CELL}\n`{{python}} x`\n", x="a\nb") == ["", "a b"]


def test_a_value_in_a_formula_stays_tex(read):
    assert read(f"{CELL}\n$k = `{{python}} x`$\n", x="-1") == ["", "$k = -1$"]


def test_a_caption_with_its_number_follows_the_cell(read):
    assert read(f"{FIGURE}\nEnd.\n", x="3") == ["", "**Figure 2.1.** All 3.\n\nEnd."]


def test_what_a_cell_must_show_is_left_out(read):
    assert read(f"{CELL}\n```text {{.expect}}\n```\n\nEnd.\n") == ["", "End."]


def test_a_link_to_a_figure_is_its_number(read):
    assert read(f"{FIGURE}\nSee [Figure](#fig-a).\n", x="3")[1].endswith("See Figure 2.1.")


def test_a_link_within_the_site_is_its_words(read):
    assert read("See [the *pool*](../b/pool.md#top).\n") == ["See the *pool*."]


@pytest.mark.parametrize(
    "kept",
    [
        "[a](https://example.org/x)",
        "`[a](b.md)`",
        "$[a](b)$",
        "```\n[a](b.md)\n!!! no box\n\n\n    x\n```",
    ],
)
def test_other_links_and_code_stay(kept, read):
    assert read(f"{kept}\n") == [kept]


def test_a_box_is_a_quotation(read):
    text = 'One.\n\n??? card an-id "Why?"\n\n    Because.\n\n    - so\n\nEnd.\n'
    assert read(text) == ["One.\n\n> **Why?**\n>\n> Because.\n>\n> - so\n\nEnd."]


def test_a_box_without_a_title_has_its_kind(read):
    assert read("!!! slip\n\n    No.\n") == ["> **Slip**\n>\n> No."]


def test_a_box_goes_on_behind_a_cell_in_it(read):
    inner = CELL.replace("\n", "\n    ")
    assert read(f'!!! slip "A"\n\n    One.\n\n    {inner}\n    Two.\n\nEnd.\n') == [
        "> **A**\n>\n> One.",
        "> Two.\n\nEnd.",
    ]


def test_a_box_in_a_box_is_a_quotation_in_one(read):
    text = '!!! slip "A"\n\n    !!! check "B"\n\n        In.\n\n    Out.\n'
    assert read(text) == ["> **A**\n>\n> > **B**\n> >\n> > In.\n>\n> Out."]
