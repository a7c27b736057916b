"""A page's Markdown and its results -> Markdown with a mark for each cell, as long as before.

The mark takes the place of the whole fence and keeps its indentation, so that the block that stands
for the cell stays in its list, tab or box; blank lines take the place of the rest, so that whoever
reads the text next (formulas, say) still counts the author's lines.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from worked.page import Page

MARK: Final = re.compile("\x02worked:(\\d+)\x03")
"""Between the characters that Python-Markdown strips from its input: no author can write one."""


def weave(page: Page, values: Mapping[int, str], put: Callable[[str | None], str]) -> str:
    """Replace every cell by its mark and every value by what `put` makes of its text.

    Args:
        page: as parsed from the very text that is woven.
        values: start offset of a value -> its text; it may be missing where the page failed.
        put: takes a value's text, or None, and gives what stands in the Markdown instead.
    """
    parts: list[str] = []
    at = 0
    places = [
        *((cell.start, cell.end, _mark(page.text, cell.start, cell.end, cell.prefix, cell.index))
          for cell in page.cells),
        *((one.start, one.end, _blank(page.text, one.start, one.end, one.prefix))
          for one in page.expectations),
        *((value.start, value.end, put(values.get(value.start))) for value in page.values),
    ]  # fmt: skip
    for start, end, new in sorted(places):
        parts += [page.text[at:start], new]
        at = end
    return "".join([*parts, page.text[at:]])


def _mark(text: str, start: int, end: int, prefix: str, index: int) -> str:
    """Give the lines that replace one fence: an empty one, the mark, empty ones for the rest."""
    quote = prefix.rstrip() if ">" in prefix else ""
    mark = f"{prefix}\x02worked:{index}\x03"
    rest = [quote] * (text.count("\n", start, end) - 1)
    return "\n".join([quote, mark, *rest])


def _blank(text: str, start: int, end: int, prefix: str) -> str:
    """Give the empty lines that replace a fence which the reader does not see."""
    quote = prefix.rstrip() if ">" in prefix else ""
    return "\n".join([quote] * (text.count("\n", start, end) + 1))
