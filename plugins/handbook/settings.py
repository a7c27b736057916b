"""What a site sets."""

import os
from typing import Final

from mkdocs.config import config_options as option
from mkdocs.config.base import BaseConfigOption, Config, ValidationError

from handbook.book import FATES, Fate

ASKED: Final = "HANDBOOK"
"""The environment variable that names formats"""
FORMATS: Final = ("zip", "pdf", "epub")
WORDS: Final = {
    "contents": "Contents",
    "answers": "Answers",
    "answers-link": "Answer",
    "appendix": "Code",
    "appendix-link": "Code",
    "cover": "Cover",
    "accessible": (
        "Formulas are MathML, drawings are SVG with alternative texts; the contents, the headings "
        "and all links can be followed."
    ),
    "offer": "To take away:",
    "zip": "these pages in a folder, to read without a network (zip)",
    "pdf": "a book to print (PDF)",
    "epub": "a book for an e-reader (EPUB)",
}


class Formats(BaseConfigOption[list[str]]):
    """Words in a list, or in one text; where a site says nothing, those of the environment."""

    def run_validation(self, value: object) -> list[str]:
        """Give the formats, each once.

        Raises:
            ValidationError: for one that there is not.
        """
        if value is None:
            value = os.environ.get(ASKED, "")
        said = value.replace(",", " ").split() if isinstance(value, str) else value or []
        if not isinstance(said, list):
            raise ValidationError(f"a list of formats is expected, not {said!r}")
        for one in said:
            if one not in FORMATS:
                raise ValidationError(f"{one!r} is none of {', '.join(FORMATS)}")
        return [one for one in FORMATS if one in said]


class Settings(Config):  # type: ignore[no-untyped-call]
    """The options of the plugin."""

    formats = Formats()
    """What is built: nothing, unless it is asked for, here or by `HANDBOOK`"""
    folder = option.Type(str, default="files")
    """Where in the site the files are"""
    name = option.Optional(option.Type(str))
    """What files are called, without their endings; else the site's name says it"""
    exclude = option.ListOfItems(option.Type(str), default=[])
    """Patterns of pages that are not in the book; the zip has all"""
    unpacked = option.ListOfItems(option.Type(str), default=[])
    """Patterns of paths in the built site that are not in the zip, with the links to them"""
    without = option.ListOfItems(option.Type(str), default=[])
    """What is not in the book: classes of elements, and names of custom elements"""
    numbered = option.Type(bool, default=True)
    """Whether chapters, the sections at the top of the navigation, have numbers"""
    folded = option.DictOfItems(option.Choice(FATES), default={})
    """What becomes of boxes that unfold, by their classes"""
    epub_styles = option.ListOfItems(option.Type(str), default=[])
    """Style sheets of the site for e-readers, after the plugin's own"""
    words = option.DictOfItems(option.Type(str), default={})
    """Words that the plugin writes, for a book in another language"""

    def fates(self) -> dict[str, Fate]:
        """Give what becomes of boxes, by class."""
        return dict(self.folded)

    def said(self) -> dict[str, str]:
        """Give all words, the site's own before the plugin's."""
        return {**WORDS, **self.words}
