"""Where a line may end inside a formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texmath import mathml, plain
from texmath.breaks import LONG, broken, is_wide
from texmath.formula import convert
from texmath.placeholder import key, splice, waiting

CUT = {
    r"y_{t+1} = \alpha x_{t+1} + \beta y_{t+1} = \gamma_{t+1} + \delta_{t+1}": (
        "yₜ₊₁ = | αxₜ₊₁ + βyₜ₊₁ = | γₜ₊₁ + δₜ₊₁"
    ),
    r"x = 100000, \quad y = 200000, \quad z = 300000": (
        "x = | 100000, | y = | 200000, | z = | 300000"
    ),
    r"100000 + 200000 - 300000 + 400000": "100000 + | 200000 − | 300000 + | 400000",
    r"f(x = 100000, y = 200000) \le g(z)": "f(x = 100000, y = 200000) ≤ | g(z)",
    r"|x - 100000 = 200000| = |y = 300000|": "|x − 100000 = 200000| = | |y = 300000|",
    r"a_{100000} = -2000000 \cdot b - 3000000": "a₁₀₀₀₀₀ = | −2000000 ⋅ b − 3000000",
}
SIGNS = st.sampled_from(["x", "12", "=", r"\le ", "+", "-", ",", "(", ")", "|", r"\frac{a=b}{c}"])


def pieces(tex: str) -> list[str]:
    whole = convert(tex, display=False).mathml
    return [plain.text(mathml.parse(piece)) for piece in broken(whole)]


@pytest.mark.parametrize("tex", CUT)
def test_a_long_formula_is_cut_where_tex_would_end_a_line(tex: str) -> None:
    assert " | ".join(pieces(tex)) == CUT[tex]


@pytest.mark.parametrize("tex", ["a = b + c, d", r"\frac{a = b}{c}", "x" * LONG])
def test_a_short_formula_stays_whole(tex: str) -> None:
    whole = convert(tex, display=False).mathml
    assert broken(whole) == (whole,)


@given(st.lists(SIGNS, min_size=1, max_size=60).map("".join))
def test_the_pieces_hold_what_the_whole_holds(tex: str) -> None:
    whole = convert(tex, display=False).mathml
    joined = "".join(broken(whole)).replace("</math><math>", "")
    assert joined.replace(' form="infix"', "") == whole


def test_a_comma_behind_a_formula_stays_with_its_last_piece() -> None:
    tex = "x = 100000 + 20000000 = 20100000"
    name = key(tex, display=False)
    formula = convert(tex, display=False)
    html = splice(f"{waiting(formula.text, name).inline}, so", {name: formula.mathml})
    assert html.count("<wbr>") == 2
    assert html.endswith('<span class="texmath-kept"><math><mn>20100000</mn></math>,</span> so')


def test_a_formula_on_lines_of_its_own_is_not_cut() -> None:
    tex = "x = 100000 + 20000000 = 20100000"
    name = key(tex, display=True)
    formula = convert(tex, display=True)
    assert "<wbr>" not in splice(waiting(formula.text, name).block, {name: formula.mathml})


@pytest.mark.parametrize(
    ("tex", "wide"),
    [
        (r"\begin{pmatrix} 1000 & 2000 & 3000 & 4000 & 5000 & 6000 & 7000 \end{pmatrix}", True),
        (
            r"\begin{pmatrix} 1000 & 2000 & 3000 \\ 4000 & 5000 & 6000 \\ 7 & 8 & 9 \end{pmatrix}",
            False,
        ),
        (r"\frac{1000 + 2000 + 3000 + 4000}{5000 + 6000 + 7000 + 8000}", False),
        ("x", False),
    ],
)
def test_what_cannot_be_cut_is_wide_by_its_longest_row(tex: str, wide: bool) -> None:
    assert is_wide(convert(tex, display=False).mathml) == wide


def test_a_wide_formula_can_be_reached_by_the_keyboard() -> None:
    tex = r"\begin{pmatrix} 1000 & 2000 & 3000 & 4000 & 5000 & 6000 & 7000 \end{pmatrix}"
    name = key(tex, display=False)
    formula = convert(tex, display=False)
    html = splice(waiting(formula.text, name).inline, {name: formula.mathml})
    assert html.startswith('<span class="texmath-wide" tabindex="0" role="group"')
