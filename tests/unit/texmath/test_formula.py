"""One formula: MathML, plain text, errors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texmath import mathml
from texmath.formula import convert
from texmath.problems import FormulaError

PLAIN = {
    r"\left\lfloor\frac{i+2p-k}{s}\right\rfloor+1": "⌊(i + 2p − k)/s⌋ + 1",
    r"\lceil x \rceil": "⌈x⌉",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}": "[1, 2; 3, 4]",
    r"\begin{bmatrix}-1&x+y\end{bmatrix}": "[−1, x + y]",
    r"\begin{vmatrix}a&b\\c&d\end{vmatrix}": "|a, b; c, d|",
    r"f(x)=\begin{cases}x&\text{if }x>0\\0&\text{else}\end{cases}": "f(x) = {x if x > 0; 0 else}",
    r"\begin{aligned}a&=b\\c&=d\end{aligned}": "a = b; c = d",
    r"y_{ij}=\sum_{m=0}^{k-1}\sum_{n=0}^{k-1}x_{i+m,j+n}w_{mn}": (
        "yᵢⱼ = ∑ₘ₌₀^(k−1) ∑ₙ₌₀^(k−1) x_(i+m,j+n)wₘₙ"
    ),
    r"\underbrace{W_2W_1}_{W}x": "(W₂W₁)_W x",
    r"\operatorname{softmax}(z)_k": "softmax(z)ₖ",
    r"\max(x, 0)": "max(x, 0)",
    r"\log x": "log x",
    r"\tanh^2 x": "tanh² x",
    r"\max_{i} a_i": "maxᵢ aᵢ",
    r"\text{rows} \times \text{columns}": "rows × columns",
    r"\hat{y}": "ŷ",
    r"\bar{x}": "x̄",
    r"\vec{v}": "v⃗",
    r"\overline{ab}": "a̅b̅",
    r"\mathbb{R}^{C\times H\times W}": "ℝ^(C×H×W)",
    r"x \star w": "x ⋆ w",
    r"x \ast w": "x ∗ w",
    r"x \circledast w": "x ⊛ w",
    r"\sqrt{x}": "√x",
    r"\sqrt{\frac{2}{n}}": "√(2/n)",
    r"\sqrt[3]{x+1}": "³√(x + 1)",
    r"\frac{\partial L}{\partial w_{ij}}": "∂L/∂wᵢⱼ",
    r"\frac{1}{1+e^{-x}}": "1/(1 + e^(−x))",
    r"\frac12 x": "(1/2)x",
    r"\left(\frac12\right)^2": "(1/2)²",
    r"\mathbf{W}x+\boldsymbol{\theta}": "Wx + θ",
    r"H_{\text{out}}": "H_out",
    r"x^{(l)}": "x^(l)",
    r"\sigma'(z)": "σ′(z)",
    r"-1+(-2)": "−1 + (−2)",
    r"|x|": "|x|",
    r"\lVert w\rVert_2^2": "‖w‖₂²",
    r"1{,}000": "1,000",
    r"10\,000": "10 000",
    r"1, \dots, n": "1, …, n",
    r"\binom{n}{k}": "(n choose k)",
    r"x\phantom{y}": "x",
    r"\text{count_of}_{\text{now}}": "count_of_now",
    r"x \mbox{ where } y": "x where y",
    r"\begin{bmatrix}1\cr2\end{bmatrix}": "[1; 2]",
    r"\begin{equation}a=b\label{eq:a}\end{equation}": "a = b",
    r"\begin{equation}\begin{split}a&=b\\c&=d\end{split}\end{equation}": "a = b; c = d",
    r"\begin{align}a&=b\\c&=d\end{align}": "a = b; c = d",
    r"\begin{alignat}{2}a&=b\\c&=d\end{alignat}": "a = b; c = d",
    r"\begin{gather}a\\b\end{gather}": "a; b",
    r"\begin{eqnarray}a&=&b\end{eqnarray}": "a = b",
    r"\sum_{\substack{i_{1}\\j}} x": "∑_(i₁;j) x",
    r"x \text{ if $y_1$ is } z": "x if y₁ is z",
    r"\color{LightGray}{\text{0.0}\,x} + 1": "0.0 x + 1",
    r"a = b \tag{2a}": "a = b (2a)",
    r"\sum_{\substack{i_{1}\\j_{k_l}}} x": "∑_(i₁;j_(kₗ)) x",
    r"\mathop{\star}\limits_a^b x": "⋆ₐ^b x",
    r"A \xrightarrow[b]{a} B": "A →_b^a B",
    r"\begin{array}{r@{\;=\;}l}a&b\end{array}": "a = b",
    r"\widetilde{ab} + \widetilde{x}": "(ab)\u0303 + x̃",
    r"(\begin{smallmatrix}a&b\end{smallmatrix})": "[a, b]",
    r"\begin{alignedat}{2}a&=b&c&=d\end{alignedat}": "a = b c = d",
    r"\smash{x}\boxed{y}\cancel{z}": "xyz",
    r"a\rlap{b}{\Large c}": "abc",
    r"\phase{x}": "∠x",
    r"\begin{multline}a\\b\end{multline}": "a; b",
    r"\begin{CD} A @>a>> B \end{CD}": "A →^a B",
    r"\verb|a_b|": "a_b",
}


@pytest.mark.parametrize(("tex", "plain"), PLAIN.items())
def test_the_plain_text_reads_as_the_formula(tex, plain):
    assert convert(tex, display=True).text == plain


@pytest.mark.parametrize("tex", PLAIN)
def test_the_mathml_is_one_well_formed_element(tex):
    html = convert(tex, display=False).mathml
    assert html.startswith(("<math>", '<math class="texmath-full">'))
    assert html.count("<math") == 1
    assert mathml.parse(html).tag == "math"


def test_a_display_formula_says_so():
    assert convert("x", display=True).mathml.startswith('<math display="block">')


def test_lines_over_and_under_letters_have_a_width():
    assert ">‾</mo></mover>" in convert(r"\overline{ab}", display=False).mathml
    assert ">_</mo></munder>" in convert(r"\underline{ab}", display=False).mathml


@pytest.mark.parametrize(
    ("tex", "position", "message"),
    [
        (r"a + \foo", 4, r"\foo"),
        (r"\frac{a", 7, "closing token"),
        ("\\frac{a\n", 7, "closing token"),
        (r"a & b", 2, "table-like"),
        (r"a \text{ if ", 11, r"is \(…\)"),
        ("é \\foo", 2, r"\foo"),
        ("  ", 0, "empty"),
        (r"x \eqref{a}", 2, "no numbers"),
        (r"\mbox{a} + \foo", 11, r"\foo"),
        (r"a \dotsc \label{b} \foo", 19, r"\foo"),
        (r"\foo \tag{1}", 0, r"\foo"),
        ("a\x02wzxhzdk:3\x03", 1, "Computed values"),
    ],
)
def test_a_bad_formula_says_what_and_where(tex, position, message):
    with pytest.raises(FormulaError) as caught:
        convert(tex, display=False)
    assert caught.value.position == position
    assert message in caught.value.message


@given(st.text(alphabet=r"ab1+-=(){}[]^_\ &|,.<>'\lfrac", max_size=30))
def test_anything_is_a_formula_or_an_error_in_it(tex):
    formula = error = None
    try:
        formula = convert(tex, display=True)
    except FormulaError as caught:
        error = caught
    assert error is None or 0 <= error.position <= len(tex)
    assert formula is None or "\n" not in formula.text
