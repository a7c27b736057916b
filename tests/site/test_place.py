"""A page says where it stands: to its reader, to a search engine, and to whoever has lost it."""

import http.server
import os
import re
import subprocess
import sys
import threading
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from mkdocs.utils.yaml import yaml_load

from first_view import pages

ROOT = Path(__file__).resolve().parents[2]
NAV = yaml_load((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"]
SITE = "Convolutional networks, worked"


def head(site, page):
    html = (site / page).read_text("utf-8").partition("</head>")[0]
    title = unescape(re.search(r"<title>(.*?)</title>", html)[1])
    found = re.findall(r'<meta (?:name|property)="([\w:]+)" content="([^"]*)"', html)
    return {"title": title, **{name: unescape(said) for name, said in found}}


def test_every_page_has_a_title_and_a_sentence_of_its_own(site):
    heads = {page: head(site, page) for page in pages(site) if page != "404.html"}
    for kind in ("title", "description"):
        said = [one[kind] for one in heads.values()]
        assert len(said) == len(set(said)), kind
    for page, one in heads.items():
        assert 50 <= len(one["description"]) <= 250, (page, one["description"])
        assert re.fullmatch(r"[A-Z].*[.”]", one["description"]), (page, one["description"])
        assert one["og:description"] == one["description"]
        assert one["og:title"] == one["title"]
        assert SITE in one["title"]


def test_a_chapter_has_the_number_of_its_figures(site):
    named = [entry for entry in NAV if isinstance(entry, dict)]
    chapters = [entry for entry in named if isinstance(next(iter(entry.values())), list)]
    seen = 0
    for number, entry in enumerate(chapters, 1):
        [(title, inside)] = entry.items()
        for page in inside:
            html = (site / page).with_suffix(".html").read_text("utf-8")
            figures = re.findall(r'class="worked-number"><a [^>]*>(?:Figure|Table) (\d+)\.', html)
            assert set(figures) <= {str(number)}, page
            seen += len(figures)
            above = re.search(r'<p class="site-chapter">(.*?)</p>\s*<h1', html)[1]
            assert re.sub(r"<[^>]+>", "", above).startswith(f"Chapter {number}"), page
            menu = re.findall(r'class="site-number">(\d+)</span> <span>([^<]+)<', html)
            assert (str(number), title) in menu
    assert seen > 100


def test_what_is_not_for_students_has_a_menu_of_its_own(site):
    for page in pages(site):
        html = (site / page).read_text("utf-8")
        menu = re.search(r'<nav class="[^"]*site-menu".*?</nav>', html, re.S)[0]
        links = re.findall(r'<a href="([^"]+)"', menu)
        about = [to for to in links if "contributing.html" in to or "about/" in to]
        if page.startswith("about/"):
            assert "Back to the notes" in menu
            assert not [to for to in links if "convolution/" in to]
        else:
            assert about == [], page
        assert re.search(r'site-footer.*?href="[^"]*contributing.html"', html, re.S)


def test_without_an_address_there_is_no_sitemap(site):
    assert not list(site.glob("sitemap.xml*"))
    assert 'rel="canonical"' not in (site / "index.html").read_text("utf-8")


SMALL = """
site_name: Small
site_url: !ENV [SITE_URL, ""]
use_directory_urls: false
hooks: [HOOK]
nav: [index.md, deep/page.md]
"""


def test_the_sitemap_names_every_page_where_the_site_will_stand(tmp_path):
    (tmp_path / "docs/deep").mkdir(parents=True)
    for page in ("index.md", "deep/page.md"):
        (tmp_path / "docs" / page).write_text("# Page\n")
    settings = SMALL.replace("HOOK", str(ROOT / "plugins/hooks/sitemap.py"))
    (tmp_path / "mkdocs.yml").write_text(settings)
    for address, wanted in (("https://example.org/notes", 2), ("", 0)):
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean"]
        env = {**os.environ, "SITE_URL": address, "NO_MKDOCS_2_WARNING": "1"}
        subprocess.run(command, cwd=tmp_path, env=env, check=True)
        sitemap = tmp_path / "site/sitemap.xml"
        found = ElementTree.parse(sitemap).findall(".//{*}loc") if sitemap.exists() else ()
        named = [one.text for one in found]
        assert len(named) == wanted
        assert all(one.startswith(address + "/") and one.endswith(".html") for one in named)


@pytest.fixture
def lost(site):
    """Serve the site as hosts do: what is not there is 404.html, at any depth."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args):
            super().__init__(*args, directory=str(site))

        def send_error(self, *_):
            self.send_response(404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((site / "404.html").read_bytes())

        def log_message(self, *_):
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_lost_reader_finds_the_way_by_search_at_any_depth(lost, browser):
    with browser.new_context() as context:
        page = context.new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{lost}/once/upon/a/time.html")
        assert "Not found" in page.inner_text("article h1")
        assert page.locator("article a", has_text="2 Convolution").count() == 1
        field = page.locator(".md-search__input")
        field.fill("overlapping pooling")
        field.press("End")
        found = page.locator(".md-search-result__item a").first
        found.wait_for()
        found.click()
        page.wait_for_url("**/nonlinearity/pooling.html*")
        assert page.inner_text("article h1").startswith("Pooling")
        assert errors == []
