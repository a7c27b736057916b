"""The PDF of another course, read back."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from handbook import chromium
from handbook.chromium import PrintError, find_chromium, print_html
from tests.builds.handbook.conftest import build, can_print

PDF = Path("files", "heat-in-one-dimension.pdf")
needs_chromium = pytest.mark.skipif(
    not can_print() and not os.environ.get("CI"),
    reason="a PDF is printed by Chromium: apt-get install chromium",
)


@pytest.fixture(scope="module")
def pdf(course: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(course / PDF) as opened:
        yield opened


def tags(tag: Any) -> Iterator[Any]:
    """Give a tag and all below it."""
    if isinstance(tag, pikepdf.Dictionary):
        yield tag
        below = tag.get("/K", pikepdf.Array())
        for kid in below if isinstance(below, pikepdf.Array) else [below]:
            yield from tags(kid)


def notes(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for page in pdf.pages:
        yield from page.obj.get("/Annots", pikepdf.Array())


@needs_chromium
def test_the_outline_is_that_of_the_navigation(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        titles = [(one.title, [child.title for child in one.children]) for one in outline.root]
    assert titles == [("Heat", []), ("1 The rod", ["1.1 Steps"]), ("Answers", []), ("Code", [])]


@needs_chromium
def test_the_front_has_roman_numbers_and_the_body_begins_with_1(pdf: pikepdf.Pdf) -> None:
    assert [page.label for page in pdf.pages] == ["i", "ii", "1", "2", "3", "4", "5"]


@needs_chromium
def test_every_link_leads_somewhere(pdf: pikepdf.Pdf) -> None:
    places = {str(name) for name in pdf.Root.Dests}
    for note in notes(pdf):
        if "/Dest" in note:
            assert str(note.Dest) in places
        else:
            assert str(note.A.URI).startswith("https://"), str(note.A.URI)
    named = {str(note.Dest) for note in notes(pdf) if "/Dest" in note}
    assert {"/rod", "/rod-steps", "/rod-steps.fig-rod", "/rod.equation"} <= named


@needs_chromium
def test_the_contents_say_on_which_page_a_section_is(course: Path, pdf: pikepdf.Pdf) -> None:
    if not chromium.shutil.which("pdftotext"):
        pytest.skip("the text of a page needs pdftotext: apt-get install poppler-utils")
    said = subprocess.run(
        ["pdftotext", "-layout", "-f", "2", "-l", "2", course / PDF, "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    lines = [line.split() for line in said.splitlines() if line.strip()]
    assert lines[0] == ["Contents"]
    assert [(line[0], line[-1]) for line in lines[1:-1]] == [
        ("Heat", "1"),
        ("1", "2"),
        ("1.1", "3"),
        ("Answers", "4"),
        ("Code", "5"),
    ]


@needs_chromium
def test_it_is_tagged_for_screen_readers(pdf: pikepdf.Pdf) -> None:
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "en"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    found = list(tags(pdf.Root.StructTreeRoot))
    alternatives = [str(one.get("/Alt", "")) for one in found if one.get("/S") == "/Figure"]
    assert alternatives == ["A line that falls from left to right."]
    headings = [str(one.S) for one in found if str(one.get("/S", "")).startswith("/H")]
    assert headings == ["/H1", "/H1", "/H1", "/H2", "/H2", "/H3", "/H1", "/H2", "/H1", "/H2"]


@needs_chromium
def test_every_tag_and_every_page_know_each_other(pdf: pikepdf.Pdf) -> None:
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    known = {int(key) for key in numbers[::2]}
    for page in pdf.pages:
        assert int(page.obj.StructParents) in known
    own = {page.obj.objgen for page in pdf.pages}
    for tag in tags(pdf.Root.StructTreeRoot):
        if "/Pg" in tag:
            assert tag.Pg.objgen in own


@needs_chromium
def test_all_fonts_are_embedded_and_give_their_text(pdf: pikepdf.Pdf) -> None:
    fonts = [one for page in pdf.pages for one in page.obj.Resources.get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        assert "/ToUnicode" in font
        for part in font.get("/DescendantFonts", [font]):
            embedded = set(part.FontDescriptor.keys())
            assert embedded & {"/FontFile", "/FontFile2", "/FontFile3"}, str(font.BaseFont)


@needs_chromium
def test_drawings_are_no_pictures_of_pixels(pdf: pikepdf.Pdf) -> None:
    assert not [image for page in pdf.pages for image in page.get_images()]


@needs_chromium
def test_the_dates_are_those_of_the_commit(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo.CreationDate) == "D:20260101000000+00'00'"
    assert str(pdf.docinfo.Title) == "Heat in one dimension"
    assert str(pdf.docinfo.Author) == "A. Lecturer"


@needs_chromium
@pytest.mark.nightly
def test_the_same_site_gives_the_same_bytes(course: Path, tmp_path: Path) -> None:
    done = build(tmp_path, "pdf")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / PDF).read_bytes() == (course / PDF).read_bytes()


@needs_chromium
def test_the_printed_document_does_not_stay_in_the_site(course: Path) -> None:
    assert not list(course.glob("handbook-*"))


def test_where_there_is_no_chromium_the_error_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(PrintError, match="apt-get install chromium"):
        find_chromium()


def test_a_browser_that_fails_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "chromium"
    fake.write_text("#!/bin/sh\necho no display >&2\nexit 3\n")
    fake.chmod(0o755)
    monkeypatch.setattr(chromium, "find_chromium", lambda: str(fake))
    with pytest.raises(PrintError, match=r"ended with 3: no display"):
        print_html("<p>text</p>", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["chromium"]
