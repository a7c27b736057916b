"""What an EPUB says of itself."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from handbook.book import Book, Section
from handbook.publication import published
from handbook.settings import WORDS

OPF = {"o": "http://www.idpf.org/2007/opf", "d": "http://purl.org/dc/elements/1.1/"}
PAGE = Section("A & B", "1", "a.html", "a", "<h1>A</h1><p>a</p>")
BOOK = Book(
    title="Heat <1>",
    description="",
    author="A. Lecturer",
    rights="<b>free</b>",
    language="de",
    home="https://example.org/heat/",
    date=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    chapters=(PAGE,),
)


def made(book: Book, site: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(published(book, site, [], WORDS)))


def package(book: Book, site: Path) -> etree._Element:
    return etree.fromstring(made(book, site).read("EPUB/package.opf"))


def said(root: etree._Element, name: str) -> list[str]:
    return root.xpath(f"//o:meta[@property='{name}']/text()", namespaces=OPF)


def test_the_kind_of_file_stands_first_as_it_is(tmp_path: Path) -> None:
    first, *others = made(BOOK, tmp_path).infolist()
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", 0, b"")
    assert [one.filename for one in others] == sorted(one.filename for one in others)
    assert {one.date_time for one in (first, *others)} == {(2026, 1, 2, 3, 4, 4)}


def test_the_package_says_what_the_book_is(tmp_path: Path) -> None:
    root = package(BOOK, tmp_path)
    dublin = {one.tag.rpartition("}")[2]: one.text for one in root.iterfind(".//d:*", OPF)}
    assert dublin.pop("identifier").startswith("urn:uuid:")
    assert dublin == {
        "title": "Heat <1>",
        "language": "de",
        "creator": "A. Lecturer",
        "rights": "free",
        "source": "https://example.org/heat/",
        "date": "2026-01-02",
    }
    assert said(root, "dcterms:modified") == ["2026-01-02T03:04:05Z"]


def test_a_book_is_known_by_its_address_and_not_by_its_day(tmp_path: Path) -> None:
    def identity(book: Book) -> str | None:
        return package(book, tmp_path).findtext(".//d:identifier", None, OPF)

    later = replace(BOOK, date=datetime(2027, 1, 1, tzinfo=UTC), title="Other")
    assert identity(BOOK) == identity(later)
    assert identity(BOOK) != identity(replace(BOOK, home="https://example.org/cold/"))


@pytest.mark.parametrize(
    ("html", "features", "sufficient"),
    [
        ("<p>a</p>", set(), ["textual"]),
        ("<math><mi>x</mi></math>", {"MathML"}, ["textual"]),
        ('<svg aria-label="A"></svg>', {"alternativeText"}, ["textual", "textual,visual"]),
        ("<svg></svg>", set(), ["textual,visual"]),
    ],
)
def test_it_says_who_can_read_it_and_no_more_than_is_so(
    html: str, features: set[str], sufficient: list[str], tmp_path: Path
) -> None:
    root = package(replace(BOOK, chapters=(replace(PAGE, html=html),)), tmp_path)
    always = {"tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability"}
    assert set(said(root, "schema:accessibilityFeature")) == features | always
    assert said(root, "schema:accessModeSufficient") == sufficient
    assert said(root, "schema:accessibilityHazard") == ["none"]


def test_the_cover_holds_a_title_of_any_length(tmp_path: Path) -> None:
    for title in ("A", "word " * 40, "Donaudampfschifffahrtsgesellschaft", ""):
        drawing = etree.fromstring(
            made(replace(BOOK, title=title), tmp_path).read("EPUB/cover.svg")
        )
        for text in drawing.iterfind(".//{*}text"):
            wide = 0.6 * float(text.get("font-size", 0)) * len(text.text or "")
            assert wide <= 481
            assert float(text.get("y", 0)) < 900
