"""Results into Markdown and HTML.

Imports page, svg, markup, protocol, errors, limits, versions and deadline.
"""

from worked.html.context import Host, Nobody, PageContext
from worked.html.extension import WorkedExtension
from worked.html.highlight import Memo, uncached
from worked.html.outputs import matrix_html, rich_html, signed
from worked.html.slots import FilledSlots, Slots

__all__ = [
    "FilledSlots",
    "Host",
    "Memo",
    "Nobody",
    "PageContext",
    "Slots",
    "WorkedExtension",
    "matrix_html",
    "rich_html",
    "signed",
    "uncached",
]
