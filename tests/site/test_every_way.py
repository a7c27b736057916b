"""Every page, every way: tests/support/ways.py says what is looked for, and in which looks."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from readers import chromium_reads, firefox_reads
from ways import WAYS, Opened, Way, faults

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = sorted(
    ["404.html", *(str(path.relative_to(DOCS).with_suffix(".html")) for path in DOCS.rglob("*.md"))]
)
# what differs most: pages to play with, long tables, many formulas, code, lists
OF_EACH_KIND = (
    "404.html",
    "about/reference.html",
    "architectures/vgg-resnet.html",
    "convolution/index.html",
    "convolution/kernels-by-hand.html",
    "convolution/output-size.html",
    "exam/formula-sheet.html",
    "exam/glossary.html",
    "index.html",
    "nonlinearity/pooling.html",
    "seeing/saliency.html",
    "training/optimisers.html",
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


def every(pages: Iterable[str], *ways: str) -> pytest.MarkDecorator:
    # a server shows 404.html at any address, so its links begin at the root
    pairs = [
        pytest.param(page, way, id=f"{page}-{way}")
        for way in ways
        for page in pages
        if page != "404.html" or WAYS[way].over == "http"
    ]
    return pytest.mark.parametrize(("page", "way"), pairs)


def found(reads: Reads, page: str, way: str, *, thorough: bool) -> str:
    with reads(page, way) as opened:
        return "\n".join(faults(opened, WAYS[way], thorough=thorough))


@every(OTHERS, "phone", "bare")
def test_a_page_is_as_it_must_be(page: str, way: str, reads: Reads) -> None:
    assert found(reads, page, way, thorough=False) == ""


@every(OF_EACH_KIND, *WAYS)
def test_a_page_of_each_kind_is_so_in_all_ways(page: str, way: str, reads: Reads) -> None:
    assert found(reads, page, way, thorough=True) == ""


@pytest.mark.nightly
@every(OTHERS, "phone", "desktop", "Firefox")
def test_the_other_pages_are_so_in_all_ways_too(page: str, way: str, reads: Reads) -> None:
    assert found(reads, page, way, thorough=True) == ""
