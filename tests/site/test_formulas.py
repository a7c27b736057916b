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
WIDTHS = "[...document.querySelectorAll('p')].map(p => p.getBoundingClientRect().width)"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        yield context.new_page()


def show(page: Page, *formulas: str, style: str = "") -> None:
    rows = "".join(f"<p>{formula}</p>" for formula in formulas)
    page.set_content(f"<style>{STYLE} p {{ font-size: 18px; {style} }}</style>{rows}")


@pytest.mark.parametrize("tex", [*LONG, MATRIX])
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
