"""What the page Revise loads: all cards, and the pages they are from."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Final

from revise.cards import Card, PageOfCards

VERSION: Final = 1
_LINK: Final = re.compile(r'(?P<before><(?:a\b[^>]*?\bhref|img\b[^>]*?\bsrc)=")(?P<to>[^"]*)')
_ID: Final = re.compile(r'(<(?:a|sup|li|p|span|h\d)\b[^>]*?)\sid="[^"]*"')
"""Of what cards of two pages may have: what drawings refer to is unique in the site"""


def deck_script(
    pages: Sequence[PageOfCards], cards: Sequence[Card], link: Callable[[str, str], str]
) -> str:
    """Write the script that gives a browser all cards, also without a server.

    Args:
        pages: in the order of the navigation.
        cards: in that order too.
        link: of a page's address and where a link on it leads, to the same place seen from the
            page that loads the script.
    """
    numbers = {page.url: number for number, page in enumerate(pages)}

    def moved(html: str, page: str) -> str:
        html = _ID.sub(r"\1", html)
        return _LINK.sub(lambda found: found["before"] + link(page, found["to"]), html)

    said = {
        "version": VERSION,
        "pages": [asdict(page) for page in pages],
        "cards": [
            {
                "id": card.id,
                "page": numbers[card.page],
                "question": moved(card.question, card.page),
                "answer": moved(card.answer, card.page),
            }
            for card in cards
        ],
    }
    data = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.reviseCards = {data}\n"
