"""Each page says how long it takes, what it needs and what comes next; lists are complete."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from mkdocs.utils.yaml import yaml_load

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def pages_of(entries):
    for entry in entries:
        inside = entry if isinstance(entry, str) else next(iter(entry.values()))
        yield from [inside] if isinstance(inside, str) else pages_of(inside)


ORDER = list(pages_of(yaml_load((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"]))
FRONT = re.compile(r"\A---\n(.*?)^---\n", re.S | re.M)


def says(page):
    found = FRONT.match((DOCS / page).read_text("utf-8"))
    return yaml.safe_load(found[1]) if found else {}


NOTES = [page for page in ORDER if "needs" in says(page)]


class Links(HTMLParser):
    """The addresses in an element of a class, and its text."""

    def __init__(self, html, name):
        super().__init__()
        self.found, self.text, self.inside, self.name = [], "", 0, name
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if attrs.get("class") == self.name or self.inside:
            self.inside += 1
            self.found += [attrs["href"]] if tag == "a" else []

    def handle_endtag(self, tag):
        self.inside = max(0, self.inside - 1)

    def handle_data(self, data):
        self.text += data * bool(self.inside)


def html(site, page):
    return (site / page).with_suffix(".html").read_text("utf-8")


def leads(page, to):
    return (
        (DOCS / page).parent.joinpath(to).resolve().relative_to(DOCS).with_suffix(".md").as_posix()
    )


@pytest.mark.parametrize("page", NOTES)
def test_a_page_says_at_its_top_how_long_it_takes_and_what_it_needs(page, site):
    top = Links(html(site, page), "site-reading")
    assert re.match(r"\d+ minutes?(, \d+ exercises)?\. Needs ", top.text)
    assert [leads(page, to) for to in top.found] == [leads(page, to) for to in says(page)["needs"]]
    _, _, below = html(site, page).partition("</h1>")
    assert below.lstrip().startswith('<p class="site-reading">')


@pytest.mark.parametrize("page", ORDER)
def test_a_page_leads_to_those_after_and_before(page, site):
    at = ORDER.index(page)
    foot = Links(html(site, page), "site-next")
    around = ORDER[at + 1 : at + 2] + ORDER[max(0, at - 1) : at]
    # what is not for students is no next page of theirs
    around = [one for one in around if one.startswith("about/") == page.startswith("about/")]
    assert [leads(page, to) for to in foot.found] == around
    if ORDER[at + 1 : at + 2] == around[:1] != [] and not page.endswith("index.md"):
        assert says(around[0]).get("description", "") in unescape(foot.text).replace("\xa0", " ")


def test_an_overview_adds_up_its_pages(site):
    for page in ORDER:
        if page.endswith("/index.md"):
            total = Links(html(site, page), "site-reading").text
            minutes = re.findall(r'class="site-minutes">(\d+) min', html(site, page))
            assert total.startswith(f"{len(minutes)} pages, {sum(map(int, minutes))} minutes, ")


def test_the_search_index_holds_none_of_this(site):
    docs = json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"]
    text = " ".join(entry["text"] for entry in docs)
    assert not re.search(r"\d+ minutes, \d+ exercises|Needs no other page", text)


NUMBERED = re.compile(
    r'<figcaption><span class="worked-number"><a [^>]*>((?:Figure|Table) [\d.]+)\.</a></span>'
)


def test_every_numbered_figure_and_table_is_listed_once_in_order(site):
    listed = html(site, "exam/figures.md")
    entries = re.findall(r'<li><a href="([^"]+)#([\w-]+)">([^<]+)</a>: (.*)</li>', listed)
    there = []
    for page in ORDER:
        content = html(site, page)
        there += NUMBERED.findall(content)
        for to, label, name, _ in entries:
            if leads("exam/figures.md", to) == page:
                figure = content[content.index(f'id="{label}"') :]
                assert NUMBERED.search(figure)[1] == name
    assert [name for _, _, name, _ in entries] == there
    assert len(there) > 100
    assert all(caption for *_, caption in entries)
    assert not re.search(r"<(?:a|sup)\b", "".join(caption for *_, caption in entries))


def test_in_print_the_needs_stand_and_what_is_next_does_not(visit):
    page = visit("convolution/channels.html", java_script_enabled=False).page
    page.emulate_media(media="print")
    assert page.locator(".site-reading").is_visible()
    assert not page.locator(".site-next").is_visible()


def test_the_drawings_of_an_overview_stand_beside_their_pages_on_a_small_phone(visit):
    page = visit("training/index.html", size="phone").page
    page.set_viewport_size({"width": 320, "height": 640})
    entries = page.locator(".site-entry").all()
    assert len(entries) == 7
    for entry in entries:
        drawing, text = (
            entry.locator("svg[role=img]").bounding_box(),
            entry.locator("> p").bounding_box(),
        )
        assert drawing["width"] >= 80
        assert drawing["x"] + drawing["width"] <= text["x"]
        assert text["width"] > 150
