"""The index of terms: complete, in order, and every link leads to a section that has the term."""

import re
from html import unescape
from posixpath import join, normpath

import pytest

from terms import read_terms

LINE = re.compile(r"<li(?: id=\"[^\"]*\")?><b>(?P<name>.*?)</b>: (?P<says>.*?)</li>")
LINK = re.compile(r'<a href="([^"#]*)(?:#([^"]*))?"')


@pytest.fixture(scope="module")
def index(site):
    """Read the page as HTML."""
    return (site / "exam/terms.html").read_text("utf-8")


@pytest.fixture(scope="module")
def lines(index):
    """Read the entries: name -> what it says."""
    found = [(unescape(line["name"]), line["says"]) for line in LINE.finditer(index)]
    assert len(found) == len(dict(found))
    return dict(found)


@pytest.fixture(scope="module")
def terms(request):
    """Read the glossary's terms."""
    return read_terms((request.config.rootpath / "docs/exam/glossary.md").read_text("utf-8"))


def leads(says):
    """Give where links lead, from the site's folder: (page, section)."""
    return [(normpath(join("exam", to)), at) for to, at in LINK.findall(says)]


def test_every_term_leads_to_its_definition_in_bold(lines, terms):
    assert len(terms) > 90
    for term in terms:
        bold = re.match(r"<strong>(.*?)</strong>", lines[term.name])
        assert leads(bold[1]) == [(term.page.replace(".md", ".html"), term.section)], term.name


def test_a_term_leads_to_every_page_that_links_it(lines, terms, site):
    pages = [path for path in site.rglob("*.html") if path.parent.name not in ("about", "exam")]
    html = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in pages}
    for term in terms:
        using = {name for name, text in html.items() if f'glossary.html#{term.address}"' in text}
        listed = {page for page, _ in leads(lines[term.name])}
        assert {page for page in using if not page.endswith("index.html")} <= listed, term.name


def test_every_link_leads_to_a_section_that_is_there(index, lines, site):
    for name, says in lines.items():
        for page, at in leads(says):
            html = (site / page).read_text("utf-8") if page != "exam" else index
            assert not at or f'id="{at}"' in html, (name, page, at)


def test_american_spellings_and_other_names_are_listed(lines):
    assert re.fullmatch(r"see <a [^>]*>optimiser</a>", lines["optimizer"])
    assert re.fullmatch(r"see <a [^>]*>zero-centred</a>", lines["zero-centered"])
    assert leads(lines["Xavier"]) == [("training/initialisation.html", "")]
    assert lines["ViT"].startswith("vision transformer; ")


def test_entries_stand_in_the_order_of_the_alphabet_below_their_letters(index, lines):
    letters = re.findall(r'<h2 id="([^"]+)">(.+?)</h2>', index)
    names = ["".join(filter(str.isalnum, name)).lower().replace("à", "a") for name in lines]
    assert names == sorted(names)
    assert [letter for _, letter in letters][1:] == sorted({name[0].upper() for name in names})[1:]
    jump = re.search(r'<p class="site-letters">(.*?)</p>', index)[1]
    assert re.findall(r'href="#([^"]+)"', jump) == [at for at, _ in letters]
