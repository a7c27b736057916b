"""The element that stands for a cell: its code, its results, its captions."""

from collections.abc import Mapping
from typing import Any, Final, assert_never
from xml.etree import ElementTree

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.util import STX, AtomicString

from worked.errors import Problem
from worked.html.context import Conversion, PageContext
from worked.html.highlight import highlighted
from worked.html.outputs import failure_html, matrix_html, rich_html, signed, text_html
from worked.html.rich import UnconvertedError, markdown_html
from worked.html.sweep import build_sweep
from worked.page import (
    MARK,
    RESERVED,
    Cell,
    Page,
    Value,
    fill_caption,
)
from worked.protocol.outputs import (
    Drawing,
    ExpectedError,
    Frames,
    Matrix,
    Output,
    Rich,
    Text,
    Words,
    leaves,
)

CODE_CLASS: Final = "worked-code"
PIXELS: Final = 4 / 3
"""of the page, to a point of a drawing"""


class CellBlock(BlockProcessor):
    """Builds real elements in the place of marks."""

    def __init__(self, md: Markdown, state: Conversion) -> None:
        super().__init__(md.parser)
        self.md = md
        self.state = state

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
        if label and not label.startswith(("fig-", "tbl-")):
            block.set("id", label)
        if cell.options.echo:
            self.code(block, cell, context)
        if outputs:
            self.result(block, cell, outputs, context)
        for problem in shown:
            self.raw(block, self.state.show(problem))

    def code(self, block: ElementTree.Element, cell: Cell, context: PageContext) -> None:
        box = block
        if cell.options.code_fold:
            box = ElementTree.SubElement(block, "details", {"class": CODE_CLASS})
            ElementTree.SubElement(box, "summary").text = "Code"
        own = [] if cell.options.code_fold else [CODE_CLASS]
        plain = cell.code.translate(RESERVED)
        code = highlighted(self.md, plain, own, context.memo)
        if own and f'<div class="{CODE_CLASS} ' not in code:  # without Pygments
            box = ElementTree.SubElement(block, "div", {"class": CODE_CLASS})
        if STX not in code:  # else the highlighter has stashed a title, which must come out here
            code = context.slots.code(cell, plain, code)
        # not by `raw`, which takes the marks of what is stashed away
        ElementTree.SubElement(box, "p").text = self.md.htmlStash.store(code)

    def result(
        self,
        block: ElementTree.Element,
        cell: Cell,
        outputs: tuple[Output, ...],
        context: PageContext,
    ) -> None:
        options, page = cell.options, context.result.page
        box: ElementTree.Element = ElementTree.SubElement(block, "div", {"class": "worked-result"})
        if isinstance(outputs[0], Frames):
            self.sweep(box, cell, outputs[0], context)
            return
        drawings = sum(isinstance(output, Drawing) for output in outputs)
        if options.tbl_cap or options.label.startswith("tbl-"):
            box = ElementTree.SubElement(box, "figure", {"class": "worked-figure worked-table"})
            _identify(box, options.label, "tbl-")
            self.caption(box, cell, "tbl-cap", context.result.values)
        alt = fill_caption(page, cell, "fig-alt", context.result.values, _plain) if drawings else ""
        first = True
        for place, (_, output) in enumerate(leaves(outputs)):
            if not isinstance(output, Drawing):
                self.leaf(box, output, cell.line)
                continue
            figure = ElementTree.SubElement(box, "figure", {"class": "worked-figure"})
            if first:
                _identify(figure, options.label, "fig-")
            self.raw(figure, context.slots.drawing(cell, place, alt, output))
            drawings -= 1
            if drawings == 0:  # several drawings share the last one's caption
                self.caption(figure, cell, "fig-cap", context.result.values)
            first = False

    def sweep(
        self, box: ElementTree.Element, cell: Cell, swept: Frames, context: PageContext
    ) -> None:
        """Lay out the frames of a sweep; a caption with values in it belongs to each."""
        options, result = cell.options, context.result
        drawings = [output for _, output in leaves([swept]) if isinstance(output, Drawing)]
        is_table = bool(options.tbl_cap) or options.label.startswith("tbl-")
        option = "tbl-cap" if is_table else "fig-cap"
        varies = any(name == option for name, _ in cell.values)
        named = is_table or drawings or options.fig_cap or options.label.startswith("fig-")
        around, slots = build_sweep(
            box,
            cell,
            figure=f"worked-figure{' worked-table' if is_table else ''}" if named else "",
            varies=varies,
            width=round(max((one.width for one in drawings), default=0) * PIXELS),
        )
        _identify(around, options.label, option[:4])
        told = result.frames.get(cell.index, ({},) * len(slots))
        place = 0
        for at, (slot, outputs) in enumerate(zip(slots, swept.frames, strict=True)):
            values = {**result.values, **told[at]}
            alt = fill_caption(result.page, cell, "fig-alt", values, _plain)
            for output in outputs:
                if isinstance(output, Drawing):
                    self.raw(slot, context.slots.drawing(cell, place, alt, output))
                else:
                    self.leaf(slot, output, cell.line)
                place += 1
            if varies:
                self.caption(slot, cell, option, values, is_first=at == 0)
        if not varies:
            self.caption(around, cell, option, result.values)
        for figure in (around, *slots) if is_table else ():
            if figure[-1].tag == "figcaption":  # a table's stands above it
                figure.insert(0, figure[-1])
                del figure[-1]

    def leaf(self, box: ElementTree.Element, output: Words, line: int) -> None:
        match output:
            case Text():
                self.raw(box, text_html(output))
            case Matrix():
                self.raw(box, matrix_html(output))
            case ExpectedError():
                self.raw(box, failure_html(output))
            case Rich():
                self.rich(box, output, line)
            case _:
                assert_never(output)

    def rich(self, box: ElementTree.Element, output: Rich, line: int) -> None:
        match output.mime:
            case "text/html":
                self.raw(box, rich_html(output.source))
            case "text/markdown":
                try:
                    self.raw(box, markdown_html(output.source))
                except UnconvertedError as error:
                    self.state.wrong(line, "markdown", str(error))
            case "text/latex":
                self.formula(box, output.source, line)
            case _:
                assert_never(output.mime)

    def formula(self, box: ElementTree.Element, tex: str, line: int) -> None:
        """Give TeX to whoever reads the page's own formulas; without one it stays as it is."""
        plain = " ".join(tex.strip().strip("$").split())
        if "texmath" not in self.md.preprocessors:
            self.raw(box, text_html(Text(plain)))
            return
        ElementTree.SubElement(box, "p").text = self.typeset(f"$${plain}$$", line)

    def typeset(self, text: str, line: int) -> str:
        """Give the formulas of a text to whoever reads the page's own; `line` is the file's."""
        if "texmath" not in self.md.preprocessors:
            return text
        reader: Any = self.md.preprocessors["texmath"]
        return str(reader.typeset(text, cut=line - 1))

    def caption(
        self,
        figure: ElementTree.Element,
        cell: Cell,
        option: str,
        values: Mapping[int, str],
        *,
        is_first: bool = True,
    ) -> None:
        """Caption a figure or table; one with a label has a number, the first of its captions."""
        assert self.state.context is not None  # noqa: S101 - there are no cells without it
        page = self.state.context.result.page
        text = fill_caption(page, cell, option, values, self.state.put)
        text = self.typeset(text, cell.option_line(option))
        label = cell.options.label if cell.options.label.startswith(f"{option[:3]}-") else ""
        target = self.state.references.resolve(page.name, f"#{label}") if is_first else None
        if not (text or target):
            return
        caption = ElementTree.SubElement(figure, "figcaption")
        if target is None:
            caption.text = text
            return
        name = ElementTree.SubElement(caption, "span", {"class": "worked-number"})
        name.text = AtomicString(f"{target.name}.")
        name.tail = f" {text}" if text else None

    def raw(self, box: ElementTree.Element, html: str) -> None:
        """Put HTML in whose tags are ours or checked."""
        ElementTree.SubElement(box, "p").text = self.state.stash(html)


def _plain(value: Value, text: str | None) -> str:
    return "?" if text is None else signed(text)


def _identify(figure: ElementTree.Element, label: str, kind: str) -> None:
    if label.startswith(kind):
        figure.set("id", label)


def _belongs(problem: Problem, cell: Cell, page: Page) -> bool:
    """Whether a problem stands between this cell's fence and the next one's."""
    first = cell.fence_line if cell.index else 0
    following = page.cells[cell.index + 1 : cell.index + 2]
    return first <= problem.line and all(problem.line < other.fence_line for other in following)
