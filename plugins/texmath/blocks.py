"""Blocks of code in a Markdown text: between fences, or indented."""

import itertools
import re
from typing import Final

INDENTED: Final = re.compile(r"(?: {4}| {0,3}\t)[ \t]*(?=\S)")
# whose content is indented: items, notes, boxes, tabs, definitions, raw HTML
CONTAINER: Final = re.compile(r" {0,3}(?:(?:[-*+:]|\d+[.)])\s|\[\^|!!!|\?\?\?|===|<)")


def after_fence(text: str, opening: re.Match[str]) -> int:
    """Give the offset after a fence's closing line.

    Args:
        text: a page.
        opening: its opening line, with the groups `prefix` and `mark`.

    Returns:
        0 where it does not close before its item or quotation ends, and one more than the text
        is long where it does not close at all.
    """
    mark, prefix = opening["mark"], opening["prefix"]
    start = opening.end() + 1
    while start < len(text):
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        content = line.strip(" \t>")
        if content and not line.startswith(prefix):
            return 0
        if len(content) >= len(mark) and not content.strip(mark[0]):
            return start + len(line)
        start += len(line) + 1
    return len(text) + 1


def is_code(text: str, start: int) -> bool:
    """Whether a place lies in code by indentation, below nothing whose content is indented."""
    line_start = text.rfind("\n", 0, start) + 1
    if not INDENTED.match(text, line_start):
        return False
    rows = text[:line_start].split("\n")[:-1]
    while rows and INDENTED.match(rows[-1]):
        rows.pop()
    if rows and rows[-1].strip():  # the further line of a paragraph
        return False
    while rows and (INDENTED.match(rows[-1]) or not rows[-1].strip()):
        rows.pop()
    above = itertools.takewhile(str.strip, reversed(rows))
    return not any(CONTAINER.match(row) for row in above)
