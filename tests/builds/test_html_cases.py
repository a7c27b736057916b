"""Golden pairs: `cases/NAME.md` and the HTML that the theme gets for it.

To add one, write `cases/NAME.md` and run the tests: the missing HTML is written beside it, to be
read before it is kept.  What is not ours is left out: the highlighter's spans and the drawings'
paths; of a drawing its alternative text stays.
"""

import re
from pathlib import Path

import pytest

from nesting import read

CASES = Path(__file__).with_name("cases")
NAMES = sorted(path.stem for path in CASES.glob("*.md"))
DRAWING = re.compile(r"<svg\b.*?<title[^>]*>(.*?)</title>.*?</svg>", re.DOTALL)
COMMON = re.compile(r'<svg class="worked-common".*?</svg>', re.DOTALL)
CODE = re.compile(r'(<div class="[^"]*highlight"><pre>)(.*?)(</pre></div>)', re.DOTALL)


@pytest.fixture(scope="module")
def site(make_once, config):
    pages = {path.name: path.read_text("utf-8") for path in CASES.glob("*.md")}
    # a chapter each, so that figures count from 1 on every page
    nav = "".join(f"  - {{{name}: [{name}]}}\n" for name in sorted(pages))
    site = make_once(pages, f"{config}\nnav:\n{nav}")
    site.put("docs/a.png", "")
    built = site.build()
    assert built.good, built.log
    return site


def plain(html: str) -> str:
    html = COMMON.sub("", html)
    html = DRAWING.sub(r"<svg>\1</svg>", html)
    html = re.sub(r"\b(Figure|Table) \d+\.(?=\d)", r"\1 1.", html)
    return CODE.sub(
        lambda found: found[1] + re.sub(r"<(?!/?code)[^>]*>", "", found[2]) + found[3], html
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_page_comes_out_as_its_golden_file(name, site):
    html = plain(site.article(f"{name}.html")) + "\n"
    golden = CASES / f"{name}.html"
    if not golden.exists():
        golden.write_text(html, "utf-8")
        pytest.fail(f"{golden} was missing and is written now: read it, then run the tests again")
    assert html == golden.read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_stands_where_html_does_not_allow_it(name, site):
    assert read(site.article(f"{name}.html")).wrong == []


def test_every_golden_file_has_its_page():
    assert sorted(path.stem for path in CASES.glob("*.html")) == NAMES
