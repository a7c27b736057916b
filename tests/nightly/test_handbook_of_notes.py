"""The whole notes as a PDF, twice: the same bytes, and nothing beside the paper."""

import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from files_to_take import file_of_notes

MARGIN, WIDTH = 21 * 72 / 25.4, 210 * 72 / 25.4
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>')


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two PDFs of the notes, from two builds."""
    first, second = (
        file_of_notes("pdf", tmp_path_factory.mktemp(name)) for name in ("first", "second")
    )
    return first, second


def test_one_commit_gives_the_same_bytes(printed: tuple[Path, Path]) -> None:
    assert printed[0].read_bytes() == printed[1].read_bytes()


def test_the_book_has_a_length_and_every_link_a_place(printed: tuple[Path, Path]) -> None:
    with pikepdf.open(printed[0]) as pdf:
        assert 150 < len(pdf.pages) < 500
        places = {str(name) for name in pdf.Root.Dests}
        notes = [note for page in pdf.pages for note in page.obj.get("/Annots", pikepdf.Array())]
        assert len(notes) > 1000
        for note in notes:
            if "/Dest" in note:
                assert str(note.Dest) in places
            else:
                assert re.match(r"https?://", str(note.A.URI)), str(note.A.URI)


def test_every_figure_says_what_it_shows(printed: tuple[Path, Path]) -> None:
    with pikepdf.open(printed[0]) as pdf:
        figures = [
            tag
            for tag in pdf.objects
            if isinstance(tag, pikepdf.Dictionary) and tag.get("/S") == pikepdf.Name.Figure
        ]
        assert len(figures) > 100
        assert [tag for tag in figures if not str(tag.get("/Alt", ""))] == []


def test_no_word_stands_in_the_margin(printed: tuple[Path, Path]) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("words have places by pdftotext: apt-get install poppler-utils")
    said = subprocess.run(
        ["pdftotext", "-bbox", printed[0], "-"], capture_output=True, text=True, check=True
    ).stdout
    outside = []
    for number, page in enumerate(said.split("<page ")[1:], 1):
        for left, right, word in WORD.findall(page):
            if float(left) < MARGIN - 3 or float(right) > WIDTH - MARGIN + 3:
                outside.append((number, word, left, right))
    assert outside == []
