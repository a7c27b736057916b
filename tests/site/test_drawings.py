"""The colours of every drawing of the notes: all from the palette, and each with one meaning."""

import re

import pytest

from worked.palette import SENTINELS

# in colours of their own, to show what becomes of these
OWN_COLOURS = ("about/",)
DRAWING = re.compile(r'<svg\b[^>]*role="img".*?</svg>', re.DOTALL)
COLOUR = re.compile(r"\b(?:fill|stroke): ([^;\"]+)")
CELL = re.compile(
    r'<path d="M ([\d.]+) ([\d.]+) L ([\d.]+) [\d.]+ L [\d.]+ ([\d.]+) L [\d. ]+ z" '
    r'style="fill: var\(--fig-(\w+)\); fill-opacity'
)
NUMBER = re.compile(r'<text [^>]*\bx="([\d.]+)" y="([\d.]+)"[^>]*>([^<]+)</text>')


@pytest.fixture(scope="module")
def drawings(site):
    """Name the page of each drawing."""
    pages = sorted(path for path in site.rglob("*.html"))
    return [
        (str(path.relative_to(site)), drawing)
        for path in pages
        for drawing in DRAWING.findall(path.read_text("utf-8"))
    ]


def test_every_colour_is_of_the_palette(drawings):
    known = {"none", *(f"var(--fig-{name})" for name in SENTINELS)}
    assert len(drawings) > 100
    for page, drawing in drawings:
        if not page.startswith(OWN_COLOURS):
            assert set(COLOUR.findall(drawing)) <= known, page


def test_the_colour_of_negative_stands_under_negative_numbers_and_nothing_else(drawings):
    seen = 0
    for page, drawing in drawings:
        numbers = [(float(x), float(y), text) for x, y, text in NUMBER.findall(drawing)]
        for left, top, right, bottom, colour in CELL.findall(drawing):
            for x, y, text in numbers:
                if float(left) < x < float(right) and float(top) < y < float(bottom):
                    is_negative = text.startswith("−")
                    assert (colour == "neg") == is_negative, (page, text)
                    seen += 1
    assert seen > 500


def test_only_matrices_side_by_side_show_both_sign_and_size(drawings):
    for page, drawing in drawings:
        used = set(re.findall(r"var\(--fig-(map|pos|neg)\)", drawing))
        assert used in ({"map"}, set()) or used <= {"pos", "neg"} or CELL.search(drawing), page


INKS = """() => [...new Set([...document.querySelectorAll('svg[role=img] text')]
    .map(text => getComputedStyle(text).fill))]"""
# on opaque cells, black or white by the cell's lightness
ON_CELLS = {"rgb(0, 0, 0)", "rgb(255, 255, 255)"}


def test_words_in_drawings_follow_the_scheme(visit):
    light, dark = (
        set(visit("nonlinearity/pooling.html", scheme=scheme).page.evaluate(INKS))
        for scheme in ("light", "dark")
    )
    assert light - ON_CELLS != dark - ON_CELLS
