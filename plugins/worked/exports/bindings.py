"""What the cells of a page bind, and which pages they import: read from their code, never run."""

import ast
import builtins
import symtable
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from worked.errors import Problem
from worked.hints import magic_hint
from worked.page import Cell, Page
from worked.protocol.messages import NOTES_PACKAGE

BUILTINS: Final = frozenset([*dir(builtins), "display"])
"""What a cell may name without binding it."""

_DEFINITIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_TARGETS: Final = (ast.Name, ast.Tuple, ast.List, ast.Starred)
"""Expressions in which names may stand that a statement binds."""
_BODIES: Final = ("body", "orelse", "finalbody", "handlers", "cases")
"""Of a statement: where others stand in it."""
_COMPREHENSIONS: Final = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_PLAIN: Final = (int, float, complex, str, bytes, bool, type(None), type(...))

Piece = tuple[int, int, str]
"""A statement: its line in the file, its column, its source."""


@dataclass(frozen=True, slots=True)
class ImportedName:
    """An import of another page."""

    module: str
    """`notes.convolution.output_size`"""
    name: str
    """What is taken from it; `*` for all, empty for the module itself."""
    line: int


@dataclass(frozen=True)
class Binding:
    """One statement at the top level of a cell that binds a name, or takes it away."""

    name: str
    kind: Literal["definition", "import", "constant", "value", "gone"]
    cell: Cell
    node: ast.stmt

    @cached_property
    def piece(self) -> Piece:
        """The statement's source, decorators and all."""
        if isinstance(self.node, _DEFINITIONS):
            first = min([self.node, *self.node.decorator_list], key=lambda node: node.lineno).lineno
            rows = self.cell.code.split("\n")[first - 1 : self.node.end_lineno]
            return self.cell.line + first - 1, 0, "\n".join(rows)
        text = ast.get_source_segment(self.cell.code, self.node) or ""
        return self.line, self.node.col_offset, text

    @property
    def line(self) -> int:
        """Its line in the file."""
        return self.cell.line + self.node.lineno - 1

    def line_of(self, name: str) -> int:
        """Give the line of the file in which the statement first uses a name."""
        lines = [
            node.lineno
            for node in ast.walk(self.node)
            if isinstance(node, ast.Name) and node.id == name
        ]
        return self.cell.line + min(lines, default=self.node.lineno) - 1


def syntax_problem(cell: Cell, page: str) -> Problem | None:
    """Say why a cell's code cannot be parsed, where it cannot."""
    try:
        compile(cell.code, page, "exec", ast.PyCF_ONLY_AST)
    except SyntaxError as error:
        line = error.lineno or 1
        said = error.msg + magic_hint((cell.code.split("\n")[line - 1 :] or [""])[0])
        return Problem(page, cell.line + line - 1, type(error).__name__, said)
    except ValueError as error:  # a NUL byte
        return Problem(page, cell.line, "SyntaxError", str(error))
    except (RecursionError, MemoryError):  # the parser's stack
        return Problem(page, cell.line, "SyntaxError", "nested too deeply")
    return None


def bound_names(page: Page, cell: Cell) -> frozenset[str] | None:
    """Give the names that a cell and those above it bind; None where only running them tells."""
    cells = [each for each in page.cells[: cell.index + 1] if not each.options.sweep]
    if any("import *" in each.code or syntax_problem(each, page.name) for each in cells):
        return None
    names: dict[str, bool] = {each.name: each.kind != "gone" for each in find_bindings(cells)}
    return frozenset(name for name, is_there in names.items() if is_there)


def find_bindings(cells: Iterable[Cell]) -> Iterator[Binding]:
    """Find what cells bind, in order; their code can be parsed."""
    for cell in cells:
        is_deep = ":=" in cell.code or "global" in cell.code
        for node in ast.parse(cell.code).body:
            kind = _kind(node)
            for name, gone in dict.fromkeys(_bound(node, is_deep=is_deep)):
                yield Binding(name, "gone" if gone else kind, cell, node)


def _kind(node: ast.stmt) -> Literal["definition", "import", "constant", "value"]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return "definition"
        case ast.Import() | ast.ImportFrom():
            return "import"
        case ast.Assign(targets=[ast.Name()], value=value) if _is_literal(value):
            return "constant"
        case ast.AnnAssign(target=ast.Name(), value=ast.expr() as value) if _is_literal(value):
            return "constant"
    return "value"


def _is_literal(node: ast.expr) -> bool:
    """Whether an expression is a literal that nothing can change later: no list, no dict."""
    try:
        values = [ast.literal_eval(node)]
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    while values:
        value = values.pop()
        if isinstance(value, tuple):
            values.extend(value)
        elif not isinstance(value, _PLAIN):
            return False
    return True


def _bound(statement: ast.stmt, *, is_deep: bool) -> Iterator[tuple[str, bool]]:
    """Give the names that a statement binds on its page, and whether it takes them away.

    Args:
        statement: of a cell.
        is_deep: whether what binds may also stand inside expressions and functions, which are most
            of the code.
    """
    nodes: list[ast.AST] = [statement]
    while nodes:
        node = nodes.pop()
        if not is_deep and isinstance(node, ast.expr) and not isinstance(node, _TARGETS):
            continue
        if isinstance(node, (*_DEFINITIONS, ast.Lambda, *_COMPREHENSIONS)):
            if isinstance(node, _DEFINITIONS):
                yield node.name, False
            for inner in (
                ast.walk(node) if is_deep else ()
            ):  # what reaches out of a scope of its own
                if isinstance(inner, ast.Global):
                    yield from ((name, False) for name in inner.names)
                elif isinstance(inner, ast.NamedExpr) and isinstance(node, _COMPREHENSIONS):
                    yield inner.target.id, False
            continue
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                yield name, False
            case ast.Name(id=name, ctx=ast.Del()):
                yield name, True
            case ast.alias(name=name, asname=other) if name != "*":
                yield other or name.partition(".")[0], False
            case ast.ExceptHandler(name=str(name)):
                yield name, True
            case (
                ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
                | ast.MatchMapping(rest=str(name))
            ):
                yield name, False
        nodes.extend(ast.iter_child_nodes(node))


def free_names(source: str) -> list[str]:
    """Give the names that a statement takes from around it: bodies, defaults, decorators, bases."""
    try:
        tables = [symtable.symtable(source, "cell", "exec")]
    except (SyntaxError, RecursionError, MemoryError):  # it fails when it runs
        return []
    found: set[str] = set()
    while tables:
        table = tables.pop()
        tables += table.get_children()
        found.update(
            symbol.get_name()
            for symbol in table.get_symbols()
            if symbol.is_referenced() and symbol.is_global()
        )
    return sorted(found)


def imported_names(code: ast.AST, line: int) -> Iterator[ImportedName]:
    """Find the imports of pages in code whose first line is `line`, also inside functions."""
    for node in _statements(code):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.partition(".")[0] == NOTES_PACKAGE:
                    yield ImportedName(alias.name, "", line + node.lineno - 1)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            module = node.module or ""
            if module.partition(".")[0] == NOTES_PACKAGE:
                for alias in node.names:
                    yield ImportedName(module, alias.name, line + node.lineno - 1)


def _statements(code: ast.AST) -> Iterator[ast.AST]:
    """Give all statements: with the expressions in them a tree is ten times as large."""
    pending = [code]  # no recursion: a chain of `elif` is as deep as it is long
    while pending:
        found = pending.pop()
        yield found
        pending += reversed([one for part in _BODIES for one in getattr(found, part, ())])
