"""What a page says of its place, and what is wrong with that."""

import runpy
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.exceptions import PluginError

HOOKS = Path(__file__).resolve().parents[3] / "plugins" / "hooks"


@pytest.fixture(scope="module")
def context():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(HOOKS), *sys.path])  # as MkDocs loads hooks
        hook = runpy.run_path(str(HOOKS / "reading.py"))

    def run(page, *others):
        hook["on_page_markdown"]("word\n", page=page)
        nav = SimpleNamespace(pages=[page, *others])
        hook["on_page_context"]({}, page=page, nav=nav)
        return page.content

    return run


def page(name="a", content="<h1>A</h1>\n<p>Text.</p>", **meta):
    text = "---\n" + "".join(f"{key}: {value}\n" for key, value in meta.items()) + "---\n"
    file = SimpleNamespace(src_uri=f"{name}.md", name=name, content_string=text)
    around = {"next_page": None, "previous_page": None, "parent": None, "is_homepage": False}
    return SimpleNamespace(
        file=file, url=f"{name}.html", title=name.upper(), meta=meta, content=content, **around
    )


def test_a_page_without_needs_says_nothing_of_its_time(context):
    assert "site-reading" not in context(page(description="text"))


@pytest.mark.parametrize("needs", [[], None])
def test_a_page_may_need_no_other(needs, context):
    assert '</h1>\n<p class="site-reading">1 minute. Needs no other page.</p>' in context(
        page(needs=needs)
    )


def test_needs_are_linked_in_their_order(context):
    html = context(page(needs=["c.md", "b.md"]), page("b"), page("c"))
    assert 'Needs <a href="c.html">C</a> and <a href="b.html">B</a>.' in html


def test_an_unknown_need_is_named_with_its_line(context):
    long = "x" * 500
    with pytest.raises(
        PluginError, match=r"^docs/a\.md:3: needs: the nav has no page 'xxx"
    ) as error:
        context(page(tags=[], needs=[long]))
    assert len(str(error.value)) < 200


def test_what_a_page_says_of_itself_is_text_and_no_markup(context):
    here, there = page(), page("b", description="<b>bold</b>", needs=[])
    here.next_page = there
    context(there, here)
    assert ": &lt;b&gt;bold&lt;/b&gt;. " in context(here, there)


def test_a_list_is_completed_in_an_overview_only(context):
    listed = '<ul>\n<li><a href="b.html">The <abbr>B</abbr></a></li>\n</ul>'
    there = page("b", description="text")
    assert "site-entry" not in context(page(content=listed), there)
    html = context(page("index", content=listed), there)
    assert '<li class="site-entry"><a href="b.html">The <abbr>B</abbr></a>: text.</li>' in html


def test_a_link_without_a_text_gets_the_title_of_its_page(context):
    listed = '<ul>\n<li>\n<p><em>Day 1</em> <a href="b.html"></a></p>\n</li>\n</ul>'
    html = context(page("index", content=listed), page("b", description="text"))
    assert '<p><em>Day 1</em> <a href="b.html">B</a>: text.</p>' in html


def test_a_chapter_in_a_list_says_how_long_its_pages_take(context):
    chapter = page("index", description="text")
    chapter.url, chapter.title = "c/index.html", "C"
    pages = [page("a", needs=[]), page("b", needs=[])]
    for one in pages:
        context(one, *pages)
    chapter.parent = SimpleNamespace(children=[chapter, *pages])
    listed = '<ul>\n<li><a href="c/index.html"></a></li>\n</ul>'
    html = context(page("index", content=listed), chapter)
    assert 'C</a>: text. <span class="site-minutes">2 pages, 2 min</span></li>' in html


def test_a_path_on_the_home_page_says_how_long_it_takes(context):
    there = page("b", needs=[])
    context(there)
    listed = '<ol>\n<li><a href="b.html"></a></li>\n</ol>'
    home = page("index", content=listed)
    assert "site-reading" not in context(home, there)
    home.content, home.is_homepage = listed, True
    assert '<p class="site-reading">1 page, 1 minute.</p>\n<ol>' in context(home, there)
