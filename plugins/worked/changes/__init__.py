"""What a reader sees change between two states of the notes.

Imports html, svg, page, protocol and errors.
"""

from worked.changes.difference import Alteration, Changes, compare_notes
from worked.changes.report import report_page
from worked.changes.shown import ShownPage, shown_page
from worked.changes.summary import summary

__all__ = [
    "Alteration",
    "Changes",
    "ShownPage",
    "compare_notes",
    "report_page",
    "shown_page",
    "summary",
]
