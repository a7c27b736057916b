"""The whole notes as an EPUB: valid, whole, and no wider than a phone."""

import zipfile
from pathlib import Path

import pytest

from chromium import shared_chromium
from epub_reader import NAMES, Epub, checked, needs_java, read_epub
from files_to_take import file_of_notes

NARROW = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return file_of_notes("epub", tmp_path_factory.mktemp("epub"))


@pytest.fixture(scope="module")
def epub(file: Path) -> Epub:
    return read_epub(file)


@needs_java
def test_the_checker_of_the_w3c_finds_nothing(file: Path) -> None:
    assert checked(file) == ""


def test_every_reference_leads_to_something(epub: Epub) -> None:
    assert epub.dangling() == []
    assert len(epub.spine()) > 40


def test_every_drawing_says_what_it_shows_in_colours_that_are_values(epub: Epub) -> None:
    drawings = [
        (name, one)
        for name, tree in epub.documents()
        for one in tree.iterfind(".//s:svg[@role='img']", NAMES)
    ]
    assert len(drawings) > 150
    for name, one in drawings:
        assert one.findtext("s:title", "", NAMES).strip(), name
        assert "var(" not in "".join(str(part.attrib) for part in one.iter()), name


def test_no_document_is_wider_than_a_phone_or_asks_for_anything(file: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path)
    asked: list[str] = []
    wide = []
    page = shared_chromium().new_page(viewport=NARROW)
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: asked.append(f"failed: {request.url}"))
    for document in sorted((tmp_path / "EPUB").glob("*.xhtml")):
        page.goto(document.as_uri())
        if page.evaluate("document.documentElement.scrollWidth") > NARROW["width"]:
            wide.append(document.name)
    page.close()
    assert wide == []
    assert [one for one in asked if not one.startswith(tmp_path.as_uri())] == []
