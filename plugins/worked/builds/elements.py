"""Whether the elements that cells name are the site's, and what they are handed is there."""

from collections.abc import Iterator, Mapping

from worked import limits
from worked.errors import Problem
from worked.exports import bound_names
from worked.hints import did_you_mean
from worked.page import Cell, Page
from worked.protocol.arrays import handed_size
from worked.protocol.outputs import CellResult
from worked.settings import Settings


def element_problems(page: Page, settings: Settings) -> list[Problem]:
    """Say which elements the site does not declare, and which names no cell binds."""
    return [
        problem
        for cell in page.cells
        if cell.options.element
        for problem in _wrong(cell, page, settings)
    ]


def _wrong(cell: Cell, page: Page, settings: Settings) -> Iterator[Problem]:
    name, known = cell.options.element, dict(settings.elements)
    if name not in known:
        hint = did_you_mean(name, known) or ": name it and its script under `elements` there"
        said = f"the site's configuration does not declare the element {name!r}{hint}"
        yield Problem(page.name, cell.option_line("element"), "element", said)
    bound = bound_names(page, cell) if cell.options.run.arrays else None
    for wanted in cell.options.run.arrays if bound is not None else ():
        if bound is not None and wanted not in bound:
            hint = did_you_mean(wanted, bound)
            said = f"neither this cell nor one above it defines {wanted!r}{hint}"
            yield Problem(page.name, cell.option_line("arrays"), "arrays", said)


def judge_elements(page: Page, cells: Mapping[int, CellResult | None]) -> Iterator[Problem]:
    """Say which elements have nothing to show where they do not run, or too much in all.

    Args:
        page: whose cells they are.
        cells: index of a cell -> what it gave; None where it did not run to its end.
    """
    room = limits.MAX_PAGE_HANDED
    for cell in page.cells:
        got = cells.get(cell.index)
        if got is None or not cell.options.element:
            continue
        if not got.outputs:
            said = "the cell shows nothing, which readers without JavaScript and on paper would see"
            yield Problem(page.name, cell.option_line("element"), "element", said)
        room -= handed_size(got.arrays)
        if room < 0:
            most = limits.size(limits.MAX_PAGE_HANDED)
            said = f"the arrays of this page down to here take more than {most}: hand over less"
            yield Problem(page.name, cell.option_line("arrays"), "arrays", said)
            return
