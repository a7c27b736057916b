"""Records, a list of dicts with the same keys, as a table in Markdown.

Runs in the worker process only.
"""

from collections.abc import Sequence
from typing import Final, TypeGuard

import numpy as np

from worked import limits
from worked.numerals import is_numeric, typeset_number
from worked.protocol.outputs import Rich
from worked.worker.spelling import speller

_ENTRIES: Final = (str, bool, int, float, np.generic, type(None))

Record = dict[str, object]


def is_records(value: object) -> TypeGuard[list[Record]]:
    """Whether a value is a list of dicts with the same names, in one order, for plain entries."""
    if type(value) is not list or not all(type(row) is dict for row in value):
        return False
    names = list(value[0]) if value else []
    return (
        bool(names)
        and all(isinstance(name, str) for name in names)
        and all(list(row) == names for row in value)
        and all(isinstance(entry, _ENTRIES) for row in value for entry in row.values())
    )


def records_table(records: Sequence[Record]) -> Rich:
    """Lay records out as a table in Markdown, a row each; their texts are Markdown, too.

    Raises:
        ValueError: the table is too long.
    """
    names = list(records[0])
    columns = [_column([record[name] for record in records]) for name in names]
    marks = ["--:" if all(map(_is_number, column)) else "---" for column in columns]
    rows = [names, marks, *map(list, zip(*columns, strict=True))]
    source = "\n".join(f"| {' | '.join(map(_entry, row))} |" for row in rows)
    if len(source) > limits.MAX_MARKDOWN:
        most = f"{limits.MAX_MARKDOWN:,}"
        raise ValueError(f"a table of {len(source):,} characters; at most {most} fit")
    return Rich("text/markdown", source)


def _column(entries: list[object]) -> list[str]:
    """Spell the entries of a column; its floats have one form."""
    floats = [float(entry) for entry in entries if isinstance(entry, float | np.floating)]
    say = speller(np.array(floats))
    return [
        say(entry)
        if isinstance(entry, float | np.floating)
        else ""
        if entry is None
        else str(entry)
        for entry in entries
    ]


def _is_number(text: str) -> bool:
    return not text or is_numeric(text)


def _entry(text: str) -> str:
    """Write a text on one row; a number as readers know it."""
    return typeset_number(text) if is_numeric(text) else " ".join(text.split())
