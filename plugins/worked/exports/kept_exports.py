"""What a page exports, as a text to keep: of the same page it is the same."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from worked.errors import Problem
from worked.exports.bindings import ImportedName
from worked.exports.page_exports import Export, PageExports, find_exports
from worked.page import Page

RecallText = Callable[[str, Iterable[str], Callable[[], str]], str]
"""Gives a text of a page that was made of the same texts before; makes it else."""


def recalled_exports(page: Page, module: str, recall: RecallText) -> PageExports:
    """Give what a page exports, worked out or as it was kept."""
    source = ("exports", page.name, module, page.text)
    return _read(
        recall(page.name, source, lambda: _written(find_exports(page, module))), page, module
    )


def _written(exports: PageExports) -> str:
    found = [
        {
            "name": one.name,
            "cell": one.cell.index,
            "is_value": one.is_value,
            "pieces": one.pieces,
            "uses": sorted(one.uses),
            "imports": [[each.module, each.name, each.line] for each in one.imports],
        }
        for one in exports.exports.values()
    ]
    return json.dumps({"exports": found, "problems": list(map(asdict, exports.problems))})


def _read(text: str, page: Page, module: str) -> PageExports:
    kept = json.loads(text)
    found = {one["name"]: _export(one, page) for one in kept["exports"]}
    problems = tuple(
        Problem(**{**one, "called": tuple(one.get("called", ()))}) for one in kept["problems"]
    )
    return PageExports(page, module, found, problems)


def _export(kept: dict[str, Any], page: Page) -> Export:
    return Export(
        kept["name"],
        page.cells[kept["cell"]],
        is_value=kept["is_value"],
        pieces=tuple((line, column, text) for line, column, text in kept["pieces"]),
        uses=frozenset(kept["uses"]),
        imports=tuple(ImportedName(*each) for each in kept["imports"]),
    )
