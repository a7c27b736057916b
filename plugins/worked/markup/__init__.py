"""The HTML that an object says of itself: cleaned where cells run, checked where pages are built.

Imports protocol, errors and limits.
"""

from worked.markup.check import ELEMENTS, LINK_SCHEMES, UncleanError, check_html
from worked.markup.clean import clean_html, shown_controls
from worked.markup.losses import find_loss
from worked.markup.styles import allowed_style, inline_styles

__all__ = [
    "ELEMENTS",
    "LINK_SCHEMES",
    "UncleanError",
    "allowed_style",
    "check_html",
    "clean_html",
    "find_loss",
    "inline_styles",
    "shown_controls",
]
