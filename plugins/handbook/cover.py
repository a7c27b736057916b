"""The cover of a book, for the shelf of an e-reader."""

import textwrap
from html import escape
from typing import Final

from handbook.book import Book

_WIDE, _HIGH, _LEFT = 600, 900, 60
_LETTERS: Final = 15
"""So many of the title stand in a line."""
_LARGEST, _LETTER = 62, 0.6
"""The size of the title, and how wide its letters are by that, about."""
_STYLE: Final = 'font-family="Helvetica, Arial, sans-serif" fill="#f4f5f7"'


def cover(book: Book) -> bytes:
    """Draw the cover as SVG: the title as large as its words allow, the author, the day."""
    lines = textwrap.wrap(book.title, _LETTERS) or [book.title]
    longest = max(map(len, lines), default=1) or 1
    size = min(_LARGEST, (_WIDE - 2 * _LEFT) / (longest * _LETTER), 480 / len(lines))
    title = "".join(
        f'<text x="{_LEFT}" y="{250 + place * size * 1.16:.0f}" font-size="{size:.1f}" '
        f'font-weight="700" {_STYLE}>{escape(line)}</text>\n'
        for place, line in enumerate(lines)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" '
        f'width="{_WIDE}" height="{_HIGH}">\n<title>{escape(book.title)}</title>\n'
        f'<rect width="{_WIDE}" height="{_HIGH}" fill="#20262e"/>\n'
        f'<rect x="{_LEFT}" y="150" width="90" height="8" fill="#e58fb3"/>\n{title}'
        f'<text x="{_LEFT}" y="800" font-size="26" {_STYLE}>{escape(book.author)}</text>\n'
        f'<text x="{_LEFT}" y="838" font-size="20" {_STYLE}>{book.date:%Y-%m-%d}</text>\n'
        "</svg>\n"
    ).encode()
