"""What a reader sees change between two states of the notes.

Imports html, svg, page, protocol, errors and limits.
"""

from worked.changes.difference import Change, Changes, compare_notes
from worked.changes.report import report_page
from worked.changes.shown import ShownPage, shown_page
from worked.changes.summary import summary

__all__ = [
    "Change",
    "Changes",
    "ShownPage",
    "compare_notes",
    "report_page",
    "shown_page",
    "summary",
]
