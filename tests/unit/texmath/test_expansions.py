"""How large macros become."""

import pytest

from texmath.expansions import expanded
from texmath.formula import convert, read_macros
from texmath.problems import FormulaError


@pytest.mark.parametrize(
    ("tex", "size"),
    [
        (r"a + b", 0),
        (r"\frac{a}{b^2}", 4),
        (r"\x \x", 4),
        (r"\def\a#1{{{#1}}}\a{x}", 11),
        (r"\newcommand{\a}[1]{\x #1}\a{x}\a{y}", 16),
        (r"\let\old\x\renewcommand{\x}{\old\old}\x", 28),
        (r"\let\vec\vec \vec x", 4),
    ],
)
def test_all_that_a_formula_opens_is_counted(tex, size):
    assert expanded(tex, {"x": r"\alpha"}) == size


def test_what_grows_without_bound_is_an_error_and_no_crash():
    twice = "".join(rf"\def\{b}#1{{\{a}{{\{a}{{#1}}}}}}" for a, b in ["ab", "bc", "cd", "de", "ef"])
    deep = rf"\def\a#1{{{'{' * 30}#1{'}' * 30}}}{twice}\f{{\f{{x}}}}"
    with pytest.raises(FormulaError, match="more than 1,500 commands"):
        convert(deep, display=True)


def test_a_macro_that_stands_for_itself_is_named():
    with pytest.raises(FormulaError, match=r"\\b stands for itself|\\a stands for itself"):
        convert(r"\def\a{\b}\def\b{\a}\a", display=True)


def test_macros_of_the_site_are_counted():
    macros = read_macros({"a": "{" * 400 + "#1" + "}" * 400, "b": r"\a{\a{\a{\a{#1}}}}"})
    assert convert(r"\a{x}", display=True, macros=macros).text == "x"
    with pytest.raises(FormulaError, match="more than 1,500"):
        convert(r"\b{x}", display=True, macros=macros)
