"""What one page has to do with others in this build: what it borrows, and what it hands on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from worked import limits
from worked.errors import Problem
from worked.exports.graph import ExportGraph
from worked.files import digest
from worked.protocol.messages import Module


@dataclass(frozen=True, slots=True)
class PageImports:
    """What a page borrows of others and hands on to them."""

    modules: tuple[Module, ...] = ()
    keys: tuple[str, ...] = ()
    """The digests of the modules, wherever on their pages they stand."""
    exports: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Index of a cell -> the names whose values it hands on."""
    problems: tuple[Problem, ...] = ()


NO_IMPORTS: Final = PageImports()


def imports_of(
    graph: ExportGraph, page: str, values: Mapping[str, Mapping[str, Any]]
) -> PageImports:
    """Put together what a page borrows.

    Args:
        graph: of the site.
        page: its name.
        values: page -> what it has exported, of every page that must have run before this one.
    """
    exports = graph.values(page)
    problems = list(graph.problems(page))
    if not problems and (waiting := graph.waiting(page)):
        problems.append(waiting)
    if problems:
        return PageImports(exports=exports, problems=tuple(problems))
    modules, keys, size = [], [], 0
    for needed in graph.imported_modules(page):
        given = {name: values[needed.page][name] for name in needed.values}
        texts = {name: json.dumps(coded) for name, coded in given.items()}
        size += sum(map(len, texts.values()))
        contents = [f"{name} {digest(text)}" for name, text in texts.items()]
        keys.append(digest("module", needed.module, needed.code, contents))
        modules.append(Module(needed.module, needed.page, needed.source, needed.names, given))
    if size > limits.MAX_IMPORTED:
        line = min(graph.exporter_lines(page).values())
        said = (
            f"the page imports {size >> 20} MiB of values; at most {limits.MAX_IMPORTED >> 20} fit"
        )
        problems.append(Problem(page, line, "import", said))
    return PageImports(tuple(modules), tuple(keys), exports, tuple(problems))
