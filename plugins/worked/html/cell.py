"""The element that stands for a cell: its code, its results, what is wrong with it."""

import re
from typing import Final
from xml.etree import ElementTree

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.util import STX

from worked.errors import Problem
from worked.html.context import Conversion, PageContext
from worked.html.highlight import highlighted
from worked.html.results import ResultLayout
from worked.page import MARK, RESERVED, Cell, Page

CODE_CLASS: Final = "worked-code"

_EMPTY_LINES: Final = re.compile(
    r"(?P<text>\"{3}.*?\"{3}|'{3}.*?'{3})|\n(?:[ \t]*\n){2,}", re.DOTALL
)


class CellBlock(BlockProcessor):
    """Builds real elements in the place of marks."""

    def __init__(self, md: Markdown, state: Conversion) -> None:
        super().__init__(md.parser)
        self.md = md
        self.state = state
        self.results = ResultLayout(md, state)

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        return MARK.fullmatch(block.strip("\n").rstrip()) is not None

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        found = MARK.fullmatch(blocks.pop(0).strip())
        context = self.state.context
        if found is None or context is None:
            return
        cell = context.result.page.cells[int(found[1])]
        result = context.result.cells[cell.index]
        outputs = result.outputs if result else ()
        problems = [p for p in context.result.problems if _belongs(p, cell, context.result.page)]
        shown = problems if context.show_problems else []
        if not (cell.options.echo or outputs or shown):
            return
        block = ElementTree.SubElement(parent, "div", {"class": "worked"})
        label = cell.options.label
        if kind := cell.options.kind:
            block.set("id", f"{kind.name}-{cell.options.kind_id}")
        if label and not label.startswith(("fig-", "tbl-")):
            block.set("id", label)
        if cell.options.echo:
            self.code(block, cell, context)
        if outputs:
            self.results.lay_out(block, cell, outputs, context)
        for problem in shown:
            self.results.raw(block, self.state.show(problem))

    def code(self, block: ElementTree.Element, cell: Cell, context: PageContext) -> None:
        box = block
        if cell.options.code_fold:
            box = ElementTree.SubElement(block, "details", {"class": CODE_CLASS})
            ElementTree.SubElement(box, "summary").text = "Code"
        own = [] if cell.options.code_fold else [CODE_CLASS]
        plain = _spaced(cell.code).translate(RESERVED)
        code = highlighted(self.md, plain, own, context.memo)
        if own and f'<div class="{CODE_CLASS} ' not in code:  # without Pygments
            box = ElementTree.SubElement(block, "div", {"class": CODE_CLASS})
        if STX not in code:  # else the highlighter has stashed a title, which must come out here
            code = context.slots.code(cell, plain, code)
        # not by `raw`, which takes the marks of what is stashed away
        ElementTree.SubElement(box, "p").text = self.md.htmlStash.store(code)


def _spaced(code: str) -> str:
    """Leave one empty line where formatters of code write two, but for those inside of texts."""
    return _EMPTY_LINES.sub(lambda found: found["text"] or "\n\n", code)


def _belongs(problem: Problem, cell: Cell, page: Page) -> bool:
    """Whether a problem stands between this cell's fence and the next one's."""
    first = cell.fence_line if cell.index else 0
    following = page.cells[cell.index + 1 : cell.index + 2]
    return first <= problem.line and all(problem.line < other.fence_line for other in following)
