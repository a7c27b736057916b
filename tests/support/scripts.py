"""The scripts of the review in a browser, without a site."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

import revise
from chromium import shared_chromium

ASSETS = Path(revise.__path__[0], "assets")


@contextmanager
def scripted(*names: str, **options: object) -> Iterator[Page]:
    """Open an empty page that has run some scripts: `scripted("revise-scheduler.js")`."""
    context = shared_chromium().new_context(**options)
    page = context.new_page()
    for name in names:
        page.evaluate((ASSETS / name).read_text("utf-8"))
    yield page
    context.close()
