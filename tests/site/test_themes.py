"""Drawings have colours in every theme, and follow the scheme of those that have two."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import worked
from worked.palette import LIGHT

STYLE = Path(worked.__path__[0], "assets/worked.css").read_text("utf-8")
STROKE = """() => getComputedStyle(document.querySelector('path')).stroke
    .match(/\\d+/g).map(n => Number(n).toString(16).padStart(2, '0')).join('')"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


def stroke(page: Page, body: str) -> str:
    drawing = '<svg><path style="stroke: var(--fig-1)" d="M0 0h9"/></svg>'
    page.set_content(f"<style>{STYLE}</style><body {body}>{drawing}")
    return f"#{page.evaluate(STROKE)}"


@pytest.mark.parametrize("body", ["", 'data-md-color-scheme="default"', 'class="wy-body-for-nav"'])
def test_a_line_has_its_colour_whether_a_theme_names_a_scheme_or_not(body: str, page: Page) -> None:
    assert stroke(page, body) == LIGHT["1"]


def test_a_line_has_another_colour_in_the_dark_scheme(page: Page) -> None:
    assert stroke(page, 'data-md-color-scheme="slate"') != LIGHT["1"]
