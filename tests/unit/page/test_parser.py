"""Where cells and values stand in a text."""

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worked.page.inline import split_spec
from worked.page.model import Page
from worked.page.parser import parse

NAME = "docs/page.md"
LINES = ["\n", "\n\n", "> ", "- ", "    ", "\t", "---\n", "=== tab\n", "??? card id\n"]
CODE = ["`", "``", "```", "````", "~~~", "<!--", "-->", "\\", "{python}", "{python} x:.2f"]
CELL = ["```python {.run}\n", "```\n", "#| echo: no\n", "#| label: a\n", "#| echo: [\n", "x = 1\n"]
PIECES = st.sampled_from([*LINES, *CODE, *CELL, "é", "\x00", "\x02", ":", "a", "`{python} x`"])
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))


def read(text: str) -> Page:
    return parse(textwrap.dedent(text), NAME)


def codes(text: str) -> list[str]:
    return [cell.code for cell in read(text).cells]


def values(text: str) -> list[tuple[str, str]]:
    return [(value.expression, value.spec) for value in read(text).values]


def problems(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.kind) for problem in read(text).problems]


# --- cells


def test_a_fence_that_says_run_is_a_cell() -> None:
    assert codes("```python {.run}\nx = 1\n```\n") == ["x = 1"]


def test_a_tilde_fence_is_a_cell_too() -> None:
    assert codes("~~~python {.run}\nx = 1\n~~~\n") == ["x = 1"]


def test_a_longer_fence_is_a_cell_too() -> None:
    assert codes("`````python {.run}\nx = '''\n```\n'''\n`````\n") == ["x = '''\n```\n'''"]


@pytest.mark.parametrize(
    "info", ["python {.run}", "python{.run}", "python { .run }", " python {.run}  "]
)
def test_spaces_in_the_info_of_a_cell_do_not_matter(info: str) -> None:
    assert codes(f"```{info}\nx\n```") == ["x"]


@pytest.mark.parametrize("info", ["", "python", "text", "text {.other}", "python title='{.ran}'"])
def test_another_fence_never_runs(info: str) -> None:
    page = read(f"```{info}\nx = 1\n```\n")
    assert page.cells == ()
    assert page.problems == ()


@pytest.mark.parametrize("info", ["py {.run}", "{.run}", "python {.run .big}", "{.python .run}"])
def test_a_fence_that_nearly_says_run_is_an_error(info: str) -> None:
    assert problems(f"a\n\n```{info}\nx\n```\n") == [(3, "fence")]


def test_the_last_line_needs_no_line_end() -> None:
    assert codes("```python {.run}\nx\n```") == ["x"]


def test_a_cell_may_be_empty() -> None:
    assert codes("```python {.run}\n```\n") == [""]


def test_cells_are_counted_from_zero() -> None:
    page = read("```python {.run}\na\n```\n\n```python {.run}\nb\n```\n")
    assert [(cell.index, cell.code) for cell in page.cells] == [(0, "a"), (1, "b")]


@pytest.mark.parametrize(
    "text",
    [
        "- item\n\n    ```python {.run}\n    if x:\n        y\n    ```\n",
        '=== "tab"\n\n    ```python {.run}\n    if x:\n        y\n    ```\n',
        "!!! slip\n\n    ```python {.run}\n    if x:\n        y\n    ```\n",
        "> ```python {.run}\n> if x:\n>     y\n> ```\n",
        "> > ```python {.run}\n> > if x:\n> >     y\n> > ```\n",
        "\t```python {.run}\n\tif x:\n\t    y\n\t```\n",
        "- a\n    - b\n\n        ~~~python {.run}\n        if x:\n            y\n        ~~~\n",
    ],
)
def test_code_loses_the_indentation_of_what_is_around_it(text: str) -> None:
    assert codes(text) == ["if x:\n    y"]


