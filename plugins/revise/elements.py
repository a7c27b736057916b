"""The custom elements of the review, and what a page with one of them loads."""

import re
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
DECK: Final = f"{FOLDER}/revise-cards.js"
LOADED: Final = {
    AREA: ("revise-area.css", "revise-area.js"),
    QUESTION: ("revise-paper.css", "revise-question.js"),
    PAPER: ("revise-paper.css", "revise-questions.js", "revise-paper.js"),
    DESK: ("revise-desk.css", "revise-cards.js", "revise-desk.js"),
}
"""Names of files, in their order."""
_SHEET: Final = ("revise-paper-parts.js", "revise-paper-answers.js", "revise-paper-sheet.js")
_SHEETS: Final = ("revise.css", "revise-session.css")
_SCRIPTS: Final = (
    "revise-make.js",
    "revise-scheduler.js",
    "revise-log.js",
    "revise-store.js",
    "revise-due.js",
    "revise-clock.js",
    "revise-session.js",
)
_JOINED: Final = {
    "revise-question.js": _SHEET,
    "revise-paper.js": (
        *(*_SHEET, "revise-paper-drawing.js", "revise-paper-plan.js", "revise-paper-clock.js"),
        "revise-paper-marks.js",
    ),
    "revise-area.css": _SHEETS,
    "revise-area.js": _SCRIPTS,
    "revise-desk.css": (*_SHEETS, "revise-chapters.css"),
    "revise-desk.js": (*_SCRIPTS, "revise-plan.js", "revise-chapters.js", "revise-keep.js"),
}
"""Sources that a file begins with: a page asks for one script and one sheet, not for nine."""
_LATER: Final = """<script>(function(d){\
function go(){var l=d.createElement("link"),e=d.createElement("script");\
l.rel="stylesheet";l.href="%s";e.src="%s";l.onload=function(){d.head.append(e)};d.head.append(l)}\
location.hash?go():addEventListener("load",function(){setTimeout(go,2e3)})\
})(document)</script>"""
"""Loads a style sheet, then a script, when the page has stood for a while, or at once where an
address leads into it: cards stand at its end, and who opens a page is not to wait for them."""
_ASSETS: Final = Path(__file__).with_name("assets")
_HEAD: Final = re.compile(r"\A\s*/\*.*?\*/\s*", re.S)
_LINE: Final = re.compile(r"^[ \t]*//.*\n", re.M)


def served() -> dict[str, str]:
    """Give the files that the site gets, but for the deck, which it is made for: name -> text."""
    parts = {part for some in _JOINED.values() for part in some}
    names = sorted(path.name for path in _ASSETS.iterdir() if path.suffix in (".css", ".js"))
    return {
        name: "".join(map(_source, (*_JOINED.get(name, ()), name)))
        for name in names
        if name not in parts
    }


def _source(name: str) -> str:
    """Read a file without its comments, which readers would wait for."""
    text = _HEAD.sub("", (_ASSETS / name).read_text("utf-8"))
    return text if name.endswith(".css") else _LINE.sub("", text)


def tags(element: str, url: str) -> str:
    """Load what an element needs, at the end of the text.

    Args:
        element: its name.
        url: the page's address, from the site's root.
    """
    to = [get_relative_url(f"{FOLDER}/{name}", url) for name in LOADED[element]]
    if element == AREA:
        return f"\n{_LATER % (to[0], to[1])}\n"
    loaded = [
        f'<link rel="stylesheet" href="{one}">'
        if one.endswith(".css")
        else f'<script defer src="{one}"></script>'
        for one in to
    ]
    return "\n" + "\n".join(loaded) + "\n"
