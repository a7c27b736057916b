"""A book as a PDF: its body is printed first, and then the contents, which name its pages."""

from collections.abc import Mapping
from pathlib import Path

from handbook.binding import bound, page_numbers
from handbook.book import Book
from handbook.chromium import print_html
from handbook.joined import body_html, front_html


def printed(book: Book, site: Path, words: Mapping[str, str]) -> bytes:
    """Print a book.

    Args:
        book: without boxes that have to be unfolded.
        site: the built site, whose style sheets and pictures it uses.
        words: what the plugin says.

    Raises:
        PrintError: where Chromium is missing, or does not print.
    """
    body = print_html(body_html(book), site)
    front = print_html(front_html(book, page_numbers(body), words), site)
    return bound(front, body, book)
