"""What a page of a screen becomes as a document of a book."""

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from handbook.book import Book, Section
from handbook.documents import documents
from handbook.markup import parse, write
from handbook.pictures import Pictures
from handbook.stills import still
from handbook.xhtml import document, written

NAMES = {
    "h": "http://www.w3.org/1999/xhtml",
    "m": "http://www.w3.org/1998/Math/MathML",
    "s": "http://www.w3.org/2000/svg",
}
PIXEL = "data:image/png;base64," + base64.b64encode(b"pixel").decode()


def read(text: str) -> etree._Element:
    """Write a text as XHTML and read it as XML."""
    return etree.fromstring(document("T", "en", "style.css", f"<div>{written(parse(text))}</div>"))


def stilled(text: str) -> str:
    page = parse(text)
    still(page)
    return write(page)


def book(*pages: str) -> Book:
    sections = tuple(
        Section(f"Page {place}", "", f"{place}.html", f"page-{place}", html)
        for place, html in enumerate(pages, 1)
    )
    return Book("T", "", "", "", "en", "", datetime(2026, 1, 1, tzinfo=UTC), sections)


def texts(*pages: str, site: Path = Path("gone")) -> list[str]:
    made = documents(book(*pages), Pictures(site).take, lambda page: None)
    return [one.content.decode() for one in made]


@pytest.mark.parametrize(
    "text",
    [
        "a < b &amp; c&nbsp;d <br> e <img src=x alt=''> <hr>",
        "<p>one<p>two<ul><li>a<li>b</ul>",
        "<input disabled> <td nowrap @click=x a:b=c>text</td> <o:p>office</o:p>",
        "<!-- a -- b --> <?php echo ?> \x0b\x00 \ufffe end",
        "<svg><title>t</title><foreignObject><p>html</p></foreignObject></svg>",
        "",
    ],
)
def test_any_html_is_well_formed_xml(text: str) -> None:
    read(text)


def test_formulas_and_drawings_are_in_their_own_namespaces() -> None:
    page = read(
        '<p>x <math><mi>x</mi></math> y</p><svg viewBox="0 0 1 1"><use xlink:href="#a"></use>'
        "<foreignObject><p>in</p></foreignObject></svg><p>after</p>"
    )
    assert page.findtext(".//m:math/m:mi", None, NAMES) == "x"
    assert page.find(".//s:svg[@viewBox]/s:use", NAMES).values() == ["#a"]
    assert page.findtext(".//s:foreignObject/h:p", None, NAMES) == "in"
    assert "".join(page.find(".//h:div", NAMES).itertext()) == "x x yinafter"


def test_an_empty_element_ends_by_itself_only_where_html_has_it_so() -> None:
    assert written(parse("<p></p><br><a id='x'></a>")) == '<p></p><br/><a id="x"></a>'


def test_a_style_of_formulas_stands_on_the_element_that_old_readers_know() -> None:
    root = read('<math><msqrt displaystyle="true"><mi>x</mi></msqrt><mo>+</mo></math>')
    (style,) = root.iterfind(".//m:mstyle", NAMES)
    assert style.get("displaystyle") == "true"
    assert style.find("m:msqrt", NAMES).attrib == {}
    table = read('<math><mtable displaystyle="true" scriptlevel="0"></mtable></math>')
    assert table.find(".//m:mstyle[@scriptlevel]/m:mtable", NAMES) is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<p>a<script>x</script>b<button>c</button></p>", "<p>ab</p>"),
        ("<form><label>name <input></label></form>", "name "),
        ('<p onclick="x()" data-a="b" tabindex="0">a</p>', "<p>a</p>"),
        ('<div role="region" aria-label="A" tabindex="0">a</div>', "<div>a</div>"),
        ("<my-pad><figure>f</figure></my-pad>", "<div><figure>f</figure></div>"),
        ("<p><my-pad>f</my-pad></p>", "<p><span>f</span></p>"),
        (
            "<details open><summary>S</summary>a</details>",
            '<div class="handbook-box"><div class="handbook-box-title">S</div>a</div>',
        ),
        (
            '<iframe src="https://e.org/v" title="A film"></iframe>',
            '<a href="https://e.org/v">A film</a>',
        ),
        ('<video><source src="a.mp4"></video>', ""),
        (
            f"<table><tr>{'<td>a</td>' * 4}</tr></table>",
            f'<table class="handbook-wide"><tr>{"<td>a</td>" * 4}</tr></table>',
        ),
    ],
)
def test_what_runs_or_asks_stands_still(text: str, said: str) -> None:
    assert stilled(text) == said


def test_tabs_stand_one_below_the_other_with_their_names() -> None:
    tabs = (
        '<div class="tabbed-set"><input><input><div class="tabbed-labels"><label for="a">A</label>'
        '<label for="b">B</label></div><div class="tabbed-content"><div class="tabbed-block">'
        '<p>1</p></div><div class="tabbed-block"><p>2</p></div></div></div>'
    )
    title = '<p class="handbook-box-title">'
    assert stilled(tabs) == (
        '<div class="tabbed-set"><div class="tabbed-labels"></div><div class="tabbed-content">'
        f'<div class="tabbed-block">{title}A</p><p>1</p></div>'
        f'<div class="tabbed-block">{title}B</p><p>2</p></div></div></div>'
    )


def test_links_lead_to_files_of_the_book() -> None:
    first, second = texts(
        '<h1>A</h1><p id="p.a">a</p><a href="#p.a">1</a><a href="#q.b">2</a>'
        '<a href="#page-2">3</a><a href="#gone">4</a><a href="https://e.org/#x">5</a>',
        '<h1>B</h1><p id="q.b">b</p>',
    )
    for said in (
        '<a href="#p.a">1</a>',
        '<a href="002-page-2.xhtml#q.b">2</a>',
        '<a href="002-page-2.xhtml">3</a>',
        "<a>4</a>",
        '<a href="https://e.org/#x">5</a>',
    ):
        assert said in first
    assert 'id="page-2"' in second


def test_an_id_is_there_once_and_what_names_none_names_nothing() -> None:
    (page,) = texts('<p id="a">1</p><p id="a" aria-labelledby="a b" aria-controls="b">2</p>')
    assert '<p id="a">1</p><p aria-labelledby="a">2</p>' in page


def test_pictures_are_files_and_each_is_there_once(tmp_path: Path) -> None:
    (tmp_path / "a b.png").write_bytes(b"pixel")
    pictures = Pictures(tmp_path)
    page = f'<img src="a%20b.png" alt="A"><svg><image xlink:href="{PIXEL}"></image></svg>'
    (made,) = documents(book(page), pictures.take, lambda page: None)
    ((name, content),) = pictures.files.items()
    assert content == b"pixel"
    assert made.content.decode().count(f'"{name}"') == 2
    assert made.unnamed == 1


def test_a_picture_from_elsewhere_is_a_link() -> None:
    (page,) = texts('<img src="https://e.org/a.png" alt="A"><img src="gone.png" alt="B">')
    assert '<span><a href="https://e.org/a.png">A</a></span><span>B</span>' in page


@pytest.mark.parametrize("reference", ["../a.png", "/etc/passwd", "notes.txt", "", "x:y"])
def test_only_pictures_of_the_site_are_taken(reference: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "notes.txt").write_text("text")
    (tmp_path / "a.png").write_bytes(b"pixel")
    assert Pictures(site).take(reference) == ""