@pytest.mark.parametrize(
    "text",
    [
        "- item\n\n    ```python {.run}\n    a\n\n    b\n    ```\n",
        "- item\n\n    ```python {.run}\n    a\n  \n    b\n    ```\n",
        "> ```python {.run}\n> a\n>\n> b\n> ```\n",
        "> ```python {.run}\n> a\n> \n> b\n> ```\n",
    ],
)
def test_a_blank_line_in_a_cell_may_lack_its_indentation(text: str) -> None:
    assert codes(text) == ["a\n\nb"]


def test_a_cell_shown_inside_a_longer_fence_is_not_a_cell() -> None:
    page = read("````markdown\n```python {.run}\nx\n```\n\n`{python} x`\n````\n")
    assert (page.cells, page.values, page.problems) == ((), (), ())


def test_a_cell_shown_inside_a_tilde_fence_is_not_a_cell() -> None:
    assert codes("~~~markdown\n```python {.run}\nx\n```\n~~~\n") == []


def test_a_cell_behind_a_shown_cell_is_a_cell() -> None:
    text = "````\n```python {.run}\na\n```\n````\n\n```python {.run}\nb\n```\n"
    assert codes(text) == ["b"]


def test_a_cell_in_a_comment_is_not_a_cell() -> None:
    assert codes("a\n<!--\n```python {.run}\nx\n```\n-->\n\n```python {.run}\ny\n```") == ["y"]


def test_a_comment_that_never_ends_hides_nothing() -> None:
    assert codes("<!-- a\n\n```python {.run}\nx\n```\n") == ["x"]


def test_a_cell_directly_under_a_paragraph_is_a_cell() -> None:
    assert codes("text\n```python {.run}\nx\n```\ntext\n") == ["x"]


def test_a_cell_that_is_never_closed_is_an_error() -> None:
    assert problems("text\n\n```python {.run}\nx = 1\n") == [(3, "fence")]


def test_a_cell_that_leaves_its_container_is_an_error() -> None:
    text = "- a\n\n    ```python {.run}\n    x\n```\n"
    (problem,) = read(text).problems
    assert problem.line == 3
    assert "container" in problem.message


@pytest.mark.parametrize("mark", ["-", "  *", "> 1.", "10)"])
def test_a_cell_behind_the_mark_of_a_list_is_an_error(mark: str) -> None:
    assert problems(f"a\n\n{mark} ```python {{.run}}\n    x\n    ```\n")[0] == (3, "fence")


def test_a_fence_behind_the_mark_of_a_list_in_a_comment_is_no_error() -> None:
    assert problems("<!-- a\n- ```python {.run}\n-->\n") == []


def test_another_fence_that_is_never_closed_is_markdowns_own_affair() -> None:
    assert problems("```text\n\n`{python} x`\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "\t```python {.run}\n    x\n\t```\n",
        "    ```python {.run}\n\tx\n\t```\n",
        "> \t```python {.run}\n>   x\n>   ```\n",
        "  \t```python {.run}\n    x\n\t```\n",
    ],
)
def test_a_tab_and_the_spaces_it_stands_for_are_the_same_indentation(text: str) -> None:
    assert [cell.code for cell in parse(text, NAME).cells] == ["x"]


def test_a_fence_behind_a_tab_is_code() -> None:
    assert codes("```python {.run}\nx = '''\n\t```\n'''\n```\n") == ["x = '''\n\t```\n'''"]


def test_a_line_of_spaces_and_tabs_leaves_no_container() -> None:
    (cell,) = parse("- a\n\n  ```python {.run}\n  x\n\t\t\t\n  y\n  ```\n", NAME).cells
    assert cell.code.split() == ["x", "y"]


def test_a_closing_fence_is_as_long_as_the_opening_one() -> None:
    assert codes("````python {.run}\na\n```\nb\n`````\n") == ["a\n```\nb"]


# --- front matter and lines


@pytest.mark.parametrize("end", ["---", "..."])
def test_front_matter_holds_no_cells_and_no_values(end: str) -> None:
    text = f"---\ntitle: '`{{python}} x`'\nnote: |\n  ```python {{.run}}\n  ```\n{end}\n"
    assert (codes(text), values(text)) == ([], [])


