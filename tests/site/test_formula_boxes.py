"""Every formula of the notes, and of other courses, in both browsers: what stands where."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import texmath
import worked
from marionette import Firefox
from texmath.formula import convert
from texmath.placeholder import key, splice, waiting

SUPPORT = Path(__file__).resolve().parents[1] / "support"
FAULTS = (SUPPORT / "formula_boxes.js").read_text("utf-8").partition("\n")[2]
STYLE = (
    Path(worked.__path__[0], "assets/worked.css"),
    Path(texmath.__path__[0], "assets/texmath.css"),
    Path(__file__).resolve().parents[2] / "docs/assets/site.css",
)
FORMULA = re.compile(r'(?:<span class="texmath-wide"[^>]*>)?<math.*?</math>(?:</span>)?', re.S)
COLUMN = 358
"""pixels: the text of a telephone"""


def constructs() -> Iterator[str]:
    """Give the formulas of other courses, between words and on lines of their own."""
    for tex in (SUPPORT / "formulas.tex").read_text("utf-8").splitlines():
        for display in (False, True) if tex and not tex.startswith("%") else ():
            formula, name = convert(tex, display=display), key(tex, display=display)
            stands = waiting(formula.text, name)
            yield splice(stands.block if display else stands.inline, {name: formula.mathml})


def formulas_of(site: Path) -> Iterator[str]:
    """Give the formulas of all pages, each once."""
    pages = sorted(site.rglob("*.html"))
    found = (one[0] for page in pages for one in FORMULA.finditer(page.read_text("utf-8")))
    for formula in dict.fromkeys(found):
        block = 'display="block"' in formula
        yield f'<div class="texmath-block">{formula}</div>' if block else formula


@pytest.fixture(scope="module")
def collected(site: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write all formulas into one page, and give its address."""
    lines = []
    for formula in (*formulas_of(site), *constructs()):
        said = html.escape(re.sub(r"<[^>]+>|\s+", " ", formula).strip()[:60])
        tag = "div" if "texmath-block" in formula else "p"
        words = formula if tag == "div" else f"so {formula} is"
        lines.append(f'<{tag} data-tex="{said}">{words}</{tag}>')
    sheets = "".join(f'<link rel="stylesheet" href="{sheet.as_uri()}">' for sheet in STYLE)
    page = tmp_path_factory.mktemp("formulas") / "all.html"
    page.write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>All formulas</title>{sheets}'
        f"<style>.md-typeset {{ width: {COLUMN}px; font-size: 16px }}"
        "body.narrow { width: 3em }</style>"
        '<body class="md-typeset" data-md-color-scheme="default">'
        '<p id="baseline"><math><mi>x</mi></math><i style="display:inline-block"></i></p>'
        + "\n".join(lines),
        encoding="utf-8",
    )
    return page.as_uri()


def in_chromium(browser: Browser, address: str, script: str) -> object:
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(address)
        page.evaluate("document.fonts.ready")
        return page.evaluate(script)


@pytest.mark.parametrize("name", ["chromium", "firefox"])
def test_every_part_of_every_formula_stands_where_it_belongs(
    name: str, collected: str, request: pytest.FixtureRequest
) -> None:
    if name == "chromium":
        faults = in_chromium(request.getfixturevalue("browser"), collected, FAULTS)
    else:
        firefox: Firefox = request.getfixturevalue("firefox")
        firefox.open(collected)
        faults = firefox.evaluate(FAULTS)
    assert not faults, "\n".join(map(str, faults))
