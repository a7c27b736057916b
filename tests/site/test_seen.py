"""A tip is seen."""

import pytest


def test_a_tip_is_large_enough_to_read(visit):
    page = visit("seeing/saliency.html").page
    page.locator('article a[href$="exam/glossary.html#logits"]').first.focus()
    page.locator("#site-tip:not([hidden])").wait_for()
    size = "getComputedStyle(document.querySelector('#site-tip')).fontSize"
    assert float(page.evaluate(size).removesuffix("px")) >= 12


TERM = 'article a[href$="exam/glossary.html#logits"]'
TIP = "#site-tip:not([hidden])"


def test_a_tip_stays_for_a_pointer_and_goes_by_escape(visit):
    page = visit("seeing/saliency.html").page
    term, tip = page.locator(TERM).first, page.locator(TIP)
    said = term.get_attribute("title")
    term.hover()
    tip.wait_for()
    assert tip.inner_text() == said
    assert term.get_attribute("aria-describedby") == "site-tip"
    box = tip.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
    page.wait_for_timeout(300)
    assert tip.is_visible()
    page.keyboard.press("Escape")
    tip.wait_for(state="detached")
    assert term.get_attribute("title") == said
    assert term.get_attribute("aria-describedby") is None
    page.mouse.move(5, 5)
    term.hover()
    tip.wait_for()
    page.mouse.move(5, 5)
    tip.wait_for(state="detached")


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_tip_lies_in_the_window_beside_what_it_is_of(size, visit):
    page = visit("seeing/saliency.html", size=size).page
    width = page.viewport_size["width"]
    hosts = page.query_selector_all("article abbr[title], article p a[title]")
    assert len(hosts) > 4
    for host in hosts[:8]:
        host.focus()
        tip = page.locator(TIP)
        tip.wait_for()
        box, of = tip.bounding_box(), page.locator("[aria-describedby=site-tip]").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        gaps = box["y"] - of["y"] - of["height"], of["y"] - box["y"] - box["height"]
        assert any(0 <= gap <= 10 for gap in gaps), gaps


def test_an_abbreviation_is_reached_by_the_keyboard(visit):
    page = visit("seeing/saliency.html").page
    short = page.locator("article abbr").first
    said = short.get_attribute("title")
    page.wait_for_function("document.querySelector('article abbr').tabIndex === 0")
    short.focus()
    assert page.locator(TIP).inner_text() == said
