"""Ten times as many cards are ten times the work, and no more."""

import sys
from pathlib import Path

from revise.anki import anki_deck
from revise.boxes import boxes_in
from revise.cards import Card, PageOfCards, cards_in
from revise.checking import remarks, wrong_ids
from revise.course import Course
from revise.csvfile import card_table
from revise.deck import Gathered
from revise.elsewhere import Carrier
from revise.listing import card_list
from revise.script import deck_script

FEW, MANY, ON_A_PAGE = 200, 2000, 10


def site(count):
    """Give the pages of a site in Markdown and in HTML."""
    markdown, html = {}, {}
    for number in range(0, count, ON_A_PAGE):
        names = [f"c{number + n}" for n in range(ON_A_PAGE)]
        url = f"p{number}.html"
        markdown[url] = "".join(f'??? card {one} "Why {one}?"\n\n    So.\n\n' for one in names)
        html[url] = "".join(
            f'<details class="card" id="card-{one}"><summary>Why {one}?</summary>\n'
            '<p>See <a href="p0.html">there</a>.</p></details>\n'
            for one in names
        )
    return markdown, html


def work(count):
    """Do all that a build does with cards, and count the calls of functions."""
    markdown, html = site(count)
    calls = 0

    def called(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        boxes = [box for url, text in markdown.items() for box in boxes_in(text, url, ("card",))]
        assert [*wrong_ids(boxes, ()), *remarks(boxes)] == []
        gathered = Gathered()
        for url, text in html.items():
            cards = tuple(
                Card(one.id, url, "C", one.question, one.answer) for one in cards_in(text)
            )
            gathered.pages[url] = PageOfCards(url, url, "C", 1)
            gathered.cards[url] = gathered.sources[url] = cards
        deck = gathered.deck([*html])
        assert len(deck.cards) == count
        deck_script(deck.pages, deck.cards, lambda page, to: to)
        card_list(deck.pages, deck.cards, lambda to: to, "Others")
        carrier = Carrier("https://example.org", Path(), {})
        card_table(deck.sources, carrier)
        anki_deck(deck.sources, carrier, Course("k", "T", 0, {}))
    finally:
        sys.setprofile(None)
    return calls / count


def test_the_work_for_a_card_does_not_grow_with_their_number():
    work(ON_A_PAGE)  # what is compiled and imported once
    assert work(MANY) < 1.05 * work(FEW)
