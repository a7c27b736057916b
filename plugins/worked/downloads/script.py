"""A page as a plain Python script in the percent format: pure, the same bytes each time."""

import builtins
import re
from collections.abc import Iterator
from typing import Final

from worked.downloads.bundle import Bundle, bootstrap_code, literal, remark
from worked.downloads.loop import indented
from worked.downloads.prose import ProseReader, displays
from worked.page import PageResult, References

_HEAD: Final = """\
# The code of one page of notes. It runs alone, with `python`, and prints what its cells print.
# Figures are made, but neither shown nor saved: `figure.savefig("figure.svg")` keeps one.
# An editor that knows `# %%` runs it cell by cell, and shows what the last line of each gives.
"""
_DISPLAY: Final = "display = print  # a notebook shows more of a value than its text\n"
_PROSE: Final = "# %% [markdown]\n"
_CODE: Final = "# %%\n"
_HIDDEN: Final = '# %% tags=["hide-input"]\n'

_FUTURE: Final = re.compile(r"^from __future__ import .*$", re.MULTILINE)


def write_script(result: PageResult, references: References, carried: Bundle) -> str:
    """Write the script of a page that has run."""
    codes = [cell.code for cell in result.page.cells]
    # Python wants these above all else in a file
    futures = sorted({found for code in codes for found in _FUTURE.findall(code)})
    top = "".join(f"{row}\n" for row in futures)
    if any(displays(cell) for cell in result.page.cells):
        top += _DISPLAY
    parts = [_HEAD + top, *_parts(ProseReader(result, references, str), carried)]
    text = "\n".join(f"{part.rstrip()}\n" for part in parts)
    return text.encode("utf-8", "replace").decode()


def _parts(reader: ProseReader, carried: Bundle) -> Iterator[str]:
    for passage in reader.passages():
        if passage.prose:
            yield _PROSE + as_comment(passage.prose)
        if passage.cell is None:
            continue
        if not (passage.cell.index or carried.is_empty):
            yield _PROSE + as_comment(remark(carried))
            yield _HIDDEN + bootstrap_code(carried)
        yield (_CODE if passage.cell.options.echo else _HIDDEN) + _code(
            passage.code(), passage.cell.options.run.raises
        )


def as_comment(text: str) -> str:
    """Write a text as comments, whatever Python takes for the end of a line in it."""
    rows = re.split(r"\r\n|\r|\n", text)
    return "\n".join(f"# {row}".rstrip() for row in rows)


def _code(code: str, raises: str) -> str:
    """Write what runs of a cell; the exception that one must raise ends at the cell's end."""
    code = _FUTURE.sub("", code).strip("\n")
    if not raises:
        return code
    try:
        body = indented(code)
    except (SyntaxError, ValueError):  # it must raise just that, and not when the file is read
        body = f"    exec({literal(code)})"
    known = getattr(builtins, raises, None)
    caught = raises if isinstance(known, type) else "Exception"
    said = 'print(f"{type(_error).__name__}: {_error}")'
    return f"try:  # this raises {raises}\n{body}\nexcept {caught} as _error:\n    {said}"
