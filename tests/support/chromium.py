"""Debian's Chromium for the tests: where it is, how it starts, and one for each process."""

import shutil
from functools import cache
from typing import Final

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES: Final = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The first is the same without a window to put pages into: half of the work of opening one."""
CHROMIUM: Final = next(filter(None, map(shutil.which, NAMES)), None)
QUIET: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # a page of its own for the bar of a window that nobody sees: a third of every opening
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,MediaRouter,Translate",
)


@cache
def shared_chromium() -> Browser:
    """Start Chromium once in a process: a second Playwright cannot run beside the first.

    The tests that need it are skipped where there is none.
    """
    if CHROMIUM is None:
        pytest.skip("browser tests need Chromium: apt-get install chromium")
    playwright = sync_playwright().start()
    return playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
