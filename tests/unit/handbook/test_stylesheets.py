"""Rules of style sheets, the colours of the light scheme, and the fonts of formulas."""

from pathlib import Path

import pytest

from handbook.book import Look
from handbook.colours import light_colours, paint, resolved
from handbook.fonts import formula_fonts
from handbook.markup import parse, write
from handbook.stylesheets import rules, site_rules

FONTS = """
@font-face { font-family: "Own Math"; src: url("../fonts/own.woff2") format("woff2") }
@font-face { font-family: Rare; src: url(../fonts/rare.woff2) }
@font-face { font-family: Far; src: url(https://example.org/far.woff2) }
math { font-family: "Own Math", Far, "Cambria Math", math }
.rare { font-family: Rare, math }
p { font-family: Rare, serif }
"""


def test_rules_are_read_with_what_is_around_them() -> None:
    css = """/* a { b: c } */ @media print { a, b { c: d; e: url(data:x;y) } } p { f: "}" }"""
    found = [(one.selectors, one.sets, one.within) for one in rules(css)]
    assert found == [
        (("a", "b"), {"c": "d", "e": "url(data:x;y)"}, ("@media print",)),
        (("p",), {"f": '"}"'}, ()),
    ]


@pytest.mark.parametrize("css", ["a { b: c", "}}} a { b: c }", "a {{{", '"', "/*", ""])
def test_a_broken_style_sheet_is_read_as_far_as_it_goes(css: str) -> None:
    assert len(list(rules(css))) <= 1


def test_style_sheets_of_paper_and_of_nowhere_say_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a { b: c }")
    styles = (
        '<link rel="stylesheet" href="a.css" media="print">',
        '<link rel="stylesheet" href="gone.css">',
        '<link rel="stylesheet" href="https://example.org/a.css">',
        '<link rel="stylesheet" href="a.css?v=1">',
        "<style>p { q: r }</style>",
    )
    found = site_rules(Look(styles), tmp_path)
    assert [(one.selectors, one.address) for one in found] == [(("a",), "a.css"), (("p",), "")]


def test_the_colours_are_those_of_a_light_screen() -> None:
    css = """
        :root { --fig-fg: #111; --ground: white }
        [data-md-color-scheme="default"] { --fig-fg: #222 }
        [data-md-color-scheme=slate] { --fig-fg: #eee }
        @media (prefers-color-scheme: dark) { :root { --fig-fg: #fff } }
        .box { --fig-fg: red }
    """
    look = Look(body=(("data-md-color-scheme", "slate"),))
    assert light_colours(rules(css), look) == {"--fig-fg": "#222", "--ground": "white"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fill: var(--a); stroke: red", "fill: #111; stroke: red"),
        ("fill: var( --b )", "fill: #111"),
        ("fill: var(--gone, rgb(1, 2, 3))", "fill: rgb(1, 2, 3)"),
        ("fill: var(--gone, var(--a))", "fill: #111"),
        ("fill: var(--gone)", "fill: inherit"),
    ],
)
def test_variables_become_values(text: str, said: str) -> None:
    assert resolved(text, {"--a": "#111", "--b": "var(--a)"}) == said


def test_variables_that_name_each_other_end() -> None:
    assert "var(" in resolved("var(--a)", {"--a": "var(--b)", "--b": "var(--a)"})


def test_a_page_is_painted_and_sets_no_variables() -> None:
    page = parse('<p style="--w: 3px; color: red">a</p><svg><path fill="var(--a)"></path></svg>')
    paint(page, {"--a": "#111"})
    assert write(page) == '<p style="color: red">a</p><svg><path fill="#111"></path></svg>'


def test_only_the_fonts_of_formulas_that_are_there_go_into_a_book(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    for name in ("own.woff2", "rare.woff2", "OFL.txt"):
        (tmp_path / "fonts" / name).write_bytes(name.encode())
    known = list(rules(FONTS, "css/site.css"))
    assert formula_fonts(known, tmp_path, {"p"}).files == ()
    fonts = formula_fonts(known, tmp_path, {"math", "p"})
    assert fonts.files == (("fonts/OFL.txt", b"OFL.txt"), ("fonts/own.woff2", b"own.woff2"))
    assert fonts.style == (
        '@font-face { font-family: "Own Math"; src: url("fonts/own.woff2") }\n'
        'math { font-family: "Own Math", Far, "Cambria Math", math }\n'
    )
    assert "fonts/rare.woff2" in dict(formula_fonts(known, tmp_path, {".rare"}).files)
