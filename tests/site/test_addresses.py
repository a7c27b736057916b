"""Figures, tables, cards and exercises have addresses, and what is folded there unfolds."""

import re
from collections import Counter

import pytest

ID = re.compile(r'<details [^>]*\bid="([^"]+)"')
BOX = re.compile(r'<details[^>]* class="(?:card|check)\b[^>]*>')
PRACTISED = re.compile(r"<revise-question\b.*?</revise-question>", re.S)
"""A question of a page of practice: what is folded there is its answer."""
NUMBER = re.compile(r'<figcaption><span class="worked-number">(.*?)</span>')
PAGE = "nonlinearity/pooling.html"


@pytest.fixture(scope="module")
def pages(site):
    """Read the notes: name -> HTML."""
    return {
        path.relative_to(site).as_posix(): path.read_text("utf-8")
        for path in site.rglob("*.html")
        if path.parent.name != "about"
    }


def test_every_card_and_exercise_has_an_address_that_is_linked_at_its_end(pages):
    linked = 0
    for name, html in pages.items():
        for box in BOX.findall(PRACTISED.sub("", html)):
            at = ID.match(box)
            assert at, (name, box)
            assert html.count(f'<a class="headerlink" href="#{at[1]}"') == 1, (name, at[1])
            linked += 1
    assert linked > 500


def test_a_question_of_practice_has_the_address_of_its_place(pages):
    asked = 0
    for name, html in pages.items():
        times = len(PRACTISED.findall(html))
        assert html.count('id="question-') == times, name
        asked += times
    assert asked > 50


def test_addresses_of_questions_are_unique_in_the_site(pages):
    ids = Counter(at for html in pages.values() for at in ID.findall(html))
    assert {at: times for at, times in ids.items() if times > 1} == {}


def test_the_address_of_an_exercise_holds_no_computed_number(pages):
    named = re.findall(r' id="(check-[^"]+)"', "".join(pages.values()))
    assert named
    assert [at for at in named if re.search(r"-\d", at)] == []


def test_the_number_of_a_caption_is_a_link_to_what_it_numbers(pages):
    for name, html in pages.items():
        for number in NUMBER.findall(html):
            to = re.fullmatch(r'<a href="#([\w-]+)">(?:Figure|Table) [\d.]+</a>', number)
            assert to, (name, number)
            assert f'id="{to[1]}"' in html


@pytest.mark.parametrize("at", ["card-pool-stride", "check-find-the-bug-somebody-pools-with"])
def test_opening_an_address_unfolds_what_is_there(at, visit):
    seen = visit(PAGE)
    at = seen.page.evaluate("at => document.querySelector(`[id^=${at}]`).id", at)
    seen.page.goto("about:blank")
    seen.open(f"{PAGE}#{at}")
    seen.page.locator(f"#{at}[open] > p").first.wait_for()
    box, header = (seen.page.locator(one).bounding_box() for one in (f"#{at}", ".md-header"))
    assert box["y"] >= header["y"] + header["height"]
    assert seen.errors == seen.foreign == []


def test_without_javascript_an_address_leads_to_the_question(visit):
    seen = visit(f"{PAGE}#card-pool-stride", java_script_enabled=False)
    question = seen.page.locator("#card-pool-stride > summary")
    box = question.bounding_box()
    assert 0 <= box["y"] < seen.page.viewport_size["height"]
