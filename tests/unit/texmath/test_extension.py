"""The Markdown extension, with a host and without."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.util import STX

from texmath.extension import TexmathExtension
from texmath.placeholder import splice
from texmath.problems import FormulasError

IN_A_TAB = """=== "A"

    !!! note
        Good $x$.

        $$
        a
        + \\foo
        $$

    And $\\frac{a$ here.
"""


class Preprocessed:
    """Runs our preprocessor alone."""

    def __init__(self) -> None:
        self.markdown = Markdown(extensions=[TexmathExtension()])

    def lines(self, text: str) -> list[str]:
        self.markdown.reset()
        return self.markdown.preprocessors["texmath"].run(text.split("\n"))


PREPROCESSED = Preprocessed()


@given(st.text().filter(lambda text: not set(text) & set("$\\`")))
def test_a_text_without_dollars_comes_through_as_it_is(text):
    assert PREPROCESSED.lines(text) == text.split("\n")


@given(
    st.lists(
        st.sampled_from(
            ["\\[", "\\]", "```math", "```", "$", "$$", "\n", "a", " ", "> ", "`", "\\", "5"]
        )
    ).map("".join)
)
def test_the_number_of_lines_stays(text):
    try:
        lines = PREPROCESSED.lines(text)
    except FormulasError:
        return
    assert len(lines) == len(text.split("\n"))


def test_without_a_host_the_mathml_is_in_the_page(markdown):
    html = markdown().convert("Inline $x$.\n\n$$\ny\n$$")
    assert "<math><mi>x</mi></math>.</span></p>" in html
    assert '<math display="block"><mi>y</mi></math></div>' in html
    assert "data-texmath" not in html


def test_without_a_host_the_table_of_contents_has_plain_text(markdown):
    md = markdown()
    html = md.convert(r"# The floor $\lfloor x \rfloor$")
    token = md.toc_tokens[0]
    assert (token["name"], token["id"]) == ("The floor ⌊x⌋", "the-floor-x")
    assert '<h1 id="the-floor-x">The floor <math>' in html


def test_an_object_converts_one_page_after_the_other(markdown):
    md = markdown()
    first = md.convert("# A $x$")
    assert md.reset().convert("# A $x$") == first
    assert "<math>" in first


def test_a_host_gets_the_mathml_and_puts_it_in(markdown, site):
    html = markdown(site).convert("Inline $x$.\n\n$$\ny\n$$")
    assert "<math" not in html
    whole = splice(html, site.formulas)
    assert "<math><mi>x</mi></math>.</span></p>" in whole
    assert 'tabindex="0" role="group" aria-label="Formula"><math display="block">' in whole
    assert site.finished == 1


def test_a_placeholder_of_another_site_stays(markdown, site):
    html = markdown(site).convert("$x$")
    assert splice(html, {}) == html


def test_the_same_formula_has_one_key_per_style(markdown, site):
    markdown(site).convert("$x$ and $x$\n\n$$x$$")
    assert len(site.formulas) == 2


def test_no_marks_of_the_stash_are_left(markdown, site):
    html = markdown(site).convert(IN_A_TAB + "\n# $x$\n\n| $|a|$ |\n|---|\n| $b$ |\n")
    assert STX not in html
    assert "wzxhzdk" not in html


def test_a_page_raises_all_its_bad_formulas_together(markdown):
    with pytest.raises(FormulasError) as caught:
        markdown().convert(IN_A_TAB)
    assert [problem.line for problem in caught.value.problems] == [8, 11]
    assert "<markdown>:8: formula: Unknown command" in str(caught.value)


def test_the_next_page_knows_nothing_of_an_error(markdown):
    md = markdown()
    with pytest.raises(FormulasError):
        md.convert(r"$\foo$")
    assert "<math>" in md.reset().convert("$x$")


def test_a_host_hears_of_every_bad_formula_with_its_line(markdown, site):
    site.cut = 4
    html = markdown(site).convert(IN_A_TAB)
    assert [str(problem) for problem in site.problems] == [
        'docs/page.md:12: formula: Unknown command "\\foo".\n'
        "  10 |         $$\n"
        "  11 |         a\n"
        "> 12 |         + \\foo\n"
        "  13 |         $$",
        'docs/page.md:15: formula: Expected closing token "}", but reached end of input.\n'
        "> 15 |     And $\\frac{a$ here.",
    ]
    assert re.search(r'<div class="texmath-problem" role="alert"><code>a\n', html)
    assert '<span class="texmath-problem" role="alert"><code>\\frac{a</code>' in html


def test_an_unclosed_display_formula_is_a_bad_one(markdown, site):
    html = markdown(site).convert("$$\na\n\nText.")
    assert [problem.line for problem in site.problems] == [1]
    assert "<p>Text.</p>" in html


def test_what_others_have_stashed_cannot_be_in_a_formula(markdown, site):
    md = markdown(site)
    mark = md.htmlStash.store("<b>1</b>")
    md.preprocessors["texmath"].run([f"$a + {mark}$"])
    assert "Computed values" in site.problems[0].message
    assert "wzxhzdk" not in str(site.problems[0])


def test_no_line_ends_between_a_formula_and_its_punctuation(markdown, site):
    whole = splice(markdown(site).convert("From $a$, $b$ to $c$ and (see $d$)."), site.formulas)
    kept = re.findall(r'<span class="texmath-kept"><math>.*?</math>([^<]*)</span>', whole)
    assert kept == [",", ")."]
    assert whole.count("<math>") == 4


def test_other_plugins_find_the_source_of_a_formula_with_the_macros_that_it_needs(site):
    macros = {"half": r"\frac{1}{2}", "norm": r"\lVert #1 \rVert_{\half}", "R": r"\mathbb{R}"}
    md = Markdown(extensions=[TexmathExtension(host=site, macros=macros)])
    html = md.convert('Between $\\norm{x} < "1"$ and $x$.')
    defined = r"\def\norm#1{\lVert #1 \rVert_{\half}}\def\half{\frac{1}{2}}"
    found = re.findall(r' data-tex="([^"]*)"', html)
    assert [unescape(one) for one in found] == [rf'{defined}\norm{{x}} < "1"', "x"]


def test_the_source_is_gone_once_the_mathml_is_there():
    html = Markdown(extensions=[TexmathExtension()]).convert("Between $x$ and\n\n$$\ny\n$$\n")
    assert "data-tex" not in html
    assert html.count("<math") == 2
