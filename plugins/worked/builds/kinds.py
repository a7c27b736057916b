"""Whether what cells of a kind hand on is what the plugin of that kind takes."""

from collections.abc import Iterator, Mapping

from worked.errors import Problem
from worked.page import Page
from worked.protocol.outputs import CellResult


def judge_kinds(page: Page, cells: Mapping[int, CellResult | None]) -> Iterator[Problem]:
    """Say what the kinds of cells do not take.

    Args:
        page: whose cells they are.
        cells: index of a cell -> what it gave; None where it did not run to its end.
    """
    known: dict[str, int] = {}
    for cell in page.cells:
        kind, got = cell.options.kind, cells.get(cell.index)
        if kind is None:
            continue
        line = cell.option_line(kind.name)
        if (taken := known.setdefault(cell.options.run.seed, line)) != line:
            said = f"{cell.options.kind_id!r} is taken by line {taken}"
            yield Problem(page.name, line, kind.name, said)
        for said in kind.judge(got.variants) if got else ():
            yield Problem(page.name, line, kind.name, said)
