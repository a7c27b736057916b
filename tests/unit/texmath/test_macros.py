"""Macros of a site."""

import pytest
from markdown import Markdown

from texmath.extension import TexmathExtension
from texmath.formula import convert, read_macros
from texmath.macros import LONGEST, MOST, MacroError, cut_short
from texmath.problems import FormulaError

MACROS = read_macros(
    {
        "R": r"\mathbb{R}",
        r"\norm": r"\lVert #1 \rVert",
        "low": r"\smash{#1}",
        "col": r"\begin{pmatrix}#1\end{pmatrix}",
        "cr": "C",
        "loop": r"\loop x",
    }
)


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\norm{x} \in \R", "‖x‖ ∈ ℝ"),
        (r"\low{a} + \smash{b}", "a + b"),
        (r"\col{a \\ b}", "[a; b]"),
        (r"\cr", "C"),
        (r"\renewcommand{\R}{r}\R", "r"),
    ],
)
def test_a_macro_stands_for_its_text(tex, text):
    assert convert(tex, display=False, macros=MACROS).text == text


def test_shapes_of_macros_and_of_the_formula_keep_apart():
    html = convert(r"\low{a}\sout{b}\low{c}", display=False, macros=MACROS).mathml
    assert html == (
        '<math><mpadded height="0" depth="0"><mi>a</mi></mpadded><menclose '
        'notation="horizontalstrike"><mi>b</mi></menclose><mpadded height="0" depth="0">'
        "<mi>c</mi></mpadded></math>"
    )


def test_a_macro_that_never_ends_is_an_error_of_the_formula():
    with pytest.raises(FormulaError, match="stands for itself"):
        convert(r"\loop", display=False, macros=MACROS)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"a1": "x"}, '"a1" is no name'),
        ({"": "x"}, "is no name"),
        ({False: "x"}, None),
        ({"a": 1}, r"\a stands for text"),
        ({"a": "{"}, r"\a has braces"),
        ({"a": "}{"}, r"\a has braces"),
        ({"b": "x", "a": "#0"}, r"\a: Invalid parameter number"),
        ({"a": r"\foo"}, r'\a: Unknown command "\foo"'),
        ({"a": r"\href{b}{c}"}, r"\a: A formula holds no links"),
        ({"a": "x" * (LONGEST + 1)}, "at most 1,000"),
        ({"a": "x", r"\a": "y"}, r"\a is defined twice"),
        ({"begin": "x"}, "cannot be defined anew"),
        ({"x" * (n % 40 + 1) + "ab"[n // 40 % 2]: "x" for n in range(MOST + 1)}, None),
        ({f"{'a' * (n // 26 + 1)}{chr(97 + n % 26)}": "x" for n in range(MOST + 1)}, "at most 200"),
    ],
)
def test_a_macro_that_cannot_be_used_is_named(said, message):
    if message is None:
        read_macros(said)
        return
    with pytest.raises(MacroError) as caught:
        read_macros(said)
    assert message in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (r"norm: \lVert #1 \rVert", "norm"),
        (r"norm: '\lVert #1 \rVert'", ""),
        (r"norm: \lVert{#1} # a comment", ""),
    ],
)
def test_an_argument_that_yaml_took_for_a_comment_is_found(text, name):
    assert cut_short({"norm": r"\lVert"}, f"macros:\n  {text}\n") == name


def test_a_page_without_a_site_has_macros_too():
    md = Markdown(extensions=[TexmathExtension(macros={"R": r"\mathbb{R}"})])
    assert "<mi>ℝ</mi>" in md.convert(r"$\R$")
