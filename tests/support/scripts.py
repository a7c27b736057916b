"""The scripts of the review in a browser, without a site."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

import revise

ASSETS = Path(revise.__path__[0], "assets")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@contextmanager
def scripted(*names: str, **options: object) -> Iterator[Page]:
    """Open an empty page that has run some scripts: `scripted("revise-scheduler.js")`."""
    if CHROMIUM is None:
        pytest.skip("browser tests need Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = chromium.new_context(**options).new_page()
        for name in names:
            page.evaluate((ASSETS / name).read_text("utf-8"))
        yield page
        chromium.close()
