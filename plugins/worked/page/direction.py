"""Code that reads in another order than it runs, by marks that turn the direction of a line.

`Trojan Source: Invisible Vulnerabilities`, Boucher and Anderson, USENIX Security 2023.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from worked.errors import Problem
from worked.page.inline import Value
from worked.page.model import Cell

_TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


def turned_code(
    name: str, text: str, cells: Iterable[Cell], values: Iterable[Value]
) -> Iterator[Problem]:
    """Find what looks unlike it runs in a page's cells and values.

    Args:
        name: of the page.
        text: all of it.
        cells: the page's.
        values: the page's, those in captions included.
    """
    if not _TURNS.search(text):
        return
    rows = [
        (cell.line + number, row)
        for cell in cells
        for number, row in enumerate(cell.code.split("\n"))
    ]
    for line, code in [*rows, *((value.line, value.expression) for value in values)]:
        if found := _TURNS.search(code):
            said = (
                f"a mark that turns the direction of the line: write it as `\\u{ord(found[0]):04x}`"
            )
            yield Problem(name, line, "code", said)
