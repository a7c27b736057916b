"""What is gathered from the pages of a site, in the order of its navigation."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from revise.cards import PREFIX, Card, PageOfCards


@dataclass(frozen=True, slots=True)
class Deck:
    """The cards of a site, once all pages are finished."""

    pages: tuple[PageOfCards, ...]
    cards: tuple[Card, ...]
    """As readers see them"""
    sources: tuple[Card, ...]
    """The same, with `data-tex` for formulas"""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Takes what the pages hold, in whatever order they come."""

    pages: dict[str, PageOfCards] = field(default_factory=dict)
    """By their addresses"""
    cards: dict[str, tuple[Card, ...]] = field(default_factory=dict)
    sources: dict[str, tuple[Card, ...]] = field(default_factory=dict)

    def first(self) -> dict[str, tuple[int, str]]:
        """Say of each page how many cards it has, and the id of the first one's element."""
        return {url: (len(some), f"{PREFIX}{some[0].id}") for url, some in self.cards.items()}

    def deck(self, order: Sequence[str]) -> Deck:
        """Put everything in order.

        Args:
            order: addresses of pages; those that are not among them come last.
        """
        places = {url: number for number, url in enumerate(order)}
        urls = sorted(self.pages, key=lambda url: places.get(url, len(places)))
        return Deck(
            tuple(self.pages[url] for url in urls),
            tuple(card for url in urls for card in self.cards[url]),
            tuple(card for url in urls for card in self.sources[url]),
        )
