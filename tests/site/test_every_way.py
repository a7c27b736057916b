"""Every page, every way: tests/support/ways.py says what is looked for, and in which looks."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from readers import chromium_goes_on, chromium_reads, firefox_reads
from ways import WAYS, Opened, Way, faults

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = sorted(
    ["404.html", *(str(path.relative_to(DOCS).with_suffix(".html")) for path in DOCS.rglob("*.md"))]
)
# what differs most: all that authors write, a course's page, long tables, papers, lists, questions
OF_EACH_KIND = (
    "about/reference.html",
    "convolution/output-size.html",
    "exam/formula-sheet.html",
    "index.html",
    "practice/sizes.html",
)
OTHERS = [page for page in PAGES if page not in OF_EACH_KIND]
Reads = Callable[[str, str], AbstractContextManager[Opened]]


@pytest.fixture
def reads(request: pytest.FixtureRequest, site: Path, served: str) -> Reads:
    """Open a page of the site in a way."""

    def reading(page: str, name: str) -> AbstractContextManager[Opened]:
        way: Way = WAYS[name]
        home = served if way.over == "http" else f"{site.as_uri()}/"
        if way.firefox:
            return firefox_reads(request.getfixturevalue("firefox"), home, page, way)
        browser: Browser = request.getfixturevalue("browser")
        return chromium_reads(browser, home, page, way)

    return reading


@pytest.fixture(scope="module")
def turned(browser: Browser) -> Iterator[Page]:
    """Show one page after the other in the same place."""
    with browser.new_context() as context:
        yield context.new_page()


def every(pages: Iterable[str], *ways: str) -> pytest.MarkDecorator:
    # a server shows 404.html at any address, so its links begin at the root
    pairs = [
        pytest.param(page, way, id=f"{page}-{way}")
        for way in ways
        for page in pages
        if page != "404.html" or WAYS[way].over == "http"
    ]
    return pytest.mark.parametrize(("page", "way"), pairs)


@every(OTHERS, "phone")
def test_a_page_is_as_it_must_be(page: str, way: str, turned: Page, served: str) -> None:
    some = replace(WAYS[way], looks=WAYS[way].looks[:3])  # on paper, in the dark, at 400 %
    with chromium_goes_on(turned, served, page, some) as opened:
        assert list(faults(opened, some, thorough=False)) == []


@every(OF_EACH_KIND, *WAYS)
def test_a_page_of_each_kind_is_so_in_all_ways(page: str, way: str, reads: Reads) -> None:
    with reads(page, way) as opened:
        assert list(faults(opened, WAYS[way], thorough=True)) == []


@pytest.mark.nightly
@every(PAGES, *WAYS)
def test_all_pages_are_so_in_all_ways(page: str, way: str, reads: Reads) -> None:
    with reads(page, way) as opened:
        assert list(faults(opened, WAYS[way], thorough=True, contrast=True)) == []
