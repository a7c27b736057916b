"""What the converter lacks: MathML, piece by piece."""

import pytest

from texmath.formula import convert
from texmath.problems import FormulaError

RIGHT = "text-align:right;justify-items:end"
LEFT = "text-align:left;justify-items:start"
SAID = {
    r"\smash{x}": '<mpadded height="0" depth="0"><mi>x</mi></mpadded>',
    r"\smash[b]x_1": '<msub><mpadded depth="0"><mi>x</mi></mpadded><mn>1</mn></msub>',
    r"\mathrlap{x}": '<mpadded width="0"><mrow><mi>x</mi></mrow></mpadded>',
    r"\llap{a b}": (
        '<mpadded width="0"><mrow style="transform:translateX(-100%)"><mtext>a\xa0b</mtext></mrow>'
        "</mpadded>"
    ),
    r"\boxed{x}": '<menclose notation="box"><mi>x</mi></menclose>',
    r"\sout{x}": '<menclose notation="horizontalstrike"><mi>x</mi></menclose>',
    r"\pmb{x}": '<mrow style="text-shadow:0.02em 0.01em 0.04px"><mi>x</mi></mrow>',
    r"\widetilde{ab}": (
        '<mover accent="true"><mrow><mi>a</mi><mi>b</mi></mrow><mo stretchy="true">˜</mo></mover>'
    ),
    r"{\Large a\small b}c": (
        '<mstyle mathsize="144%"><mrow><mi>a</mi><mstyle mathsize="62.5%"><mi>b</mi></mstyle>'
        "</mrow></mstyle><mi>c</mi>"
    ),
    r"{a \above{2pt} b}": (
        '<mrow><mo>\u2063</mo><mfrac linethickness="0.2rem"><mi>a</mi><mi>b</mi></mfrac>'
        "<mo>\u2063</mo></mrow>"
    ),
    r"\colorbox{navy}{a}": (
        '<mpadded style="padding:0.25em;background:navy;color:#fff"><mtext>a</mtext></mpadded>'
    ),
    r"\textcolor{#0F0}{x}y": '<mrow style="color:#00FF00;"><mi>x</mi></mrow><mi>y</mi>',
    r"\rule[-2pt]{1em}{1em}": (
        '<mspace width="1em" height="0.8em" depth="0.2em" style="background:currentcolor"/>'
    ),
    r"\verb|a_b|": "<mtext><code>a_b</code></mtext>",
    # words
    r"\text{\'e\c c}": "<mtext>éç</mtext>",
    r"\text{\v{a} \v{x}}": '<mtext style="font-family:serif">ǎ\xa0x\u030c</mtext>',
    r"\textsf{x}": '<mtext><span style="font-family:sans-serif">x</span></mtext>',
    # large operators
    r"\mathop{X}\limits_a b": (
        '<mpadded style="padding-left:0;padding-right:0.1667em;">'
        "<munder><mi>X</mi><mi>a</mi></munder></mpadded><mi>b</mi>"
    ),
    r"\mathop{X}_a^b": (
        '<mpadded style="padding-left:0;padding-right:0;">'
        "<munderover><mi>X</mi><mi>a</mi><mi>b</mi></munderover></mpadded>"
    ),
    r"\mathop{X}\nolimits_a": (
        '<mpadded style="padding-left:0;padding-right:0;"><msub><mi>X</mi><mi>a</mi></msub>'
        "</mpadded>"
    ),
    r"\frac{\mathop{X}_a}{b}": (
        '<mfrac><mpadded style="padding-left:0;padding-right:0;"><msub><mi>X</mi><mi>a</mi></msub>'
        "</mpadded><mi>b</mi></mfrac>"
    ),
    # tables
    r"\begin{array}{@{}r@{\;}l}a&b\end{array}": (
        f'<mtable displaystyle="false" scriptlevel="0"><mtr><mtd style="{RIGHT};padding-left:0;'
        'padding-right:0"><mi>a</mi><mspace width="0.2777778em"/></mtd>'
        f'<mtd style="{LEFT};padding-left:0"><mi>b</mi></mtd></mtr></mtable>'
    ),
    r"\begin{array}{*{2}{c}}a&b\end{array}": (
        '<mtable displaystyle="false" scriptlevel="0"><mtr><mtd><mi>a</mi></mtd>'
        "<mtd><mi>b</mi></mtd></mtr></mtable>"
    ),
    r"\begin{alignedat}{2}a&b&c\end{alignedat}": (
        f'<mtable displaystyle="true" scriptlevel="0"><mtr><mtd style="{RIGHT};padding-right:0;'
        f'padding-left:0"><mi>a</mi></mtd><mtd style="{LEFT};padding-left:0;padding-right:0">'
        f'<mi>b</mi></mtd><mtd style="{RIGHT};padding-right:0;padding-left:0"><mi>c</mi></mtd>'
        "</mtr></mtable>"
    ),
    r"\begin{smallmatrix}a\end{smallmatrix}": (
        '<mtable displaystyle="false" scriptlevel="1"><mtr><mtd style="padding-left:0.2em;'
        'padding-right:0.2em;padding-top:0.1em;padding-bottom:0.1em"><mi>a</mi></mtd></mtr></mtable>'
    ),
    r"\begin{matrix}a\\[6pt]b\end{matrix}": (
        '<mtable displaystyle="false" scriptlevel="0"><mtr><mtd style="padding-bottom:max(0px, '
        'calc(0.5ex + 0.6em))"><mi>a</mi></mtd></mtr><mtr><mtd><mi>b</mi></mtd></mtr></mtable>'
    ),
    r"\begin{array}{cc}a&b\\ \hline\end{array}": (
        '<mtable displaystyle="false" scriptlevel="0"><mtr>'
        '<mtd style="border-bottom:0.05em solid currentcolor"><mi>a</mi></mtd>'
        '<mtd style="border-bottom:0.05em solid currentcolor"><mi>b</mi></mtd></mtr></mtable>'
    ),
    r"\def\arraystretch{1.5}\begin{matrix}a\end{matrix}": (
        '<mtable displaystyle="false" scriptlevel="0"><mtr><mtd style="padding-top:max(0px, '
        'calc(0.5ex + 0.42em));padding-bottom:max(0px, calc(0.5ex + 0.18em))"><mi>a</mi></mtd>'
        "</mtr></mtable>"
    ),
    r"a\\b": (
        '<mtable displaystyle="true" scriptlevel="0"><mtr><mtd><mi>a</mi></mtd></mtr>'
        "<mtr><mtd><mi>b</mi></mtd></mtr></mtable>"
    ),
    r"\sum_{\substack{a_{b_{c}}\\d}}": (
        '<munder><mo lspace="0" rspace="0">∑</mo><mtable displaystyle="false" scriptlevel="1"><mtr>'
        '<mtd style="padding-top: 0;padding-bottom: 0;"><msub><mi>a</mi><msub><mi>b</mi><mi>c</mi>'
        '</msub></msub></mtd></mtr><mtr><mtd style="padding-top: 0;padding-bottom: 0;"><mi>d</mi>'
        "</mtd></mtr></mtable></munder>"
    ),
    r"x_\text{a $y$}": (
        "<msub><mi>x</mi><mrow><mtext>a\xa0</mtext><mi>y</mi><mrow></mrow></mrow></msub>"
    ),
}
SAME = {
    r"\begin{pmatrix*}[r]a&b\end{pmatrix*}": r"\left(\begin{array}{rr}a&b\end{array}\right)",
    r"\varlimsup_n": r"\mathop{\overline{\mathrm{lim}}}_n",
    r"\intop_a": r"\int\limits_a",
    r"\operatorname{ab}\limits_x y": r"\operatorname*{ab}_x y",
    r"\text{if \(x\) is}": r"{\text{if }{x}\text{ is}}",
    r"\char`A \char65": r"{A}{A}",
    r"\TextOrMath{a}{b}": "{b}",
    r"\begin{CD} A @= B \end{CD}": r"\begin{matrix}A & \xlongequal{\quad} & B\end{matrix}",
    r"\begin{CD} A @. B \\ @VVV @| \\ C @<<< D\end{CD}": (
        r"\begin{matrix} A & & B \\ {\scriptstyle}\Big\downarrow{\scriptstyle} & & \Big\Vert \\"
        r" C & \xleftarrow{} & D \end{matrix}"
    ),
}
REFUSED = {
    r"a + \href{b}{c}": (4, "no links"),
    r"\begin{array}{p{1em}}a\end{array}": (13, '"p" says nothing of a column'),
    r"\begin{array}{*{99}{c}}a\end{array}": (13, "At most 50"),
    r"\begin{aligned}[t]a\end{aligned}": (15, "about the middle"),
    r"x + {a \\ b}": (7, "inside of braces"),
    r"\text{a {$x$}}": (9, "no further braces"),
    r"\text{a $x}": (8, "has no end"),
    r"\smash[x]{a}": (0, r"\smash knows"),
    r"\smash": (0, "lacks an argument"),
    r"\colorbox{nocolour}{a}": (0, "no colour"),
    r"\rule{1}{2pt}": (0, "A length is"),
    r"\rule[2pt]{1em}{2pt}": (0, "on or across the line"),
    r"\begin{CD} A @x B\end{CD}": (0, "no arrow"),
    r"\begin{CD} A @>a> B\end{CD}": (0, 'lacks a ">"'),
    r"\char92 ": (0, "number of a sign"),
    r"\mathsfit{1}": (0, "letters"),
    r"\color[HTML]{5EA000} x": (0, "are taken"),
    r"\text{a \url{b}}": (8, "no links"),
}