def test_lines_count_the_front_matter() -> None:
    page = read("---\ntitle: a\n---\n\n`{python} x`\n\n```python {.run}\n#| echo: false\ny\n```\n")
    assert [value.line for value in page.values] == [5]
    assert [(cell.fence_line, cell.line) for cell in page.cells] == [(7, 9)]


def test_a_rule_further_down_begins_no_front_matter() -> None:
    assert codes("a\n\n---\n\n```python {.run}\nx\n```\n\n---\n") == ["x"]


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nText between two rules: `{python} x`\n\n---\n",
        "---\n- a list\n- `{python} x`\n---\n",
        "---\ntitle: [\n---\n\n`{python} x`\n",
        "---\n---\n\n`{python} x`\n",
        "---\na: `{python} x`\n---",
    ],
    ids=["prose", "list", "broken", "empty", "no-line-end"],
)
def test_what_mkdocs_takes_for_text_is_text(text: str) -> None:
    assert values(text) == [("x", "")]


@pytest.mark.parametrize("rest", ["", "    and `{python} y`\n", "Key: `{python} y`\n"])
def test_pairs_at_the_top_are_no_text(rest: str) -> None:
    assert values(f"Note: `{{python}} x`\n{rest}\nText `{{python}} z`\n") == [("z", "")]


def test_front_matter_that_never_ends_is_text() -> None:
    assert codes("---\n\n```python {.run}\nx\n```\n") == ["x"]


def test_the_line_of_a_cells_code_skips_its_options() -> None:
    text = "a\n\n    ```python {.run}\n    #| label: x\n    #| echo: false\n    y\n    ```\n"
    (cell,) = read("- " + text).cells
    assert (cell.fence_line, cell.line, cell.code) == (3, 6, "y")


def test_the_line_of_an_option_is_the_files() -> None:
    (cell,) = read("a\n\n```python {.run}\n#| echo: false\n#| label: x\n```\n").cells
    assert cell.option_line("label") == 5
    assert cell.option_line("echo") == 4


def test_an_option_that_is_not_there_stands_at_the_fence() -> None:
    (cell,) = read("a\n\n```python {.run}\n#| echo: false\n```\n").cells
    assert cell.option_line("fig-alt") == 3


def test_the_line_of_a_wrong_option_is_the_files() -> None:
    text = "a\n\n> ```python {.run}\n> #| echo: false\n> #| ecko: false\n> x\n> ```\n"
    assert problems(text) == [(5, "option")]


def test_a_cell_with_a_wrong_option_still_is_a_cell() -> None:
    assert codes("```python {.run}\n#| ecko: false\nx\n```\n") == ["#| ecko: false\nx"]


def test_every_problem_of_a_page_is_found_at_once() -> None:
    text = "```py {.run}\n```\n\n`{python} a b`\n\n```python {.run}\n#| b: c\n```\n"
    assert problems(text) == [(1, "fence"), (4, "SyntaxError"), (7, "option")]


# --- values


@pytest.mark.parametrize(
    "text",
    [
        "It is `{python} x`.",
        "# Heading `{python} x`",
        "| a | `{python} x` |\n|---|---|",
        "> > `{python} x`",
        "- [ ] *`{python} x`*",
        "$s = `{python} x`$",
        "[`{python} x`](a.md)",
        "a `b` `{python} x` `c`",
        "`{python}   x  `",
        "`a\nb` `{python} x`",
        r"\\`{python} x`",
        "` never closed\n\n`{python} x`",
        "<!-- a --> `{python} x` <!-- b -->",
        "<!-- a\n\nb --> `{python} x`",
        r"\<!-- `{python} x` -->",
        "`<!--` `{python} x` -->",
        "a ``` b\n\n`{python} x`",
        "```\nnot closed `{python} x`",
        '!!! slip "`{python} x`"',
    ],
)
def test_a_value_is_found(text: str) -> None:
    assert values(text) == [("x", "")]


