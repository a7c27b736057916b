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
    assert expanded(tex, {"x": r"\alpha"}).size == size


def test_what_grows_without_bound_is_an_error_and_no_crash():
    twice = "".join(rf"\def\{b}#1{{\{a}{{\{a}{{#1}}}}}}" for a, b in ["ab", "bc", "cd", "de", "ef"])
    deep = rf"\def\a#1{{{'{' * 30}#1{'}' * 30}}}{twice}\f{{\f{{x}}}}"
    with pytest.raises(FormulaError, match="more than 1,000 commands"):
        convert(deep, display=True)


def test_a_macro_that_stands_for_itself_is_named():
    with pytest.raises(FormulaError, match=r"\\b stands for itself|\\a stands for itself"):
        convert(r"\def\a{\b}\def\b{\a}\a", display=True)


def test_macros_of_the_site_are_counted():
    bodies = {"a": "{" * 30 + "#1" + "}" * 30, "b": r"\a{" * 20 + "#1" + "}" * 20}
    macros = read_macros(bodies | {"c": r"\b{\b{#1}}"})
    assert convert(r"\b{x}", display=True, macros=macros).text == "x"
    with pytest.raises(FormulaError, match="more than 1,000"):
        convert(r"\c{x}", display=True, macros=macros)


@pytest.mark.parametrize(
    ("tex", "brackets"),
    [
        (r"(a) \x", 1),
        (r"\def\a{((}\a\a", 8),
        (r"\def\a#1{#1#1}\a{\a{(}}", 1000),
    ],
)
def test_brackets_in_macros_are_counted(tex, brackets):
    assert min(expanded(tex, {"x": r"\alpha"}).brackets, 1000) == brackets


def test_brackets_that_macros_open_for_ever_are_an_error():
    with pytest.raises(FormulaError, match="brackets that nothing closes"):
        convert(r"\def\a#1{#1#1#1}\a{\a{\a{\a{(}}}}", display=True)
