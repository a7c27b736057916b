"""Values as TeX."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from worked.page.inline import SAFE_TEX
from worked.worker.formula import value_tex

LONG = r"0 \\ 1 \\ 2 \\ \vdots \\ 97 \\ 98 \\ 99"
GOOD = [
    (3, "", "3"),
    (-0.5, "", "-0.5"),
    (np.float32(0.1), "", "0.1"),
    (-0.0001, ".2f", "0.00"),
    (1.2e-5, "", r"1.2 \cdot 10^{-5}"),
    (1e20, ".0e", r"10^{20}"),
    (-1e20, ".0e", r"-10^{20}"),
    (1e20, ".1e", r"1.0 \cdot 10^{20}"),
    (0.0, ".1e", "0.0"),
    (2.5, ".1e", "2.5"),
    (1234567, ",", "1{,}234{,}567"),
    (0.25, ".0%", r"25\%"),
    (float("-inf"), "", r"-\infty"),
    (float("nan"), "", r"\text{nan}"),
    (1 - 2j, "", "1-2j"),
    ((2, 3), "", "(2, 3)"),
    ((2,), "", "(2,)"),
    ([1, -2.5], "", "[1, -2.5]"),
    (True, "", r"\text{True}"),
    ("same", "", r"\text{same}"),
    ("2024-01-01", "", r"\text{2024-01-01}"),
    (np.array(2.5), "", "2.5"),
    (np.array([1, -2]), "", r"\begin{bmatrix} 1 \\ -2 \end{bmatrix}"),
    (np.eye(2), "", r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}"),
    (np.eye(2) / 3, ".1f", r"\begin{bmatrix} 0.3 & 0.0 \\ 0.0 & 0.3 \end{bmatrix}"),
    (np.array([[1.5, -1e-9]]), "", r"\begin{bmatrix} 1.5 & 0.0 \end{bmatrix}"),
    (np.array([np.inf, np.nan]), "", r"\begin{bmatrix} \infty \\ \text{nan} \end{bmatrix}"),
    (np.arange(100), "", rf"\begin{{bmatrix}} {LONG} \end{{bmatrix}}"),
]


@pytest.mark.parametrize(("value", "spec", "tex"), GOOD)
def test_a_value_becomes_tex(value: object, spec: str, tex: str) -> None:
    assert value_tex(value, spec) == tex


def test_a_wide_matrix_keeps_its_ends() -> None:
    tex = value_tex(np.zeros((9, 9), dtype=int), "")
    row = r"0 & 0 & 0 & \cdots & 0 & 0 & 0"
    dots = r"\vdots & \vdots & \vdots & \ddots & \vdots & \vdots & \vdots"
    body = r" \\ ".join([row] * 3 + [dots] + [row] * 3)
    assert tex == rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"


@pytest.mark.parametrize(
    "value",
    [
        *("<b>", "$", "a_b", "`", r"\text", "{}", "", "a\nb", "é", "%", None.__class__, object()),
        *(np.zeros((2, 2, 2)), np.zeros(0), np.array(["<"]), ["<"], {"a": 1}),
    ],
    ids=lambda value: repr(value).partition(" at 0x")[0],
)
def test_anything_else_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        value_tex(value, "")


@given(
    st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.text()
    | st.lists(st.integers() | st.floats(), min_size=1)
    | st_numpy.arrays(
        st.sampled_from(["i8", "f4", "f8", "c16", "?"]), st_numpy.array_shapes(max_dims=2)
    )
)
def test_what_is_tex_can_stand_in_markdown(value: object) -> None:
    try:
        tex = value_tex(value, "")
    except TypeError:
        return
    assert SAFE_TEX.fullmatch(tex)
    assert tex == tex.strip()
