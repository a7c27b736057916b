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
# what differs most: a course's page, long tables, questions, lists, all that authors write
OF_EACH_KIND = {
    "phone": ("convolution/output-size.html", "exam/formula-sheet.html", "practice/sizes.html"),
    "desktop": ("convolution/output-size.html", "index.html", "practice/sizes.html"),
    "bare": ("about/reference.html", "practice/sizes.html"),
    "Firefox": ("convolution/output-size.html", "exam/formula-sheet.html"),
}
OTHERS = [page for page in PAGES if page not in OF_EACH_KIND["phone"]]
SOME = OTHERS[::4]
"""Those whose scripts come late, and that axe reads, at each change."""
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
def test_a_page_is_as_it_must_be(
    page: str, way: str, turned: Page, site: Path, request: pytest.FixtureRequest
) -> None:
    # from the folder, where that can be: a server's page loads what the search reads
    home = request.getfixturevalue("served") if page == "404.html" else f"{site.as_uri()}/"
    dark = replace(WAYS[way], looks=("phone",))
    with chromium_goes_on(turned, home, page, dark, late=page in SOME) as opened:
        assert list(faults(opened, dark, rules=page in SOME)) == []


@pytest.mark.parametrize(
    ("page", "way"), [(page, way) for way, pages in OF_EACH_KIND.items() for page in pages]
)
def test_a_page_of_each_kind_is_so_in_all_looks(page: str, way: str, reads: Reads) -> None:
    with reads(page, way) as opened:
        assert list(faults(opened, WAYS[way])) == []


@pytest.mark.nightly
@every(PAGES, *WAYS)
def test_all_pages_are_so_in_all_ways(page: str, way: str, reads: Reads) -> None:
    with reads(page, way) as opened:
        assert list(faults(opened, WAYS[way], contrast=True)) == []
