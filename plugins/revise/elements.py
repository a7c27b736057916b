"""The custom elements of the review, and what a page with one of them loads."""

from pathlib import Path
from typing import Final

from mkdocs.utils import get_relative_url

FOLDER: Final = "assets"
"""Where in the site the files are"""
AREA: Final = "revise-area"
"""Shows the cards of its page one by one"""
DESK: Final = "revise-desk"
"""Shows those of the site that are due"""
QUESTION: Final = "revise-question"
"""Asks a question of its page again, with other numbers"""
PAPER: Final = "revise-paper"
"""Makes practice papers"""
_SHEET: Final = ("revise-parts.js", "revise-answers.js", "revise-sheet.js")
DECK: Final = f"{FOLDER}/revise-cards.js"
LOADED: Final = {
    AREA: ("revise-area.css", "revise-area.js"),
    QUESTION: ("revise-paper.css", *_SHEET, "revise-question.js"),
    PAPER: (
        *("revise-paper.css", "revise-questions.js", *_SHEET, "revise-drawing.js"),
        *("revise-plan.js", "revise-clock.js", "revise-marks.js", "revise-paper.js"),
    ),
    DESK: ("revise-desk.css", "revise-cards.js", "revise-desk.js"),
}
"""Names of files, in their order."""
_ASSETS: Final = Path(__file__).with_name("assets")


def served() -> list[Path]:
    """Give the files that the site gets, but for the deck, which it is made for."""
    return sorted(path for path in _ASSETS.iterdir() if path.suffix in (".css", ".js"))


def tags(element: str, url: str) -> str:
    """Load what an element needs, at the end of the text.

    Args:
        element: its name.
        url: the page's address, from the site's root.
    """
    loaded = []
    for name in LOADED[element]:
        to = get_relative_url(f"{FOLDER}/{name}", url)
        sheet = name.endswith(".css")
        loaded.append(
            f'<link rel="stylesheet" href="{to}">'
            if sheet
            else f'<script defer src="{to}"></script>'
        )
    return "\n" + "\n".join(loaded) + "\n"
