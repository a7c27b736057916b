"""What one page exports: the source of its functions and classes, and which values it hands on."""

import ast
import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from worked.errors import Problem
from worked.exports.bindings import (
    BUILTINS,
    Binding,
    ImportedName,
    Piece,
    find_bindings,
    free_names,
    imported_names,
    syntax_problem,
)
from worked.hints import did_you_mean
from worked.page import Cell, Page
from worked.protocol.messages import NOTES_PACKAGE


@dataclass(frozen=True, slots=True)
class Export:
    """One name that other pages may import."""

    name: str
    cell: Cell
    """The cell that exports it."""
    is_value: bool
    """Whether it is known only once the page has run."""
    pieces: tuple[Piece, ...] = ()
    """What defines it: itself, the imports and the constants that it uses."""
    uses: frozenset[str] = frozenset()
    """Other exports of its page that it needs."""
    imports: tuple[ImportedName, ...] = ()
    """Other pages that its pieces import."""

    @property
    def line(self) -> int:
        """The line of the file that exports it."""
        return self.cell.option_line("export")


@dataclass(frozen=True, slots=True)
class PageExports:
    """All that one page exports."""

    page: Page
    module: str
    """`notes.convolution.output_size`"""
    exports: Mapping[str, Export]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Table:
    """What is bound on a page, by name and in order, and what is wrong so far."""

    page: Page
    bound: dict[str, list[Binding]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def upto(self, name: str, cell: Cell) -> list[Binding]:
        return [each for each in self.bound.get(name, []) if each.cell.index <= cell.index]

    def wrong(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.page.name, line, "export", message))


def exported_by(page: Page) -> list[str]:
    """List what a page's cells are said to export."""
    return [name for cell in page.cells for name in cell.options.export]


def module_name(path: str) -> str:
    """Name the module of a page by its path below the notes' folder; see `unnameable`."""
    parts = PurePosixPath(path).with_suffix("").parts
    return ".".join([NOTES_PACKAGE, *(part.replace("-", "_") for part in parts)])


@functools.lru_cache(maxsize=1024)  # a preview asks for the same pages again
def find_exports(page: Page, module: str) -> PageExports:
    """Work out what a page exports, without running it."""
    table = _Table(page)
    for cell in page.cells:
        if problem := syntax_problem(cell, page.name):
            table.problems.append(problem)
    is_code = not table.problems
    if is_code:
        lasting = [cell for cell in page.cells if not cell.options.sweep]
        for each in find_bindings(lasting):
            table.bound.setdefault(each.name, []).append(each)
    where: dict[str, Cell] = {}
    for cell in page.cells:
        for name in cell.options.export:
            if name in where:
                first = where[name].option_line("export")
                said = f"{name!r} is exported by line {first} already"
                table.wrong(cell.option_line("export"), said)
            where.setdefault(name, cell)
        if cell.options.export and cell.options.run.raises:
            said = "a cell that must raise an exception exports nothing"
            table.wrong(cell.option_line("export"), said)
    found = {}
    if is_code:
        for name, cell in where.items():
            if export := _export(name, cell, table, where):
                found[name] = export
    return PageExports(page, module, found, tuple(table.problems))


def _export(name: str, cell: Cell, table: _Table, where: Mapping[str, Cell]) -> Export | None:
    """Follow one exported name to all that it needs."""
    earlier = table.upto(name, cell)
    if not earlier or earlier[-1].kind == "gone":
        names = [other for other in table.bound if table.upto(other, cell)]
        said = f"neither this cell nor one above it defines {name!r}{did_you_mean(name, names)}"
        table.wrong(cell.option_line("export"), said)
        return None
    uses: set[str] = set()
    if earlier[-1].kind == "value":
        return Export(name, cell, is_value=True)
    if earlier[-1].kind == "import":
        needed = _distinct(earlier)
    else:
        needed, uses = _closure(earlier[-1], cell, table, where)
    return Export(
        name,
        cell,
        is_value=False,
        pieces=tuple(each.piece for each in needed),
        uses=frozenset(uses - {name}),
        imports=tuple(
            imported for each in needed for imported in imported_names(each.node, each.cell.line)
        ),
    )


def _closure(
    start: Binding, cell: Cell, table: _Table, where: Mapping[str, Cell]
) -> tuple[list[Binding], set[str]]:
    """Find the statements that a definition needs, and the other exports that it uses."""
    needed: list[Binding] = [*_futures(table, start)]
    uses: set[str] = set()
    pending = [start]
    while pending:
        binding = pending.pop()
        needed.append(binding)
        for name in free_names(binding.piece[2]):
            if name in where:
                uses.add(name)
                continue
            earlier = table.upto(name, cell)
            kinds = {each.kind for each in earlier}
            if kinds == {"import"}:
                needed += [each for each in _distinct(earlier) if each not in needed]
            elif kinds == {"constant"} and len(earlier) == 1:
                pending += [each for each in earlier if each not in [*needed, *pending]]
            elif earlier or name not in BUILTINS:
                said = f"{start.name!r} is exported and uses {name!r}, {_why(earlier)}"
                table.wrong(binding.line_of(name), said)
    return needed, uses


def _why(earlier: list[Binding]) -> str:
    """Say why what is bound so cannot go to another page along with what uses it."""
    kinds = {each.kind for each in earlier}
    if not earlier:
        return "which the page does not define"
    if kinds == {"definition"}:
        return "which is not exported: export it too"
    if kinds <= {"constant", "import"}:
        lines = " and ".join(str(each.line) for each in earlier)
        return f"which has more than one meaning, by lines {lines}"
    return "which is not a literal constant: make it an argument, or export it too"


def _distinct(found: Iterable[Binding]) -> list[Binding]:
    """Drop repeated statements; most pages import NumPy in more than one cell."""
    return list({each.piece[2]: each for each in reversed(list(found))}.values())[::-1]


def _futures(table: _Table, start: Binding) -> Iterator[Binding]:
    """Find the `from __future__ import …` of a definition's own cell."""
    for names in table.bound.values():
        for each in names:
            if (
                each.cell == start.cell
                and isinstance(each.node, ast.ImportFrom)
                and each.node.module == "__future__"
            ):
                yield each


def lay_out(pieces: Iterable[Piece]) -> str:
    """Write statements in a module, each on the line that it has in the page."""
    rows: list[str] = []
    for line, _, text in sorted(set(pieces)):
        first, *rest = text.split("\n")
        if text.startswith("from __future__"):  # Python wants it above all else
            rows[:1] = [f"{rows[0]}; {first}" if rows and rows[0] else first]
        elif len(rows) < line:
            rows += [*[""] * (line - 1 - len(rows)), first, *rest]
        else:  # one line of the page holds several statements
            rows[-1] = f"{rows[-1]}; {first}"
            rows += rest
    return "\n".join(rows) + "\n"
