"""Results into the Markdown of a page."""

import re

from hypothesis import given
from hypothesis import strategies as st

from worked.page.parser import parse
from worked.page.placeholders import MARK, weave

PIECES = st.sampled_from(
    [
        *("\n", "\n\n", "> ", "- ", "    ", "`", "```", "~~~", "<!--", "-->", "a", "é", "{python}"),
        *("`{python} x`", "`{python} y:.2f`", "```python {.run}\n", "x = 1\n", "```\n"),
        "\n\n```python {.run}\nx\n```\n\n",
        "\n\n> ~~~python {.run}\n> x\n>\n> y\n> ~~~\n\n",
        *("```text {.expect}\n1\n```\n", "\n> ~~~text {.expect}\n> 1\n> ~~~\n"),
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


def woven(text: str, values: dict[int, str] | None = None) -> str:
    return weave(parse(text, "docs/a.md"), values or {}, lambda _, text: f"<{text}>")


def test_a_page_without_cells_and_values_stays_as_it_is() -> None:
    text = "# Prose\n\n```python\nx\n```\n"
    assert woven(text) == text


def test_a_value_becomes_what_is_put_for_its_text() -> None:
    text = "A `{python} x` and `{python} y`."
    assert woven(text, {0: "1", 1: "2"}) == "A <1> and <2>."


def test_a_value_that_is_missing_is_put_as_none() -> None:
    assert woven("`{python} x`") == "<None>"


def test_a_cell_becomes_its_mark_between_blank_lines() -> None:
    text = "a\n```python {.run}\nx\ny\n```\nb"
    assert woven(text) == "a\n\n\x02worked:0\x03\n\n\nb"


def test_a_mark_keeps_the_indentation_of_its_cell() -> None:
    text = "- a\n\n    ```python {.run}\n    x\n    ```\n"
    assert woven(text) == "- a\n\n    \n    \x02worked:0\x03\n    \n"


def test_a_mark_stays_in_its_quotation() -> None:
    text = "> ```python {.run}\n> x\n> ```\n> b"
    assert woven(text) == ">\n> \x02worked:0\x03\n>\n> b"


def test_marks_count_the_cells() -> None:
    cell = "```python {.run}\nx\n```\n"
    assert [found[1] for found in MARK.finditer(woven(cell + "\n" + cell))] == ["0", "1"]


def test_front_matter_stays_as_it_is() -> None:
    text = "---\ntitle: '`{python} x`'\n---\na"
    assert woven(text) == text


@given(TEXTS)
def test_what_lies_outside_of_cells_and_values_is_kept_to_the_byte(text: str) -> None:
    page = parse(text, "docs/a.md")
    done = weave(page, {}, lambda *_: "\x02")
    parts = (*page.cells, *page.values, *page.expectations)
    spans = sorted((part.start, part.end) for part in parts)
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    kept = [text[low:high] for low, high in zip(ends, starts, strict=True)]
    cell = r"[ \t>]*\n[ \t>]*\x02worked:\d+\x03(?:\n[ \t>]*)*?"
    expectation = r"[ \t>]*(?:\n[ \t>]*)*?"
    pattern = rf"(?:{cell}|{expectation}|\x02)".join(map(re.escape, kept))
    assert re.fullmatch(pattern, done)


@given(TEXTS)
def test_putting_every_value_back_changes_no_prose(text: str) -> None:
    page = parse(text, "docs/a.md")
    own = {value.index: text[value.start : value.end] for value in page.values}
    done = weave(page, own, lambda _, text: text or "")
    if not page.cells:
        assert done == text
    else:
        last = max(part.end for part in (*page.cells, *page.expectations))
        assert done.endswith(text[last:])
        assert done.startswith(text[: page.cells[0].start])


@given(TEXTS)
def test_lines_are_as_many_as_before(text: str) -> None:
    page = parse(text, "docs/a.md")
    assert weave(page, {}, lambda *_: "v").count("\n") == text.count("\n")


@given(TEXTS)
def test_every_cell_has_one_mark_at_its_fence(text: str) -> None:
    page = parse(text, "docs/a.md")
    rows = weave(page, {}, lambda *_: "v").split("\n")
    marked = {number: found for number, row in enumerate(rows, 1) if (found := MARK.search(row))}
    assert list(marked) == [cell.fence_line + 1 for cell in page.cells]
    assert [int(found[1]) for found in marked.values()] == [cell.index for cell in page.cells]
