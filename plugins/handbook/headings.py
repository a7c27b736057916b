"""What stands at the head of a book, and at the head of each section."""

from html import escape

from handbook.book import Book
from handbook.markup import Element, parse


def title_page(book: Book) -> str:
    """Say what the book is, whose, and of which day."""
    home = escape(book.home)
    lines = [
        f'<p class="handbook-title">{escape(book.title)}</p>',
        f'<p class="handbook-about">{escape(book.description)}</p>',
        f'<p class="handbook-author">{escape(book.author)}</p>',
        f'<p class="handbook-rights">{book.rights}</p>',
        f'<p class="handbook-home"><a href="{home}">{home}</a></p>',
        f'<p class="handbook-date">{book.date:%Y-%m-%d}</p>',
    ]
    given = (True, book.description, book.author, book.rights, book.home, True)
    return "\n".join(line for line, there in zip(lines, given, strict=True) if there)


def number(heading: Element, said: str) -> None:
    """Put a section's number before its heading, in place."""
    span = parse(f'<span class="handbook-number">{said}</span>')[0]
    span.tail = f" {heading.text or ''}"
    heading.text = None
    heading.insert(0, span)
