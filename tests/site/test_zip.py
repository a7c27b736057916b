"""The notes as a zip: small, whole, and alive from a folder without a network."""

import contextlib
import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page

from handbook.archive import zipped

ROOT = Path(__file__).resolve().parents[2]
MOST = 6_000_000
"""Bytes of the zip."""


@pytest.fixture(scope="module")
def packed(site: Path) -> bytes:
    unpacked = load_config(str(ROOT / "mkdocs.yml")).plugins["handbook"].config.unpacked
    return zipped(site, "notes", datetime(2026, 1, 1, tzinfo=UTC), unpacked)


@pytest.fixture(scope="module")
def folder(packed: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("zip")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(place)
    return place / "notes"


@pytest.fixture
def opened(folder: Path, browser: Browser) -> Iterator[Page]:
    """A page of the folder; it asks for nothing outside, and has no errors."""
    with contextlib.closing(browser.new_context()) as context:
        page, wrong = context.new_page(), list[str]()
        home = (f"{folder.as_uri()}/", "data:", "blob:", "about:")
        page.on(
            "request",
            lambda asked: None if asked.url.startswith(home) else wrong.append(asked.url),
        )
        page.on(
            "requestfailed",
            lambda asked: None if asked.failure == "net::ERR_ABORTED" else wrong.append(asked.url),
        )
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{folder.as_uri()}/index.html")
        yield page
        assert wrong == []


def test_it_is_small(packed: bytes) -> None:
    assert len(packed) < MOST


def test_every_page_is_in_it_and_every_link_leads_to_what_is(site: Path, folder: Path) -> None:
    pages = {path.relative_to(site) for path in site.rglob("*.html")}
    assert {path.relative_to(folder) for path in folder.rglob("*.html")} == pages
    lychee = shutil.which("lychee", path=Path(sys.executable).parent)
    assert lychee
    command = [lychee, "--offline", "--no-progress", "--include-fragments", "--exclude-path", "404"]
    done = subprocess.run([*command, folder], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_search_finds_a_page_of_the_folder(opened: Page) -> None:
    field = opened.locator(".md-search__input")
    field.click()
    field.fill("output size")
    field.press("End")
    found = opened.locator(".md-search-result__link").first
    found.wait_for()
    found.click()
    opened.wait_for_url("**/notes/**.html**")
    assert opened.locator("h1").first.is_visible()


def test_a_formula_has_its_font_and_a_sweep_its_controls(opened: Page, folder: Path) -> None:
    opened.goto(f"{folder.as_uri()}/convolution/output-size.html")
    assert opened.evaluate(
        "async () => { await document.fonts.ready;"
        " return [...document.fonts].some(f => f.status === 'loaded') }"
    )
    opened.locator(".worked-ready .worked-controls input").first.wait_for()
