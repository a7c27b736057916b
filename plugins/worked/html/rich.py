"""Markdown that an object says of itself, to clean HTML."""

from markdown import Markdown

from worked.html.outputs import rich_html
from worked.markup import UncleanError, clean_html


class UnconvertedError(ValueError):
    """Markdown that is too much for its converter, or becomes HTML that is."""


def markdown_html(source: str) -> str:
    """Convert Markdown whose length and depth have been checked (`worked.page.excess`).

    Raises:
        UnconvertedError: it is too deep all the same, or becomes too much HTML.
    """
    try:
        return rich_html(clean_html(Markdown(extensions=["tables"]).convert(source)))
    except (RecursionError, MemoryError) as error:
        raise UnconvertedError("an object's Markdown is nested too deeply") from error
    except UncleanError as error:
        raise UnconvertedError(f"an object's Markdown becomes {error}") from error
