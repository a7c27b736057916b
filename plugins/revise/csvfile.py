"""The cards as a table of plain text: `cards.csv`, for a spreadsheet or another program."""

import csv
import io
from collections.abc import Sequence
from typing import Final

from revise.cards import PREFIX, Card
from revise.elsewhere import Carrier, absolute, plain

HEADER: Final = ("id", "chapter", "question", "answer", "link")


def card_table(cards: Sequence[Card], carrier: Carrier) -> bytes:
    """Write the table, in UTF-8.

    Args:
        cards: with `data-tex` for formulas.
        carrier: makes them fit.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")  # RFC 4180
    writer.writerow(HEADER)
    for card in cards:
        sides = (plain(carrier.carried(one, card.page)) for one in (card.question, card.answer))
        link = absolute(f"#{PREFIX}{card.id}", card.page, carrier.site)
        writer.writerow((card.id, card.chapter, *sides, link))
    return text.getvalue().encode("utf-8")
