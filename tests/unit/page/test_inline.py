"""Values and links in the text of a page."""

import pytest

from worked.page.parser import parse


def forms(text: str) -> list[tuple[str, bool]]:
    return [(value.expression, value.tex) for value in parse(text, "docs/a.md").values]


def links(text: str) -> list[tuple[str, str, int]]:
    return [(link.text, link.target, link.line) for link in parse(text, "docs/a.md").links]


@pytest.mark.parametrize(
    "text",
    [
        *("$`{python} x`$", "$a = `{python} x` b$", "a$`{python} x`$.", "$$`{python} x`$$"),
        *("$$\na = `{python} x`\n$$", "- $`{python} x`$", "> $$\n> `{python} x`\n> $$"),
        *("# A $`{python} x`$", "| $`{python} x`$ |", r"$\$`{python} x`$", "$x$ $`{python} x`$"),
    ],
)
def test_a_value_between_dollars_stands_in_a_formula(text: str) -> None:
    assert forms(text) == [("x", True)]


@pytest.mark.parametrize(
    "text",
    [
        *("`{python} x`", r"\$`{python} x`$", "$5 and `{python} x` and $6", "$ `{python} x`$"),
        *(
            "$`{python} x` $",
            "`$` `{python} x` `$`",
            "$$\n\n`{python} x`\n\n$$",
            "$a\n`{python} x`$",
        ),
        *("$a$ `{python} x` $b$", "`{python} x`$", "$`{python} x`$5"),
    ],
)
def test_dollars_that_are_no_formula_are_passed_over(text: str) -> None:
    assert forms(text) == [("x", False)]


def test_a_formula_may_hold_several_values_and_a_dollar_in_one() -> None:
    assert forms("$`{python} x` + `{python} '$'`$") == [("x", True), ("'$'", True)]


def test_a_caption_has_formulas_and_an_alternative_text_has_none() -> None:
    text = "```python {.run}\n#| fig-cap: $`{python} x`$\n#| fig-alt: $`{python} x`$\n```\n"
    page = parse(text, "docs/a.md")
    assert [(n, v.tex, v.line) for n, v in page.cells[0].values] == [
        ("fig-cap", True, 2),
        ("fig-alt", False, 3),
    ]
    assert page.values == ()


def test_values_of_options_know_where_they_stand() -> None:
    text = "> ```python {.run}\n> #| fig-cap: |\n> #|   a\n> #|   `{python} x`\n> 1\n> ```\n"
    (_, value), *_ = parse(text, "docs/a.md").cells[0].values
    assert (text[value.start : value.end], value.line) == ("`{python} x`", 4)


def test_a_value_of_an_option_stands_on_one_line() -> None:
    text = "```python {.run}\n#| fig-cap: |\n#|   `{python}\n#|   x`\n```\n"
    assert [(p.line, p.kind) for p in parse(text, "docs/a.md").problems] == [(3, "value")]


def test_a_label_and_code_hold_no_values() -> None:
    text = "```python {.run}\n#| timeout: 3\n'`{python} x`'\n```\n"
    assert parse(text, "docs/a.md").cells[0].values == ()


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("[Figure](#fig-a)", "#fig-a"),
        ("[Figure](../b/c.md#fig-a)", "../b/c.md#fig-a"),
        ("[Figure](<b.md#fig-a>)", "b.md#fig-a"),
        ('[Figure](b.md#fig-a "title")', "b.md#fig-a"),
        ("![a](a.png) [Figure](#fig-a)", "#fig-a"),
        ("`[` [Figure](#fig-a)", "#fig-a"),
    ],
)
def test_a_link_to_a_label_is_found(text: str, target: str) -> None:
    assert links(f"a\n{text}") == [("Figure", target, 2)]


def test_a_reference_to_a_label_is_found() -> None:
    assert links("[Table][t]\n\n[t]: #tbl-a") == [("t", "#tbl-a", 3)]


@pytest.mark.parametrize(
    "text",
    [
        *("`[Figure](#fig-a)`", "```\n[Figure](#fig-a)\n```", "<!-- [Figure](#fig-a) -->"),
        *("[Figure](#figure)", "[Figure](fig-a)", "(#fig-a)", "    [Figure](#fig-a)"),
    ],
)
def test_other_text_is_no_link_to_a_label(text: str) -> None:
    assert links(text) == []


def test_links_in_captions_are_found() -> None:
    text = "```python {.run}\n#| fig-alt: A.\n#| fig-cap: As [Figure](#fig-a).\n```\n"
    assert links(text) == [("Figure", "#fig-a", 3)]
