"""What TeX does when it draws, said in MathML."""

import pytest

from texmath import mathml
from texmath.formula import convert
from texmath.typesetting import drawn

STRUT = '<mspace height="0.77em" depth="0.2em"/>'
PRIME = '<mpadded voffset="-0.44em" height="0.5em" depth="0"><mo mathsize="140%">′</mo></mpadded>'
DRAWN = {
    r"x^2": "<msup><mi>x</mi><mn>2</mn></msup>",
    r"b^2": '<msup><mpadded height="0.58em"><mi>b</mi></mpadded><mn>2</mn></msup>',
    r"x_1": "<msub><mi>x</mi><mn>1</mn></msub>",
    r"\beta_1": '<msub><mpadded depth="0"><mi>β</mi></mpadded><mn>1</mn></msub>',
    r"10^k": '<msup><mpadded height="0.58em"><mn>10</mn></mpadded><mi>k</mi></msup>',
    r")_k^2": (
        '<msubsup><mpadded height="0.58em" depth="0"><mo stretchy="false">)</mo></mpadded>'
        "<mi>k</mi><mn>2</mn></msubsup>"
    ),
    r"x'": f"<msup><mi>x</mi>{PRIME}</msup>",
    r"x'^2": f"<msup><mi>x</mi><mrow>{PRIME}<mn>2</mn></mrow></msup>",
    r"\sqrt{x}": f'<msqrt displaystyle="false">{STRUT}<mi>x</mi></msqrt>',
    r"\sqrt[3]{x}": (
        f'<mroot displaystyle="false"><mrow>{STRUT}<mi>x</mi></mrow><mn>3</mn></mroot>'
    ),
    r"\sqrt{\frac{a}{c}}": "<msqrt><mfrac><mi>a</mi><mi>c</mi></mfrac></msqrt>",
    r"\prime": "<mo>′</mo>",
    r"\mathrm{fg}_k": "<mi>fg</mi></mrow><mi>k</mi></msub>",
}


@pytest.mark.parametrize(("tex", "said"), DRAWN.items())
def test_a_formula_is_drawn_as_tex_does(tex: str, said: str) -> None:
    assert said in drawn(convert(tex, display=True).mathml)


@pytest.mark.parametrize("tex", [*DRAWN, r"\sqrt{1 + \sqrt[n]{\frac{f'}{g_1}}} + \sqrt{b}^2"])
def test_what_a_formula_says_stays(tex: str) -> None:
    plain = convert(tex, display=False).mathml
    tree = mathml.parse(drawn(plain))
    assert tree.text == mathml.parse(plain).text
    assert mathml.written(tree) == drawn(plain)  # well formed
