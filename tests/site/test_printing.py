"""Pages that are printed: what is on paper is what a reader of paper needs.

How every page looks that is to be printed is asked in test_every_way.py.
"""

import re
import subprocess
import unicodedata
from html import unescape
from pathlib import Path

import pikepdf
import pytest

from marionette import Firefox

PAGES = ("nonlinearity/pooling.html", "convolution/output-size.html", "exam/formula-sheet.html")
SIDES = re.compile(rb"/Type\s*/Page\b(?!s)")
BOX = re.compile(
    r'<details class="(?:card|check)\b[^>]*>\s*<summary>.*?</summary>(.*?)</details>', re.S
)
FOLDED = re.compile(r'<details class="worked-code[^>]*>(.*?)</details>', re.S)
UNREAD = re.compile(r"<(math|svg|pre)\b.*?</\1>|<a class=\"headerlink\".*?</a>|<[^>]+>", re.S)


def words(html: str) -> list[str]:
    """Give the long words, without those of formulas, drawings and code."""
    return re.findall(r"[A-Za-z]{4,}", unescape(UNREAD.sub(" ", html)))


def lines_of_code(html: str) -> set[str]:
    """Give the lines of all blocks of code, with single spaces."""
    blocks = re.findall(r"<code[^>]*>(.*?)</code>", html, re.S)
    lines = unescape(re.sub(r"<[^>]+>", "", "\n".join(blocks))).splitlines()
    return {" ".join(line.split()) for line in lines}


def printed(firefox: Firefox, address: str, folder: Path) -> list[str]:
    """Print a page, and read what is on each side of paper."""
    firefox.open(address)
    file = folder / "printed.pdf"
    file.write_bytes(firefox.printed())
    with pikepdf.open(file) as pdf:
        sides = len(pdf.pages)
    command = ["pdftotext", "-raw", file, "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    read = unicodedata.normalize("NFKC", text).split("\f")[:sides]
    assert len(read) == sides
    return read


@pytest.mark.parametrize("page", PAGES)
def test_answers_are_on_paper_and_folded_code_is_not(
    page: str, firefox: Firefox, site: Path, tmp_path: Path
) -> None:
    html = (site / page).read_text("utf-8")
    sides = printed(firefox, (site / page).as_uri(), tmp_path)
    assert [side for side in sides if len(side.split()) < 5] == []
    there = set(words("\n".join(sides)))
    answers = [] if "formula-sheet" in page else BOX.findall(html)
    assert answers or "formula-sheet" in page
    for answer in answers:
        assert set(words(answer)) <= there, answer
    on_paper = " ".join("".join(sides).split())
    folded = lines_of_code("".join(FOLDED.findall(html)))
    shown = lines_of_code(FOLDED.sub("", html))
    assert [line for line in folded - shown if len(line) > 24 and line in on_paper] == []


def test_the_formula_sheet_fits_two_sides(visit):
    page = visit("exam/formula-sheet.html").page
    printed = page.pdf(prefer_css_page_size=True)
    assert len(SIDES.findall(printed)) <= 2


def test_the_formula_sheet_fits_two_sides_of_firefox(
    firefox: Firefox, site: Path, tmp_path: Path
) -> None:
    page = site / "exam/formula-sheet.html"
    assert len(printed(firefox, page.as_uri(), tmp_path)) <= 2
