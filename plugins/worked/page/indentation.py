"""Which lines are code because of their indentation, as Python-Markdown sees it.

Text in a list, box, tab, note or definition is indented by four spaces for each; what is indented
by four more, after an empty line, is code.  Where that cannot be decided line by line, a line is
text.
"""

import re
from typing import Final

from worked import limits

_STEP: Final = 4
_LIST: Final = re.compile(r"(?:[-*+]|\d+\.) +")
_BOX: Final = re.compile(r"(?:!!!|\?\?\?\+?|===[!+]*) |\[\^[^\]]*\]:|: {1,3}\S")
_QUOTE: Final = re.compile(r"> ?")


class IndentTracker:
    """Follows what is open around the lines of a page, from the top."""

    def __init__(self, quotations: int = 0) -> None:
        self._quotations = quotations
        self._depth = 0
        """how many containers the last text was in, or has opened"""
        self._fresh = True
        """whether a new block begins"""
        self._listing = False
        """whether the block began with an item of a list: only then others may follow in it"""
        self._code = False
        self._quote: IndentTracker | None = None

    def skip(self) -> None:
        """Note that what came last, a fence or a comment, ends the block."""
        self._fresh = True

    def is_code(self, row: str) -> bool:
        """Take the next line, and say whether it is code."""
        return self._take(row.expandtabs(_STEP))

    def _take(self, row: str) -> bool:
        body = row.lstrip(" ")
        if not body.strip():
            self._fresh = True
            return False
        level = (len(row) - len(body)) // _STEP
        if self._code and level <= self._depth:  # text may follow code without an empty line
            self._fresh = True
        if self._fresh:
            self._begin(level, body)
        if self._code:
            return True
        quote = None
        if level <= self._depth and self._quotations < limits.MAX_QUOTATIONS:
            quote = _QUOTE.match(body)
        if quote or (self._quote and not _BOX.match(body)):
            self._quote = self._quote or IndentTracker(self._quotations + 1)
            return self._quote._take(body[quote.end() :] if quote else row)
        opens = level <= self._depth and (_BOX.match(body) or (self._listing and _LIST.match(body)))
        if opens:
            self._depth = level + 1
            self._fresh = body[0] in "!?="  # a box's title is a block of one line
        elif body.startswith("#") and level <= (
            0 if self._listing else self._depth
        ):  # a heading is a block of one line
            self._depth, self._fresh = level, True
        return False

    def _begin(self, level: int, body: str) -> None:
        self._fresh = False
        self._code = level > self._depth
        if not self._code:
            self._depth = level
        self._listing = _LIST.match(body) is not None
        if not body.startswith(">"):
            self._quote = None
