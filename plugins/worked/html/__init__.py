"""Results into Markdown and HTML.

Imports page, svg, markup, protocol, errors, limits, numerals, versions
and deadline.
"""

from worked.html.active import is_inactive_markup
from worked.html.addresses import is_allowed_address
from worked.html.context import Host, Nobody, PageContext
from worked.html.extension import WorkedExtension
from worked.html.highlight import Memo, uncached
from worked.html.outputs import escape_text, matrix_html, picture_html, rich_html, signed
from worked.html.slots import FilledSlots, Slots

__all__ = [
    "FilledSlots",
    "Host",
    "Memo",
    "Nobody",
    "PageContext",
    "Slots",
    "WorkedExtension",
    "escape_text",
    "is_allowed_address",
    "is_inactive_markup",
    "matrix_html",
    "picture_html",
    "rich_html",
    "signed",
    "uncached",
]