@pytest.mark.parametrize(
    "text",
    [
        "`{python}`",
        "`{python} `",
        "`x {python} y`",
        "``{python} x``",
        "`` `{python} x` ``",
        r"\`{python} x\`",
        r"\`{python} x`",
        "{python} x",
        "<!-- `{python} x` -->",
        "<!--\n\n`{python} x`\n\n-->",
        "```\n`{python} x`\n```",
        "    ~~~\n    `{python} x`\n    ~~~",
        "`{python} x",
        "`{python} x\n\n`",
    ],
)
def test_there_is_no_value(text: str) -> None:
    page = read(text)
    assert (page.values, page.problems) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "a\n\n    `{python} x`",
        "a\n\n\t`{python} x`",
        "a\n\n    b\n\n    `{python} x`",
        "    `{python} x`",
        "# a\n    `{python} x`",
        "- a\n\n        `{python} x`",
        "- a\n\nb\n\n    `{python} x`",
        '!!! slip "a"\n\n        `{python} x`',
        "> a\n>\n>     `{python} x`",
        "```\na\n```\n    `{python} x`",
        "<!--\n- a\n-->\nb\n\n    `{python} x`",
        "a\n- b\n\n    `{python} x`",
    ],
)
def test_indented_code_holds_no_value(text: str) -> None:
    assert parse(text, NAME).values == ()


@pytest.mark.parametrize(
    "text",
    [
        "a\n    `{python} x`",
        "- a\n\n    `{python} x`",
        "- a\n- b\n    - c\n\n        `{python} x`",
        "1. a\n\n    - b\n\n        `{python} x`\n",
        "- a\n    - b\n\n    `{python} x`",
        '=== "a"\n\n    `{python} x`',
        '??? card a "b"\n\n    !!! slip "c"\n\n        `{python} x`',
        "[^1]:\n    a\n\n    `{python} x`",
        "a\n:   b\n\n    `{python} x`",
        "> - a\n>\n>     `{python} x`",
        "- a\n\n    > b\n    >\n    > `{python} x`",
        "    code\n`{python} x`",
    ],
)
def test_what_is_indented_in_a_container_is_text(text: str) -> None:
    assert values(text) == [("x", "")]


def test_text_behind_what_only_looks_like_a_fence_is_text() -> None:
    assert values("```a``` is `{python} x`\n") == [("x", "")]


def test_a_fence_begins_a_line() -> None:
    assert codes("<!--\n\n--> ```python {.run}\nx\n```\n") == []


def test_a_value_of_many_colons_is_read_no_further_than_sense() -> None:
    assert values("`{python} " + "[" + ":" * 20_000 + "`") == []


@pytest.mark.parametrize(
    ("body", "expression", "spec"),
    [
        ("loss", "loss", ""),
        ("loss:.3f", "loss", ".3f"),
        ("loss :.3f", "loss", ".3f"),
        ("x[1:2]", "x[1:2]", ""),
        ("x[1:2]:.3f", "x[1:2]", ".3f"),
        ("x[:, 0].sum():+.1e", "x[:, 0].sum()", "+.1e"),
        ("{1: 2}[1]", "{1: 2}[1]", ""),
        ("{1: 2}[1]:>4", "{1: 2}[1]", ">4"),
        ("(lambda a: a)(3):d", "(lambda a: a)(3)", "d"),
        ("(lambda: 3)()", "(lambda: 3)()", ""),
        ('f"{a:b}"', 'f"{a:b}"', ""),
        ('f"{a:.2f}":>8', 'f"{a:.2f}"', ">8"),
        ('"a:b"', '"a:b"', ""),
        ("a if b else c:,", "a if b else c", ","),
        ("n::>5", "n", ":>5"),
        ("(y := 3)", "(y := 3)", ""),
        ("t:%H:%M", "t", "%H:%M"),
    ],
)
def test_a_format_spec_begins_where_an_f_string_would_begin_it(
    body: str, expression: str, spec: str
) -> None:
    assert split_spec(body) == (expression, spec)


@pytest.mark.parametrize("body", ["a b", ":.3f", "x = 1", "import os", "x[", "a\x00b", "x!r"])
def test_a_value_that_is_no_expression_is_an_error(body: str) -> None:
    assert problems(f"a\n\n`{{python}} {body}`\n") == [(3, "SyntaxError")]


