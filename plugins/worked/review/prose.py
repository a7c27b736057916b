"""The prose of a page, line by line: what a reader reads as text, and nothing that is computed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from worked.page import FENCE, Page

VALUE: Final = "#"
"""What stands for a value, since it is computed."""
QUIET: Final = "\N{MIDDLE DOT}"
"""What stands for code, a formula or an address: nothing to judge."""

_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_VALUE: Final = re.compile(r"`\{python\}[^`\n]*`")
_CODE: Final = re.compile(r"(?<!`)(`+)(?!`)[^\n]+?(?<!`)\1(?!`)")
_DISPLAY: Final = re.compile(r"^[ \t>]*\$\$.*?\$\$[ \t]*$", re.DOTALL | re.MULTILINE)
_INLINE: Final = re.compile(r"(?<![\\$])\$(?=\S)[^$]+?\$(?!\d)")
_TARGET: Final = re.compile(r"(?<=\])\([^)\s]*(?:\s+\"[^\"]*\")?\)|<(?:https?|mailto):[^>\s]*>")
_MARKS: Final = re.compile(r"[ \t>]*(?P<item>(?:[-*+]|\d+[.)])[ \t]+)?(?P<text>.*)")
_KINDS: Final = (
    ("heading", re.compile(r"#{1,6}\s")),
    ("title", re.compile(r"(?:!!!|\?\?\?\+?|===\+?)\s")),
    ("definition", re.compile(r":\s{1,3}\S")),
    ("table", re.compile(r"\|")),
    ("source", re.compile(r"\[\^[^\]]+\]:|\*?\[[^\]]+\]:")),
)


@dataclass(frozen=True, slots=True)
class ProseLine:
    """One line of text."""

    number: int
    kind: str
    """`prose`, `item` of a list, `heading`, `title` of a box, `definition` of a term, `table`, or
    `source`, which a footnote gives."""
    text: str
    """Without the marks before it; values, code, formulas and addresses taken out."""
    raw: str
    """As it stands."""


def prose_lines(page: Page) -> tuple[ProseLine, ...]:
    """Give the lines of a page's text, in order; front matter, fences and comments are none."""
    blanked = _blanked(page)
    lines: list[ProseLine] = []
    source = False
    for number, (row, raw) in enumerate(
        zip(blanked.split("\n"), page.text.split("\n"), strict=True), start=1
    ):
        found = _MARKS.fullmatch(row)
        if found is None or not (text := found["text"].strip()):
            continue
        plain = "item" if found["item"] else "prose"
        kind = next((name for name, pattern in _KINDS if pattern.match(text)), plain)
        source = kind == "source" or (source and row.startswith("    "))
        lines.append(ProseLine(number, "source" if source else kind, text, raw))
    return tuple(lines)


def blocks_of(lines: tuple[ProseLine, ...]) -> list[tuple[ProseLine, ...]]:
    """Put lines together that stand below each other and are of one kind; items are prose."""

    def place(pair: tuple[int, ProseLine]) -> tuple[int, str]:
        at, line = pair
        return line.number - at, "prose" if line.kind == "item" else line.kind

    groups = groupby(enumerate(lines), key=place)
    return [tuple(line for _, line in group) for _, group in groups]


def fenced_rows(text: str) -> Iterator[tuple[str, bool]]:
    """Give each line, and whether it belongs to a fence: what stands in one is an example."""
    mark = ""
    for row in text.split("\n"):
        found = FENCE.fullmatch(row)
        if mark:
            yield row, True
            if found and found["mark"].startswith(mark) and not found["info"].strip():
                mark = ""
        elif found and "`" not in found["info"]:
            mark = found["mark"]
            yield row, True
        else:
            yield row, False


def _blanked(page: Page) -> str:
    """Take out what is not read as text; every line stays on its line."""
    text = re.sub(r"[^\n]", "", page.text[: page.body]) + page.text[page.body :]
    rows = ("" if is_fenced else row for row, is_fenced in fenced_rows(text))
    text = _COMMENT.sub(_lines_only, "\n".join(rows))
    text = _VALUE.sub(VALUE, text)
    text = _CODE.sub(QUIET, text)
    text = _DISPLAY.sub(_lines_only, text)
    text = _INLINE.sub(lambda found: QUIET + _lines_only(found), text)
    return _TARGET.sub("", text)


def _lines_only(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")
