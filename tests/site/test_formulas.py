"""Formulas in a browser: a long one goes over lines, and looks as it did where it need not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import texmath
from texmath.breaks import broken
from texmath.formula import convert
from texmath.placeholder import key, splice, waiting

STYLE = Path(texmath.__path__[0], "assets/texmath.css").read_text("utf-8")
LONG = (
    r"y_{t+1} = \alpha x_t + \beta y_t = \gamma_{t+1} + \delta_t = \frac{a}{b} + \sqrt{c}",
    r"i = 0, 1, \ldots, n - 1 \quad\text{and}\quad j = -2, k = +3, f \colon A \to B",
    r"\lfloor (i + 2p - k)/s \rfloor + 1 = \lfloor (7 + 2 - 3)/2 \rfloor + 1 = 4",
    r"1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 - 9 \pm 10 + 11 + 12 + 13 + 14 + 15 + 16 + 17",
)
MATRIX = r"\begin{pmatrix} 1000 & 2000 & 3000 & 4000 & 5000 & 6000 & 7000 & 8000 \end{pmatrix}"
NEW = (
    r"\sum_{\substack{1 \le i_{1}\\ i \ne j}} \mathop{\star\star}\limits_i^n x",
    r"A \xrightarrow[\text{below it}]{\text{above the arrow}} B \xlongequal{abc} C",
    r"\left(\begin{smallmatrix} a & b \\ c & d \end{smallmatrix}\right) \widetilde{xyz}",
    r"\begin{alignedat}{2} 10&x + {}&3&y = 2 \\ 3&x + {}&13&y = 4 \end{alignedat}",
    r"\begin{array}{@{}r@{\;=\;}l@{}} x & 1 \\[6pt] \hline y & 20 \\ \hline \end{array}",
    r"\boxed{x + y} \cancel{abc} \sout{abc} \phase{-78^\circ} \colorbox{yellow}{a box}",
    r"a \mathllap{/} b \rlap{x} \smash{\frac{a}{b}} {\Large c} \rule{2em}{1pt}",
    r"\begin{CD} A @>a>> B \\ @VbVV @VVcV \\ C @>>d> D \end{CD}",
)
EDGES = """[...document.querySelectorAll('%s')].map(e => e.getBoundingClientRect())
    .map(box => [box.left, box.right])"""
WIDTHS = "[...document.querySelectorAll('p')].map(p => p.getBoundingClientRect().width)"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        yield context.new_page()


def show(page: Page, *formulas: str, style: str = "") -> None:
    rows = "".join(f"<p>{formula}</p>" for formula in formulas)
    page.set_content(f"<style>{STYLE} p {{ font-size: 18px; {style} }}</style>{rows}")


@pytest.mark.parametrize("tex", [*LONG, *NEW, MATRIX])
def test_a_long_formula_fits_a_telephone(tex: str, page: Page) -> None:
    formula, name = convert(tex, display=False), key(tex, display=False)
    show(page, splice(waiting(formula.text, name).inline, {name: formula.mathml}))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("tex", LONG)
def test_the_pieces_of_a_formula_are_as_wide_as_the_whole(tex: str, page: Page) -> None:
    whole = convert(tex, display=False).mathml
    pieces = broken(whole)
    assert len(pieces) > 1
    show(page, whole, "<wbr>".join(pieces), style="width: max-content;")
    alone, together = page.evaluate(WIDTHS)
    assert together == pytest.approx(alone, abs=0.1)


@pytest.mark.parametrize("tex", NEW)
def test_a_formula_on_lines_of_its_own_fits_a_telephone(tex: str, page: Page) -> None:
    formula, name = convert(tex, display=True), key(tex, display=True)
    page.set_content(f"<style>{STYLE}</style><div class='md-typeset'></div>")
    block = splice(waiting(formula.text, name).block, {name: formula.mathml})
    page.evaluate("html => { document.querySelector('.md-typeset').innerHTML = html }", block)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.querySelector('math').getBoundingClientRect().height") > 10


@pytest.mark.parametrize(("command", "shift"), [("rlap", 0), ("clap", 0.5), ("llap", 1)])
def test_what_takes_no_room_stands_beside_its_place(command: str, shift: float, page: Page) -> None:
    show(page, convert(rf"x\math{command}{{abc}}", display=False).mathml)
    [(left, right)] = page.evaluate(EDGES % "mpadded")
    assert right - left == pytest.approx(0, abs=0.1)
    [(start, end)] = page.evaluate(EDGES % "mpadded > mrow")
    assert end - start > 10
    assert start == pytest.approx(left - shift * (end - start), abs=0.2)


def test_formulas_are_set_in_the_font_that_the_site_brings(visit):
    opened = visit("convolution/correlation.html").page
    opened.wait_for_function("document.fonts.status == 'loaded'")
    assert opened.evaluate("document.fonts.check('16px \"Texmath STIX Two Math\"', 'K')")
    sums = opened.locator("article math[display=block] mo", has_text="∑")
    plain = opened.evaluate("parseFloat(getComputedStyle(document.querySelector('math')).fontSize)")
    assert sums.first.bounding_box()["height"] > plain