def test_a_value_nested_too_deeply_is_an_error() -> None:
    assert problems(f"`{{python}} {'-' * 9_000}1`") == [(1, "SyntaxError")]


@pytest.mark.parametrize("body", ["{python} x +\ny", "{python} x\n", "{python}\nx"])
def test_a_value_on_two_lines_is_an_error(body: str) -> None:
    page = read(f"a\nb `{body}`\n")
    assert [(problem.line, problem.kind) for problem in page.problems] == [(2, "value")]
    assert page.values == ()


def test_the_line_of_a_value_is_where_it_begins() -> None:
    page = read("`{python} a`\n\n- b\n    `{python} c` `{python} d`\n> `{python} e`\n")
    assert [value.line for value in page.values] == [1, 4, 4, 5]


def test_a_value_spans_its_backticks() -> None:
    text = "é `{python} x:.1f`."
    (value,) = read(text).values
    assert text[value.start : value.end] == "`{python} x:.1f`"


def test_a_cell_spans_its_fences() -> None:
    text = "a\n\n> ```python {.run}\n> x\n> ```\nb\n"
    (cell,) = read(text).cells
    assert text[cell.start : cell.end] == "> ```python {.run}\n> x\n> ```"
    assert cell.prefix == "> "


# --- labels


def test_a_label_that_is_given_twice_is_an_error_at_the_second() -> None:
    text = "```python {.run}\n#| label: a\n```\n\n```python {.run}\n#| echo: no\n#| label: a\n```\n"
    (problem,) = read(text).problems
    assert (problem.line, problem.kind) == (7, "label")
    assert "line 2" in problem.message


def test_cells_without_labels_do_not_clash() -> None:
    assert problems("```python {.run}\n```\n\n```python {.run}\n```\n") == []


# --- steps


def steps(text: str) -> list[tuple[str | None, list[str]]]:
    return [
        (step.cell and step.cell.code, [value.expression for value in step.values])
        for step in read(text).steps
    ]


def test_values_see_the_cell_above_them() -> None:
    text = (
        "```python {.run}\na\n```\n`{python} x`\n\n```python {.run}\nb\n```\n"
        "`{python} y` `{python} z`\n"
    )
    assert steps(text) == [("a", ["x"]), ("b", ["y", "z"])]


def test_values_above_the_first_cell_have_a_step_of_their_own() -> None:
    text = "`{python} 1`\n\n```python {.run}\na\n```\n"
    assert steps(text) == [(None, ["1"]), ("a", [])]


def test_a_page_of_values_alone_has_one_step() -> None:
    assert steps("`{python} 1` `{python} 2`") == [(None, ["1", "2"])]


def test_a_page_without_cells_and_values_has_no_steps() -> None:
    assert steps("Prose.") == []


# --- any text


@given(TEXTS)
def test_no_text_makes_parsing_raise(text: str) -> None:
    assert parse(text, NAME).text == text


@given(TEXTS)
def test_spans_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    page = parse(text, NAME)
    spans = sorted((part.start, part.end) for part in (*page.cells, *page.values))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(TEXTS)
def test_lines_are_those_of_the_text(text: str) -> None:
    page = parse(text, NAME)
    count = text.count("\n") + 1
    assert all(value.line == text.count("\n", 0, value.start) + 1 for value in page.values)
    assert all(cell.fence_line == text.count("\n", 0, cell.start) + 1 for cell in page.cells)
    assert all(cell.fence_line < cell.line <= count for cell in page.cells)
    assert all(1 <= problem.line <= count for problem in page.problems)


@given(TEXTS)
def test_the_code_of_a_cell_stands_on_the_lines_it_names(text: str) -> None:
    lines = text.split("\n")
    for cell in parse(text, NAME).cells:
        for number, row in enumerate(cell.code.split("\n") if cell.code else ()):
            assert lines[cell.line - 1 + number].endswith(row)


@given(TEXTS)
def test_every_cell_and_value_runs_in_exactly_one_step(text: str) -> None:
    page = parse(text, NAME)
    assert [step.cell for step in page.steps if step.cell] == list(page.cells)
    assert [value for step in page.steps for value in step.values] == list(page.values)
