"""Ids and references of pages that become one file."""

import pytest

from handbook.anchors import Anchors
from handbook.markup import parse, write


def settled(**pages: str) -> dict[str, str]:
    """Settle pages, `a_b` is at `a/b.html`; the site is published at example.org."""
    anchors = Anchors("https://example.org/notes/")
    trees = {f"{name.replace('_', '/')}.html": parse(text) for name, text in pages.items()}
    for address, tree in trees.items():
        anchors.add(address, tree)
    for address, tree in trees.items():
        anchors.settle(address, tree)
    return {name: write(tree) for name, tree in zip(pages, trees.values(), strict=True)}


def test_the_same_id_on_two_pages_becomes_two() -> None:
    pages = settled(a='<h1 id="x">A</h1>', b='<h1 id="x">B</h1>')
    assert pages == {"a": '<h1 id="a.x">A</h1>', "b": '<h1 id="b.x">B</h1>'}


def test_pages_whose_addresses_make_the_same_id_have_different_ones() -> None:
    anchors = Anchors("")
    page = parse("<p>text</p>")
    given = [anchors.add(one, page) for one in ("a/b.html", "a-b.html", "a/b/", "2d/", "")]
    assert given == ["a-b", "a-b-2", "a-b-3", "page-2d", "home"]


@pytest.mark.parametrize(
    ("to", "found"),
    [
        ("#x", "#m-p.x"),
        ("#fig:step=2", "#m-p.fig"),
        ("#unknown", "#m-p"),
        ("q.html", "#m-q"),
        ("../n/q.html#y", "#n-q.y"),
        ("../n/q.html?h=1#y", "#n-q.y"),
        ("../downloads/data.csv", "https://example.org/notes/downloads/data.csv"),
        ("../about/own.html#why", "https://example.org/notes/about/own.html#why"),
        ("https://arxiv.org/abs/1#x", "https://arxiv.org/abs/1#x"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_a_link_leads_to_its_place_in_the_book_or_on_the_published_site(
    to: str, found: str
) -> None:
    page = f'<a id="x" href="{to}">link</a><b id="fig"></b>'
    pages = settled(m_p=page, m_q="", n_q='<b id="y"></b>')
    assert f'href="{found}"' in pages["m_p"]


def test_a_link_that_leads_nowhere_is_text() -> None:
    anchors = Anchors("")
    page = parse('<p><a href="gone.html" title="T">text</a></p>')
    anchors.add("a.html", page)
    anchors.settle("a.html", page)
    assert write(page) == '<p><a title="T">text</a></p>'


@pytest.mark.parametrize("to", ["b/", "../a/b/", "b/#y", "b/index.html", "../a/b/#y"])
def test_a_folder_is_a_page(to: str) -> None:
    anchors = Anchors("")
    anchors.add("a/", parse(""))
    anchors.add("a/b/", parse('<i id="y"></i>'))
    assert anchors.place(to, "a/") in ("#a-b", "#a-b.y")


@pytest.mark.parametrize("to", ["..", "../", "../index.html", "../."])
def test_the_folder_above_all_is_the_home_page(to: str) -> None:
    anchors = Anchors("")
    anchors.add("", parse(""))
    anchors.add("a/", parse(""))
    assert anchors.place(to, "a/") == "#home"


def test_whatever_names_an_id_follows_it() -> None:
    page = settled(
        p='<label for="x">L</label><input id="x" name="g" aria-labelledby="y z">'
        '<svg aria-labelledby="y"><title id="y">T</title><use xlink:href="#z"/>'
        '<path id="z" clip-path="url(#c)" style="fill: url(\'#d\')"/></svg>'
    )["p"]
    assert 'for="p.x"' in page
    assert 'id="p.x" name="p.g" aria-labelledby="p.y p.z"' in page
    assert 'xlink:href="#p.z"' in page
    assert "url(#p.c)" in page
    assert "url(#p.d)" in page


def test_a_picture_is_named_from_the_root_of_the_site() -> None:
    assert 'src="m/cat.png"' in settled(m_p='<img src="cat.png">')["m_p"]
    assert (
        'src="data:image/png;base64,AA"' in settled(p='<img src="data:image/png;base64,AA">')["p"]
    )
