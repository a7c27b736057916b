"""A whole book as one HTML document, to be printed."""

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Final

from handbook.binding import SCHEME
from handbook.book import Book, Section
from handbook.headings import number, title_page
from handbook.markup import elements, parse, write

STYLES: Final = Path(__file__).with_name("assets") / "handbook.css"
CONTENTS: Final = "handbook-contents"
COVER: Final = "handbook-cover"
# a switch of Chromium's would stop the script by which it prints
_NO_SCRIPT: Final = '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'
_WHOLE: Final = 12
"""So many lines stay on one page."""
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")


def front_html(book: Book, numbers: Mapping[str, str], words: Mapping[str, str]) -> str:
    """Write the cover and the contents; their links lead into the body.

    Args:
        book: what is printed.
        numbers: the body's page on which each section begins.
        words: what the plugin says.
    """
    return _document(
        book,
        "",
        f'<header class="handbook-cover" id="{COVER}">\n{title_page(book)}\n</header>\n'
        + _contents(book, numbers, words),
    )


def body_html(book: Book) -> str:
    """Write what is read: every section, in order, with headings as deep as it is.

    All addresses in it are seen from the site's root.  A hidden link to each section lets the
    printed page know it by its name.
    """
    sections = list(book.sections())
    links = "".join(f'<a href="#{section.anchor}"></a>' for section, _ in sections)
    text = "".join(_section(section, depth) for section, depth in sections)
    return _document(book, "".join(_pages(book)), f"<div hidden>{links}</div>\n{text}")


def _document(book: Book, rules: str, text: str) -> str:
    body = "".join(f' {name}="{escape(value)}"' for name, value in book.look.light())
    styles = "\n".join(book.look.styles)
    return (
        f'<!doctype html>\n<html lang="{escape(book.language)}">\n<head>\n<meta charset="utf-8">\n'
        f"{_NO_SCRIPT}\n"
        f"<title>{escape(book.title)}</title>\n{styles}\n"
        f"<style>\n{STYLES.read_text('utf-8')}{rules}</style>\n</head>\n"
        f'<body{body}>\n<main class="handbook {escape(book.look.content)}">\n{text}'
        "</main>\n</body>\n</html>\n"
    )


def _contents(book: Book, numbers: Mapping[str, str], words: Mapping[str, str]) -> str:
    entries = "".join(_entry(one, numbers) for one in book.chapters + book.appendices)
    title = escape(words["contents"])
    return (
        f'<nav class="handbook-contents" aria-labelledby="{CONTENTS}">\n'
        f'<h1 id="{CONTENTS}">{title}</h1>\n<ul>\n{entries}</ul>\n</nav>\n'
    )


def _entry(section: Section, numbers: Mapping[str, str]) -> str:
    below = "".join(_entry(child, numbers) for child in section.children)
    number = f'<span class="handbook-number">{section.number}</span> ' if section.number else ""
    page = numbers.get(section.anchor, "")
    return (
        f'<li><a href="{SCHEME}{section.anchor}"><span class="handbook-entry-title">{number}'
        f'{escape(section.title)}</span> <span class="handbook-page">{page}</span></a>'
        f"{f'<ul>{below}</ul>' if below else ''}</li>\n"
    )


def _section(section: Section, depth: int) -> str:
    """Write a section without those below it."""
    page = parse(section.html or f"<h1>{escape(section.title)}</h1>")
    for element in elements(page):
        if element.tag in _HEADINGS:
            if element.tag == "h1" and section.number:
                number(element, section.number)
            element.tag = f"h{min(len(_HEADINGS), int(str(element.tag)[1]) + depth - 1)}"
        elif element.tag == "pre" and "".join(element.itertext()).count("\n") <= _WHOLE:
            element.set("class", f"{element.get('class') or ''} handbook-whole".strip())
    kind = "handbook-chapter" if depth == 1 else "handbook-section"
    return (
        f'<section class="{kind} handbook-depth-{depth}" id="{section.anchor}" '
        f'style="page: {_page_name(_first_page(section))}">\n{write(page)}\n</section>\n'
    )


def _first_page(section: Section) -> Section:
    """Give the section that a section begins with: a mere title has no page of its own."""
    while not section.html and section.children:
        section = section.children[0]
    return section


def _pages(book: Book) -> Iterator[str]:
    """Give the rules for the pages of each section: what stands at their heads."""
    for chapter in book.chapters + book.appendices:
        for section, depth in chapter.walk():
            right = _quoted(_called(section)) if depth > 1 else "none"
            yield (
                f"@page {_page_name(section)} {{ counter-increment: handbook-page; "
                f"@top-left {{ content: {_quoted(_called(chapter))} }} "
                f"@top-right {{ content: {right} }} "
                "@bottom-center { content: counter(handbook-page) } }\n"
            )


def _called(section: Section) -> str:
    return f"{section.number}  {section.title}" if section.number else section.title


def _page_name(section: Section) -> str:
    """Name the pages of a section for CSS, in which any letter may be written as its number."""
    return "at-" + "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "-_") else f"u{ord(letter):x}"
        for letter in section.anchor
    )


def _quoted(text: str) -> str:
    """Write a text for CSS, in an HTML document."""
    return '"' + "".join(f"\\{ord(one):x} " if one in '"\\<&\n' else one for one in text) + '"'
