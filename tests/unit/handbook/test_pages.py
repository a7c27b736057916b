"""What of a finished page goes into the book."""

from handbook.book import Look
from handbook.pages import finished_page, marked, one_look

PAGE = """<!doctype html><html><head><link rel="stylesheet" href="../a.css">
<link rel="icon" href="../i.svg">
<link rel="stylesheet" media="print" href="../print.css"><style>p {{}}</style></head>
<body dir="ltr" data-md-color-scheme="slate" onload="x()"><main><article class="inner typeset">
{}</article></main></body></html>"""


def test_the_page_is_given_back_without_the_marks() -> None:
    output, page = finished_page(PAGE.format(marked("<p>text</p>")), "m/p.html")
    assert output == PAGE.format("<p>text</p>")
    assert page is not None
    assert page.html == "<p>text</p>"


def test_the_look_is_what_the_theme_puts_around_the_content() -> None:
    _, page = finished_page(PAGE.format(marked("<p>text</p>")), "m/p.html")
    assert page is not None
    assert page.look.styles == ('<link rel="stylesheet" href="a.css">', "<style>p {}</style>")
    assert page.look.body == (("dir", "ltr"), ("data-md-color-scheme", "slate"))
    assert page.look.content == "inner typeset"


def test_a_page_whose_marks_have_gone_is_none() -> None:
    assert finished_page(PAGE.format("<p>text</p>"), "m/p.html")[1] is None


def test_style_sheets_of_several_pages_keep_the_order_that_each_page_has() -> None:
    looks = [Look(("a", "d")), Look(("a", "b", "d")), Look(("c", "d", "e"))]
    assert one_look(looks).styles == ("c", "a", "b", "d", "e")
