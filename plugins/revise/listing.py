"""All cards by chapter: what readers without JavaScript have of the page Revise."""

from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby
from typing import Final

from revise.cards import PREFIX, Card
from revise.script import PageOfCards

SLOT: Final = "<!-- revise: cards -->"
"""What an author writes where the list is to stand."""


def card_list(
    pages: Sequence[PageOfCards], cards: Sequence[Card], link: Callable[[str], str]
) -> str:
    """Write the list: chapters, their pages, and the questions with links to the cards.

    Args:
        pages: in the order of the navigation.
        cards: in that order too.
        link: from an address below the site's root to the same seen from the page of the list.
    """
    lines = []
    for chapter, some in groupby(pages, lambda page: page.chapter):
        inner = "\n".join(_page(page, cards, link) for page in some)
        title = escape(chapter or "Other pages")
        lines.append(
            f'<details class="revise-chapter"><summary>{title}</summary>\n{inner}</details>'
        )
    return "\n".join(lines)


def _page(page: PageOfCards, cards: Sequence[Card], link: Callable[[str], str]) -> str:
    questions = "\n".join(
        f'<li><a href="{link(f"{page.url}#{PREFIX}{card.id}")}">{card.question}</a></li>'
        for card in cards
        if card.page == page.url
    )
    return f'<p><a href="{link(page.url)}">{page.title}</a></p>\n<ul>\n{questions}\n</ul>\n'
