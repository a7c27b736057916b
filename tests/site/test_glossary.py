"""A term on a page leads to its entry in the glossary, and shows it without leaving the page."""

import re

import pytest

PAGE = "seeing/saliency.html"
LINK = 'article a[href$="exam/glossary.html#logits"]'
TIP = "#site-tip:not([hidden])"
ENTRY = "The scores before softmax."


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_entry_shows_when_its_link_has_the_focus(scheme, visit):
    opened = visit(PAGE, scheme=scheme)
    link = opened.page.locator(LINK).first
    link.focus()
    tip = opened.page.locator(TIP)
    tip.wait_for()
    assert tip.inner_text().strip() == ENTRY
    assert opened.errors == opened.foreign == []


def test_an_entry_shows_when_its_link_is_pointed_at(visit):
    page = visit(PAGE).page
    page.locator(LINK).first.hover()
    tip = page.locator(TIP)
    tip.wait_for()
    assert tip.inner_text().strip() == ENTRY


def test_a_link_arrives_at_its_entry_below_the_header(visit):
    page = visit(PAGE).page
    page.locator(LINK).first.click()
    term = page.locator("#logits")
    assert term.inner_text() == "logits"
    header = page.locator(".md-header").bounding_box()
    assert term.bounding_box()["y"] >= header["y"] + header["height"]


def test_every_link_to_an_entry_has_its_text(site):
    links = [
        (page.name, link)
        for page in site.rglob("*.html")
        for link in re.findall(r"<a [^>]*glossary\.html#[^>]*>", page.read_text(encoding="utf-8"))
        if page.name != "404.html"
    ]
    assert links
    assert [(name, link) for name, link in links if 'title="' not in link] == []
