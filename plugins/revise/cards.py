"""A card, and the cards of a finished page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

PREFIX: Final = "card-"
"""What the id of a card's element begins with."""
_OPENING: Final = re.compile(
    r'<details(?=[^>]*\sclass="?card[">\s])(?=[^>]*\sid="?card-(?P<id>[\w-]+))[^>]*>\s*'
    r"<summary>(?P<question>.*?)</summary>",
    re.S,
)
_BOX: Final = re.compile(r"<(?P<end>/?)details\b")
_PERMALINK: Final = re.compile(r'<a class="headerlink"[^>]*>[^<]*</a>')


@dataclass(frozen=True, slots=True)
class CardText:
    """A question and its answer, as HTML."""

    id: str
    """Unique in the site; that of its element begins with `card-`."""
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class PageOfCards:
    """A page that has cards."""

    url: str
    """From the site's root"""
    title: str
    """As HTML"""
    chapter: str
    """The title of the navigation's top section that holds it; empty where none does."""
    minutes: int
    """How long it takes to read"""


@dataclass(frozen=True, slots=True)
class Card:
    """A card of the site."""

    id: str
    page: str
    """The address of its page, from the site's root."""
    chapter: str
    question: str
    answer: str


def cards_in(html: str) -> Iterator[CardText]:
    """Read the cards of a page, in their order."""
    for opening in _OPENING.finditer(html):
        answer = html[opening.end() : _closing(html, opening.end())]
        yield CardText(
            opening["id"], opening["question"].strip(), _PERMALINK.sub("", answer).strip()
        )


def _closing(html: str, start: int) -> int:
    """Find where the box ends in which a place is; boxes may stand in it."""
    depth = 1
    for tag in _BOX.finditer(html, start):
        depth += -1 if tag["end"] else 1
        if depth == 0:
            return tag.start()
    return len(html)
