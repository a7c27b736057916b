"""The scripts of the review in a browser, without a site."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

import revise

ASSETS = Path(revise.__path__[0], "assets")
RUNNING: list[Browser] = []
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@cache
def shared_chromium(*arguments: str) -> Browser:
    """Start Chromium once in a process: a second Playwright cannot run beside the first."""
    for browser in RUNNING:
        return browser
    playwright = sync_playwright().start()
    switches = [*arguments] or ["--no-sandbox", "--disable-gpu"]
    RUNNING.append(playwright.chromium.launch(executable_path=CHROMIUM, args=switches))
    return RUNNING[0]


@contextmanager
def scripted(*names: str, **options: object) -> Iterator[Page]:
    """Open an empty page that has run some scripts: `scripted("revise-scheduler.js")`."""
    if CHROMIUM is None:
        pytest.skip("browser tests need Chromium: apt-get install chromium")
    context = shared_chromium().new_context(**options)
    page = context.new_page()
    for name in names:
        page.evaluate((ASSETS / name).read_text("utf-8"))
    yield page
    context.close()