def inner(tex: str, *, display: bool = True) -> str:
    html = convert(tex, display=display).mathml
    return html[html.index(">") + 1 : -len("</math>")]


@pytest.mark.parametrize(("tex", "html"), SAID.items())
def test_a_construction_is_the_mathml_for_it(tex, html):
    assert inner(tex) == html


@pytest.mark.parametrize(("tex", "other"), SAME.items())
def test_two_ways_to_write_it_are_one(tex, other):
    left, right = (inner(each).replace(" ", "").replace(';"', '"') for each in (tex, other))
    assert left.replace("\u2061", "&ApplyFunction;") == right.replace("\u2061", "&ApplyFunction;")


@pytest.mark.parametrize(("tex", "said"), REFUSED.items())
def test_what_cannot_be_said_is_an_error_at_its_place(tex, said):
    with pytest.raises(FormulaError) as caught:
        convert(tex, display=True)
    assert caught.value.position == said[0]
    assert said[1] in caught.value.message


def test_large_operators_have_their_limits_beside_them_between_words():
    assert "<msub><mi>X</mi><mi>a</mi></msub>" in inner(r"\mathop{X}_a", display=False)
    assert "<munder><mi>X</mi><mi>a</mi></munder>" in inner(r"\mathop{X}\limits_a", display=False)
    assert "<munder>" in inner(r"\displaystyle\mathop{X}_a", display=False)


def test_a_line_ends_between_words_in_an_environment_only():
    with pytest.raises(FormulaError, match="take two dollars"):
        convert(r"a \\ b", display=False)


def test_a_word_that_a_formula_defines_is_its_own():
    assert inner(r"\def\smash#1{#1+1}\smash{x}") == "<mi>x</mi><mo>+</mo><mn>1</mn>"


def test_shapes_go_into_the_macros_of_a_formula():
    assert inner(r"\newcommand{\low}[1]{\smash{#1}}x") == "<mi>x</mi>"
    assert inner(r"\newcommand{\low}[1]{\smash{#1}}\low{x}\low{y}").count("<mpadded") == 2


def test_a_message_of_the_converter_quotes_the_place():
    with pytest.raises(FormulaError) as caught:
        convert(r"a + \'b", display=False)
    assert caught.value.message == (
        r"""This stands among words only: put it into \text{…}, at "\'b"."""
    )
