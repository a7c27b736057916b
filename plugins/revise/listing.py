"""All cards by chapter: what readers without JavaScript have of the page Revise."""

import re
from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby
from typing import Final

from revise.cards import PREFIX, Card, PageOfCards

_LINKS: Final = re.compile(r'</?a\b[^>]*>|(?<=\w)\sid="[^"]*"')
SLOT: Final = "<!-- revise: cards -->"
"""What an author writes where the list is to stand."""


def card_list(
    pages: Sequence[PageOfCards],
    cards: Sequence[Card],
    link: Callable[[str], str],
    chapterless: str,
) -> str:
    """Write the list: chapters, their pages, and the questions with links to the cards.

    Args:
        pages: in the order of the navigation.
        cards: in that order too.
        link: from an address below the site's root to the same seen from the page of the list.
        chapterless: what stands for a chapter over pages that have none.
    """
    of_page: dict[str, list[Card]] = {}
    for card in cards:
        of_page.setdefault(card.page, []).append(card)
    lines = []
    for chapter, some in groupby(pages, lambda page: page.chapter):
        inner = "\n".join(_page(page, of_page[page.url], link) for page in some)
        title = escape(chapter or chapterless)
        lines.append(
            f'<details class="revise-chapter"><summary>{title}</summary>\n{inner}</details>'
        )
    return "\n".join(lines)


def _page(page: PageOfCards, cards: Sequence[Card], link: Callable[[str], str]) -> str:
    targets = (link(f"{page.url}#{PREFIX}{card.id}") for card in cards)
    asked = (_LINKS.sub("", card.question) for card in cards)
    questions = "\n".join(
        f'<li><a href="{to}">{text}</a></li>' for to, text in zip(targets, asked, strict=True)
    )
    return f'<p><a href="{link(page.url)}">{page.title}</a></p>\n<ul>\n{questions}\n</ul>\n'
