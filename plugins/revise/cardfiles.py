"""The files of cards to take away, kept from one build to the next."""

import base64
import json
import os
from collections.abc import Sequence
from dataclasses import astuple
from importlib.metadata import version
from importlib.util import find_spec
from typing import Final

from revise.cards import Card
from revise.course import Course
from revise.csvfile import card_table
from revise.elsewhere import Carrier
from worked.hosts.handed import Recall, code_digest

DECK_FILE: Final = "cards.apkg"
"""The deck, where what writes it is installed."""


def card_files(
    cards: Sequence[Card], carrier: Carrier, course: Course, recall: Recall
) -> dict[str, bytes]:
    """Write the table, and the deck where what writes it is installed; what is kept is not.

    Args:
        cards: with `data-tex` for formulas, in the order in which they are learned.
        carrier: makes them fit, and keeps their pictures.
        course: whose they are.
        recall: gives the text that an earlier build has made of the same.

    Returns:
        Name of a file -> what is in it.
    """
    has_deck = find_spec("genanki") is not None

    def make() -> str:
        files = {"cards.csv": card_table(cards, carrier)}
        if has_deck:
            from revise.anki import anki_deck  # which takes longer to load than all else here

            files[DECK_FILE] = anki_deck(cards, carrier, course)
        coded = {name: base64.b85encode(content).decode() for name, content in files.items()}
        return json.dumps(coded)

    own = code_digest("revise")
    sources = [repr(astuple(card)) for card in cards]
    is_dated = "SOURCE_DATE_EPOCH" in os.environ  # else every build has another time
    if not own or not is_dated or any("<img" in source for source in sources):  # files change
        text = make()
    else:
        deck = version("genanki") if has_deck else ""
        about = [carrier.site, repr(sorted(carrier.colours.items())), repr(astuple(course))]
        text = recall(("card files", own, deck, *about, *sources), make)
    return {name: base64.b85decode(coded) for name, coded in sorted(json.loads(text).items())}
