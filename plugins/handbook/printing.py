"""A book as a PDF: its body is printed first, and then the contents, which name its pages."""

from collections.abc import Mapping
from pathlib import Path

from handbook.binding import bound, is_tagged, page_numbers
from handbook.book import Book
from handbook.chromium import PrintError, print_html
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
    body = _tagged(body_html(book), site)
    front = _tagged(front_html(book, page_numbers(body), words), site)
    return bound(front, body, book)


def _tagged(html: str, site: Path) -> bytes:
    """Print a document; where Chromium's own process for it dies, it prints an empty page."""
    pdf = print_html(html, site)
    if not is_tagged(pdf):
        raise PrintError(
            "Chromium broke off and printed an empty page: a style sheet asks for more than it "
            "can lay out on paper; leave pages out by `exclude` to find where"
        )
    return pdf
