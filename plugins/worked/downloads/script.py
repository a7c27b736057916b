"""A page as a plain Python script in the percent format: pure, the same bytes each time."""

import builtins
from collections.abc import Iterator
from typing import Final

from worked.downloads.bundle import Bundle, bootstrap_code, remark
from worked.downloads.harmless import as_comment, as_markdown
from worked.downloads.loop import as_call, indented, is_code, split_futures
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


def write_script(result: PageResult, references: References, carried: Bundle) -> str:
    """Write the script of a page that has run."""
    futures = {
        row
        for cell in result.page.cells
        if not cell.options.run.raises or is_code(cell.code)
        for row in split_futures(cell.code)[0].split("\n")
    }
    top = "".join(f"{row}\n" for row in sorted(futures - {""}))
    if any(displays(cell) for cell in result.page.cells):
        top += _DISPLAY
    parts = [_HEAD + top, *_parts(ProseReader(result, references, str), carried)]
    text = "\n".join(f"{part.rstrip()}\n" for part in parts)
    return text.encode("utf-8", "replace").decode()


def _parts(reader: ProseReader, carried: Bundle) -> Iterator[str]:
    for passage in reader.passages():
        if passage.prose:
            yield _PROSE + as_comment(as_markdown(passage.prose))
        if passage.cell is None:
            continue
        if not (passage.cell.index or carried.is_empty):
            yield _PROSE + as_comment(remark(carried))
            yield _HIDDEN + bootstrap_code(carried)
        yield (_CODE if passage.cell.options.echo else _HIDDEN) + _code(
            passage.code(), passage.cell.options.run.raises
        )


def _code(code: str, raises: str) -> str:
    """Write what runs of a cell; the exception that one must raise ends at the cell's end."""
    if raises and not is_code(code):  # it must raise just that, and not when the file is read
        body = f"    {as_call(code)}"
    else:
        code = split_futures(code)[1].strip("\n")
        if not raises:
            return code
        body = indented(code or "pass")
    known = getattr(builtins, raises, None)
    caught = raises if isinstance(known, type) else "Exception"
    said = 'print(f"{type(_error).__name__}: {_error}")'
    return f"try:  # this raises {raises}\n{body}\nexcept {caught} as _error:\n    {said}"
