"""The cards as a deck for Anki: `cards.apkg`.

A note is known by the site's name and the card's id: importing a newer deck mends what has changed
and keeps what the reader's own Anki has noted of each card.
"""

import hashlib
import io
import itertools
import json
import sqlite3
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from html import escape
from typing import Final

import genanki

from revise.cards import PREFIX, Card
from revise.course import Course
from revise.elsewhere import Carrier, absolute

MODEL: Final = 1_747_202_611
"""Anki's number for the kind of these notes; it never changes"""
_FIELDS: Final = ("Question", "Answer", "Source", "Id")
_FRONT: Final = '<div class="question">{{Question}}</div>'
_BACK: Final = (
    '{{FrontSide}}<hr id="answer">{{Answer}}{{#Source}}<p class="source">{{Source}}</p>{{/Source}}'
)
_STYLE: Final = """\
.card { font: 1.25rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 1rem auto; }
.card img { max-width: 100%; height: auto; }
.card table { border-collapse: collapse; margin: auto; }
.card td, .card th { padding: .2em .6em; border: 1px solid #8888; }
.source { font-size: .8rem; margin-top: 2rem; }
"""
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)


def anki_deck(cards: Sequence[Card], carrier: Carrier, course: Course) -> bytes:
    """Write the deck; equal cards at an equal time give equal bytes.

    Args:
        cards: with `data-tex` for formulas, in the order in which they are learned.
        carrier: makes them fit, and keeps their pictures.
        course: whose they are.
    """
    model = genanki.Model(
        MODEL,
        "Revise",
        fields=[{"name": name} for name in _FIELDS],
        templates=[{"name": "Card", "qfmt": _FRONT, "afmt": _BACK}],
        css=_STYLE,
    )
    decks: dict[str, genanki.Deck] = {}
    for number, card in enumerate(cards):
        if card.chapter not in decks:
            decks[card.chapter] = _deck(card.chapter, course)
        decks[card.chapter].add_note(
            genanki.Note(
                model,
                [
                    carrier.carried(card.question, card.page),
                    carrier.carried(card.answer, card.page),
                    _source(card, carrier, course),
                    card.id,
                ],
                guid=_known_by(course.key, card.id, 1 << 62).to_bytes(8).hex(),
                due=number,
            )
        )
    return _zipped(_database([*decks.values()], course.timestamp), carrier.media)


def _deck(chapter: str, course: Course) -> genanki.Deck:
    parts = (part.replace("::", ": ") for part in (course.title, chapter) if part)
    # Anki's numbers are those of milliseconds since 1970; small ones are its own
    return genanki.Deck((1 << 30) + _known_by(course.key, chapter, 1 << 30), "::".join(parts))


def _known_by(key: str, name: str, below: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{key}\n{name}".encode()).digest()) % below


def _source(card: Card, carrier: Carrier, course: Course) -> str:
    link = absolute(f"#{PREFIX}{card.id}", card.page, carrier.site)
    return f'<a href="{escape(link)}">{course.titles.get(card.page, link)}</a>' if link else ""


def _database(decks: list[genanki.Deck], timestamp: int) -> bytes:
    """Let genanki write its tables: into memory, as its own files have a name by chance."""
    with closing(sqlite3.connect(":memory:")) as connection, warnings.catch_warnings():
        # it takes names of elements with a hyphen for a mistake
        warnings.filterwarnings("ignore", message="Field contained the following invalid HTML")
        package = genanki.Package(decks)
        package.write_to_db(connection.cursor(), timestamp, itertools.count(timestamp * 1000))
        connection.commit()
        return connection.serialize()


def _zipped(database: bytes, media: Mapping[str, bytes]) -> bytes:
    packed, names = io.BytesIO(), sorted(media)
    files = {"collection.anki2": database, "media": json.dumps(dict(enumerate(names))).encode()}
    files |= {str(number): media[name] for number, name in enumerate(names)}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # the same on every system
            package.writestr(entry, content)
    return packed.getvalue()
