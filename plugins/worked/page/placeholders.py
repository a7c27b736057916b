"""A page's Markdown and its results -> Markdown with a mark for each cell, as long as before.

The mark takes the place of the whole fence and keeps its indentation, so that the block that stands
for the cell stays in its list, tab or box; blank lines take the place of the rest, so that whoever
reads the text next (formulas, say) still counts the author's lines.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from worked.page.inline import Value
from worked.page.model import Cell, Page

MARK: Final = re.compile("\x02worked:(\\d+)\x03")
"""Between the characters that Python-Markdown strips from its input: no author can write one."""

RESERVED: Final = {ord("\x02"): None, ord("\x03"): None}
"""The characters that Python-Markdown keeps for itself."""

PutValue = Callable[[Value, str | None], str]
"""Takes a value and its text, or None where there is none."""


def weave(page: Page, values: Mapping[int, str], put: PutValue) -> str:
    """Replace every cell by its mark and every value by what `put` makes of its text.

    Args:
        page: as parsed from the very text that is woven.
        values: index of a value -> its text; it may be missing where the page failed.
        put: gives what stands in the Markdown instead.
    """
    parts: list[str] = []
    at = 0
    places = [
        *((cell.start, cell.end, _mark(page.text, cell.start, cell.end, cell.prefix, cell.index))
          for cell in page.cells),
        *((one.start, one.end, _blank(page.text, one.start, one.end, one.prefix))
          for one in page.expectations),
        *((value.start, value.end, put(value, values.get(value.index))) for value in page.values),
    ]  # fmt: skip
    for start, end, new in sorted(places):
        parts += [page.text[at:start], new]
        at = end
    return "".join([*parts, page.text[at:]])


def fill_caption(
    page: Page, cell: Cell, option: str, values: Mapping[int, str], put: PutValue
) -> str:
    """Give a caption or an alternative text of a cell with its values.

    Args:
        page: the cell's, as its file has it.
        option: `fig-cap`, `tbl-cap` or `fig-alt`.
        values: as for `weave`.
        put: gives what stands in the text instead.
    """
    rest = getattr(cell.options, option.replace("-", "_"))
    parts: list[str] = []
    for name, value in cell.values:
        if name == option:
            before, _, rest = rest.partition(page.text[value.start : value.end])
            parts += [before, put(value, values.get(value.index))]
    return "".join([*parts, rest])


def squeezed(text: str) -> str:
    """Drop what the converter changes: it expands tabs, empties blank lines, drops its marks."""
    return "".join(text.translate(RESERVED).split())


def _mark(text: str, start: int, end: int, prefix: str, index: int) -> str:
    """Give the lines that replace one fence: an empty one, the mark, empty ones for the rest."""
    lines = _empty(text, start, end, prefix)
    lines[1] = f"{prefix}\x02worked:{index}\x03"
    return "\n".join(lines)


def _blank(text: str, start: int, end: int, prefix: str) -> str:
    """Give the empty lines that replace a fence which the reader does not see."""
    return "\n".join(_empty(text, start, end, prefix))


def _empty(text: str, start: int, end: int, prefix: str) -> list[str]:
    """Give empty lines for a fence; beside a line that is empty already, indented ones.

    Two empty lines one after the other would end a footnote.
    """
    quote = prefix.rstrip() if ">" in prefix else ""
    above = text[:start].rpartition("\n")[0].rpartition("\n")[2]
    below = text[end:].partition("\n")[2].partition("\n")[0]
    lines = [quote or prefix] * (text.count("\n", start, end) + 1)
    lines[0] = quote if above.strip(" \t>") else lines[0]
    lines[-1] = quote if below.strip(" \t>") else lines[-1]
    return lines
