"""What a reader does with a page: search, switch the scheme, unfold, go on."""

import re

import pytest

from opened_from import OVER


def results(page, words):
    field = page.locator(".md-search__input")
    field.fill(words)
    field.press("End")  # the theme looks when a key is let go: once, for all words
    found = page.locator(".md-search-result__item")
    found.first.wait_for()
    return found


@OVER
@pytest.mark.parametrize("words", ["cross-entropy", "2.0351"])
def test_search_finds_words_and_computed_numbers(over, words, visit):
    opened = visit("index.html", over=over)
    page = opened.page
    page.locator(".md-search__input").click()
    found = results(page, words).all_inner_texts()
    assert any("Softmax and cross-entropy" in text for text in found)
    assert opened.errors == []
    assert opened.foreign == []


def test_what_search_finds_can_be_opened_from_a_folder(visit):
    page = visit("convolution/correlation.html").page
    page.locator(".md-search__input").click()
    results(page, "overlapping pooling").first.locator("a").first.click()
    page.wait_for_url("**/nonlinearity/pooling.html*")


def test_search_works_on_a_phone(visit):
    page = visit("index.html", size="phone").page
    page.get_by_role("button", name="Search", exact=True).click()
    assert results(page, "pooling").count()


def test_the_scheme_can_be_switched_and_is_remembered(visit):
    opened = visit("index.html", over="http")
    page = opened.page
    seen = set()
    for _ in range(3):
        seen.add(page.evaluate("document.body.dataset.mdColorScheme"))
        page.locator(".md-header__option label:visible").click()
    assert seen == {"default", "slate"}
    page.locator(".md-header__option label:visible").click()
    chosen = page.evaluate("document.body.dataset.mdColorScheme")
    opened.open("nonlinearity/pooling.html")
    assert page.evaluate("document.body.dataset.mdColorScheme") == chosen


def test_a_card_unfolds_by_keyboard(visit):
    page = visit("nonlinearity/pooling.html").page
    page.locator(".revise-list > summary").focus()
    page.keyboard.press("Enter")
    card = page.locator("details.card").first
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    assert card.get_attribute("open") is not None


def test_the_first_tab_offers_to_skip_the_navigation(visit):
    page = visit("nonlinearity/pooling.html").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.md-skip')")


def test_the_navigation_of_a_phone_leads_to_every_page(visit):
    page = visit("index.html", size="phone").page
    page.get_by_role("button", name="Menu", exact=True).click()
    page.locator(".site-menu summary", has_text=re.compile(r"^\s*2\s+Convolution\s*$")).click()
    page.get_by_role("link", name="Output size").first.click()
    page.wait_for_url("**/convolution/output-size.html")
