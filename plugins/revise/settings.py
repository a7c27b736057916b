"""What a site sets."""

from typing import Final

from mkdocs.config import config_options as option
from mkdocs.config.base import Config

WORDS: Final = {
    "apkg": "a deck for Anki",
    "chapterless": "Other pages",
    "csv": "a table for other programs (CSV)",
    "offer": "The cards to take away:",
}


class Settings(Config):  # type: ignore[no-untyped-call]
    """The options of the plugin."""

    name = option.Optional(option.Type(str))
    """Under which browsers and Anki keep what a reader knows; else the site's name says it"""
    exercises = option.ListOfItems(option.Type(str), default=[])
    """Boxes that hold a question and its answer and are no cards: they get addresses too"""
    files = option.Type(bool, default=True)
    """Whether a build writes the deck for Anki and the table"""
    folder = option.Type(str, default="files")
    """Where in the site they are"""
    words = option.DictOfItems(option.Type(str), default={})
    """Words that the plugin writes, for a site in another language"""

    def said(self) -> dict[str, str]:
        """Give all words, the site's own before the plugin's."""
        return {**WORDS, **self.words}
