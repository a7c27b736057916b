"""What other systems write after a fence's mark, and what to write instead."""

import pytest

from worked.hints import directive_hint
from worked.page.parser import parse

SAYS = {
    "{code-cell}": "a cell begins with `python {.run}`",
    "{code-cell} ipython3": "a cell begins with `python {.run}`",
    "{python}": "a cell begins with `python {.run}`",
    "{math}": "a formula stands between two lines of `$$`",
    "{note}": 'a box is `!!! note "Title"`',
    "{figure} a.png": "a picture is `![what it shows](file.png)`",
    "{prf:remark}": "write its text without the fence",
}


@pytest.mark.parametrize("info", SAYS)
def test_a_directive_has_something_to_write_in_its_place(info: str) -> None:
    assert SAYS[info] in directive_hint(info)


@pytest.mark.parametrize("info", ["python", "{.python}", "{ .python #id }", "{#id}", "text {.a}"])
def test_a_fence_of_markdown_is_no_directive(info: str) -> None:
    assert directive_hint(info) == ""


def test_a_directive_is_an_error_at_its_line() -> None:
    (problem,) = parse("# Page\n\n```{code-cell} ipython3\n1 + 1\n```\n", "docs/page.md").problems
    assert (problem.line, problem.kind) == (3, "fence")
    assert problem.message.startswith("Markdown knows no directive `{code-cell}`: ")


def test_a_directive_that_is_shown_inside_a_longer_fence_is_no_error() -> None:
    text = "````markdown\n```{code-cell}\n1 + 1\n```\n````\n"
    assert parse(text, "docs/page.md").problems == ()
