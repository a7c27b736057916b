"""TeX that stayed text: each place of a page where it can stand."""

import re

import pytest

from texmath.leftovers import leftovers
from texmath.placeholder import splice

FORMULA = '<span class="texmath" data-texmath="0">x$y$</span>'

RENDERED = {
    "heading": "# A $x^2$",
    "heading with a line below": "A \\(x^2\\)\n========",
    "raw HTML": "<div>\n$x^2$ \\(y\\)\n</div>",
    "raw HTML with an environment": "<div>\n\\begin{align}a\\end{align}\n</div>",
    "Markdown in HTML": "<div markdown>\n$x^2$\n</div>",
    "summary": "<details><summary>$x$</summary>a</details>",
    "caption": "<figure markdown><figcaption>$x$</figcaption></figure>",
    "text of a link": "[see $x$](a.md)",
    "title of a link": '[a](b.md "see $x$")',
    "alternative text": "![Map $x^2$](a.png)",
    "title of a tab": '=== "A $x$"\n\n    \\(y\\)',
    "footnote": "a[^1]\n\n[^1]: $x$ and \\(y\\)",
    "term and definition": "A $x$\n:   \\(y\\)",
    "cell of a table": "| a |\n|---|\n| $|x|$ and \\(|y|\\) |",
    "cell of a table with an environment": "| a |\n|---|\n| \\begin{align}a&b\\end{align} |",
    "abbreviation": "An HTML.\n\n*[HTML]: is $x$",
    "list of attributes": 'a\n{: title="is $x$" }',
    "title of a box": '!!! note "A $x$ \\(y\\)"\n    a',
    "title of a card": '??? card "A $x$ \\(y\\)"\n    a',
    "item": "- \\[\n  x\n  \\]\n- b",
    "quotation": "> \\begin{align}\n> a\n> \\end{align}",
    "item with a paragraph": "1. a\n\n    \\begin{align}\n    a\n    \\end{align}",
    "fence": "```math\na_b\n```",
    "code between dollars": "$`a_b`$",
    "emphasis": "*$x$* and **\\(y\\)**",
}
PLAIN = (
    "It costs $5 and $6, or US$ 3, $5-$10, \\$x\\$ and \\$x^2\\$.",
    "`$x^2$`, `\\(x\\)` and `\\frac{a}{b}`",
    "```\n$x^2$ \\begin{align}\n```",
    "<!-- $x^2$ -->",
    "\\\\(x\\\\), \\\\frac{a}{b} and \\\\alpha",
    "C:\\users\\to\\infinity, x^2, a_b",
    "\\[see\\], \\(optional\\), \\[1\\]",
)
RAW = {
    '<img alt="$x$" src="a.png">': "$x$",
    'a\n\n<span title="is $x^2$">y</span>': "$x^2$",
    "a\n\nSo \\frac{a}{b} is": "\\frac{a}{b} is",
    "a\n\n\\begin{cases}a\\end{cases}": "\\begin{cases}",
    "a\n\nthe \\alpha of": "\\alpha",
    "a\n\n$a\n+ b$ c": "$a\n+ b$",
    "a\n\n$ x $": "$ x $",
    "a\n\n$x$5$ b": None,
}


@pytest.mark.parametrize("text", RENDERED.values(), ids=RENDERED)
def test_a_formula_is_one_wherever_it_stands(text, markdown, site):
    html = markdown(site).convert(text)
    assert site.formulas
    assert not site.problems
    assert not leftovers(html, text)
    whole = splice(html, site.formulas)
    assert not re.search(r'="[^"<>]*<math', whole)
    assert not re.search(r"\$|\\", re.sub(r"<math.*?</math>", "", whole))


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_formula_stays_without_a_word(text, markdown, site):
    html = markdown(site).convert(text)
    assert not site.formulas
    assert not site.problems
    assert not leftovers(html, text)


@pytest.mark.parametrize(("text", "left"), RAW.items())
def test_tex_that_stays_text_is_found_with_its_line(text, left, markdown, site):
    found = leftovers(markdown(site).convert(text), text)
    if left is None:
        assert not found
        return
    assert [each.text for each in found][:1] == [left]
    assert found[0].line == text[: text.index(left)].count("\n") + 1


def test_what_a_cell_shows_has_no_line():
    assert [each.line for each in leftovers("<p>\\frac{a}{b}</p>", "a")] == [0]
    assert not leftovers("<p>$x^2$</p>", "a")


def test_a_parameter_of_a_sweep_has_the_line_of_its_option():
    title = "<p class='worked-frame-title'>name\xa0=\xa0$x$</p>"
    source = '# A\n\n```python {.run}\n#| sweep: {name: ["$x$"]}\n```\n'
    assert [each.line for each in leftovers(title, source)] == [4]


def test_placeholders_and_drawings_are_passed_over():
    assert not leftovers(f"<p>{FORMULA}</p><svg><text>$x$</text></svg>", "$x$")
