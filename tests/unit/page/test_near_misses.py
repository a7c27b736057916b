"""Marks that are nearly right are errors that say how to write them."""

import pytest

from worked.page.parser import parse

FENCES = {
    "python {run}": "python {.run}",
    "python {.Run}": "python {.run}",
    "python {.RUN}": "python {.run}",
    "Python {.run}": "python {.run}",
    "py {.run}": "python {.run}",
    "python3 {.run}": "python {.run}",
    "python .run": "python {.run}",
    "{python .run}": "python {.run}",
    "{.python .run}": "python {.run}",
    "{.run}": "python {.run}",
    "python {#run}": "python {.run}",
    "python {.run .fold}": "python {.run}",
    "python {.run echo=false}": "python {.run}",
    "python {.runs}": "python {.run}",
    "text {expect}": "text {.expect}",
    "text {.Expect}": "text {.expect}",
    "{.expect}": "text {.expect}",
    "python {.expect}": "text {.expect}",
    "text {.run}{.expect}": "python {.run}",
}


@pytest.mark.parametrize("info", FENCES)
def test_a_fence_that_is_nearly_one_of_ours_is_a_problem(info: str) -> None:
    (problem,) = parse(f"a\n\n```{info}\nx\n```\n", "docs/a.md").problems
    assert (problem.line, problem.kind) == (3, "fence")
    assert f"`{FENCES[info]}`" in problem.message


@pytest.mark.parametrize(
    "info",
    [
        *("python", "py", "python title='run'", "python { .no-copy }", "python {.annotate}"),
        *("bash", "run", "text", "yaml {.yaml}", "console .copy", "{.python}", "{#id}"),
        *("python linenums='1'", "python hl_lines='2 3'", "python {.python}"),
    ],
)
def test_other_fences_are_let_be(info: str) -> None:
    assert parse(f"```{info}\nx\n```\n", "docs/a.md").problems == ()


LINES = [
    "# | label: fig-a",
    "#| label: fig-a",
    "#|label: fig-a",
    "#| Label: fig-a",
    "  #| echo: no",
]
LINES += ["#| fig_cap: a", "#| fig-captoin: a", "# |fig-alt: a", "#| echo = false"]


@pytest.mark.parametrize("above", ["x = 1", ""])
@pytest.mark.parametrize("row", LINES)
def test_an_option_below_the_code_is_a_problem(row: str, above: str) -> None:
    page = parse(f"```python {{.run}}\n{above}\n{row}\ny\n```\n", "docs/a.md")
    assert [(problem.line, problem.kind) for problem in page.problems] == [(3, "option")]
    assert "at the top of its cell" in page.problems[0].message


@pytest.mark.parametrize("row", ["# | label: fig-a", "#  |  echo: false"])
def test_an_option_with_its_mark_torn_apart_is_a_problem(row: str) -> None:
    page = parse(f"```python {{.run}}\n{row}\ny\n```\n", "docs/a.md")
    assert [(problem.line, problem.kind) for problem in page.problems] == [(2, "option")]


@pytest.mark.parametrize(
    "row", ["# a | b: c", "#| x: y", "# |x| is: 1", "#: label", "s = '#'  # a"]
)
def test_other_comments_are_let_be(row: str) -> None:
    assert parse(f"```python {{.run}}\nx = 1\n{row}\n```\n", "docs/a.md").problems == ()


SPANS = ["{python}x", "{Python} x", " {python} x", "{ python } x", "{py} x", "{python3} x"]
SPANS += ["{python:} x", "{ipython} x", "{python }x"]


@pytest.mark.parametrize("span", SPANS)
def test_a_span_that_is_nearly_a_value_is_a_problem(span: str) -> None:
    page = parse(f"a\n\nIt is `{span}`.\n", "docs/a.md")
    assert [(problem.line, problem.kind) for problem in page.problems] == [(3, "value")]
    assert page.problems[0].message == "a value is written `{python} x`"


@pytest.mark.parametrize(
    "text", ["`{python}`", "`{r} x`", "``{Python} x``", "`python x`", "`{.python} x`", "`{pyx} x`"]
)
def test_other_spans_are_let_be(text: str) -> None:
    assert parse(text, "docs/a.md").problems == ()
