"""Python-Markdown: puts a page's cells and values, with their results, into its HTML.

One preprocessor over the whole page and one block processor that builds real elements.  Raw HTML
would come out as `<p><figure>` in tabs and lists, and ids in it would be invisible to link checks.
"""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any, Final
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from pymdownx.highlight import Highlight, HighlightExtension

from worked import front, render
from worked.errors import Problem, describe
from worked.lookup import PageResult
from worked.outputs import Drawing, Failure, Html, Matrix, Output, Text
from worked.page import Cell, Page, parse
from worked.weave import MARK, weave

PREPROCESSOR: Final = 26
"""Below 30, which empties the stash and normalises; above 25, where superfences takes fences."""
BLOCK: Final = 180
"""Above every container, which has taken the indentation off by then."""
LAST: Final = 1
"""Behind the table of contents (5) and whatever else works on the whole."""

CODE: Final = "worked-code"
_SETTINGS: Final = tuple(inspect.signature(Highlight).parameters)
"""What the site's release of the highlighter can be told: `md`, say, came with release 13."""

_MARKS: Final = {ord("\x02"): None, ord("\x03"): None}
"""The characters that Python-Markdown keeps for itself."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the extension needs for one page."""

    result: PageResult
    show_problems: bool = False
    """Whether problems appear in the page: while an author previews it."""
    draw: Callable[[int, int, Cell, Drawing], str] = lambda cell, output, source, drawing: ""
    """(index of the cell, of its output, cell, drawing) -> HTML that stands for the drawing."""


Supply = Callable[[], Sheet | None]
Complain = Callable[[Problem], None]


class WorkedExtension(Extension):
    """Weaves results into a page; `supply` gives the results of the page being converted."""

    def __init__(
        self, supply: Supply = lambda: None, complain: Complain = lambda problem: None, **other: Any
    ) -> None:
        super().__init__(**other)
        self.supply = supply
        self.complain = complain

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register with one converter."""
        state = _State(md, self.supply, self.complain)
        md.preprocessors.register(_Weaver(md, state), "worked", PREPROCESSOR)
        md.parser.blockprocessors.register(_CellBlock(md, state), "worked", BLOCK)
        md.treeprocessors.register(_Whole(md, state), "worked", LAST)
        md.postprocessors.register(_Leftovers(md, state), "worked", LAST)


class _State:
    """What the three processors of one converter share while it converts one page."""

    def __init__(self, md: Markdown, supply: Supply, complain: Complain) -> None:
        self.md = md
        self.supply = supply
        self.sheet: Sheet | None = None
        self.whole = False
        self._complain = complain
        self._unshown: list[Problem] = []

    def begin(self) -> Sheet | None:
        self.sheet = self.supply()
        self.whole = False
        self._unshown = list(self.sheet.result.problems) if self.sheet else []
        return self.sheet

    def complain(self, problem: Problem) -> None:
        self._complain(problem)
        self._unshown.append(problem)

    def show(self, problem: Problem) -> str:
        """Lay a problem out, which then is shown."""
        assert self.sheet is not None  # noqa: S101 - there are no problems without it
        self._unshown = [other for other in self._unshown if other != problem]
        return problem_box(problem, self.sheet.result.page.text)

    def rest(self) -> str:
        """Lay out every problem that has no cell beside it."""
        if self.sheet is None or not (self.whole and self.sheet.show_problems):
            return ""
        return "".join(f"{self.show(problem)}\n" for problem in self._unshown[:])

    def stash(self, html: str) -> str:
        # Python-Markdown puts what it has stashed in wherever a cell prints the mark for it
        return self.md.htmlStash.store(html.translate(_MARKS))


class _Weaver(Preprocessor):
    def __init__(self, md: Markdown, state: _State) -> None:
        super().__init__(md)
        self.state = state

    def run(self, lines: list[str]) -> list[str]:
        sheet = self.state.begin()
        if sheet is None:
            return lines
        source = sheet.result.page
        text = "\n".join(lines)
        body = text.rstrip("\n")
        begin = front.end(source.text)
        rest = source.text[begin:]
        if rest.rstrip("\n") == body:  # the file's own text, which has been read already
            woven = weave(source, sheet.result.values, self.put)
            end = len(woven) - (len(rest) - len(body))
            return (woven[begin:end] + text[len(body) :]).split("\n")
        # an empty line first: a rule at the top of the text is no front matter
        page = parse(f"\n{text}", source.name)
        if problem := _differs(source, page):
            self.state.complain(problem)
            return lines
        values = {
            here.start: sheet.result.values[there.start]
            for here, there in zip(page.values, source.values, strict=True)
            if there.start in sheet.result.values
        }
        return weave(page, values, self.put).split("\n")[1:]

    def put(self, text: str | None) -> str:
        if text is None:
            return self.state.stash('<span class="worked-value worked-missing">?</span>')
        return self.state.stash(f'<span class="worked-value">{render.value(text)}</span>')


def _differs(source: Page, page: Page) -> Problem | None:
    """Say what the converted text has that the file has not: something else brought it."""
    for kind, there, here in (
        ("cell", [cell.code for cell in source.cells], [cell.code for cell in page.cells]),
        (
            "value",
            [value.expression for value in source.values],
            [value.expression for value in page.values],
        ),
    ):
        if [_squeezed(text) for text in there] == [_squeezed(text) for text in here]:
            continue
        said = (
            f"the text that is converted has other {kind}s than the file ({len(here)}, not "
            f"{len(there)}): another plugin, an include or a macro brought or changed one; "
            "cells and values must stand in the page's own file"
        )
        return Problem(source.name, 1, "include", said)
    return None


def _squeezed(text: str) -> str:
    """Drop what the converter changes: it expands tabs, empties blank lines, drops its marks."""
    return "".join(text.translate(_MARKS).split())


class _CellBlock(BlockProcessor):
    def __init__(self, md: Markdown, state: _State) -> None:
        super().__init__(md.parser)
        self.md = md
        self.state = state

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        return MARK.fullmatch(block.strip("\n")) is not None

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        found = MARK.fullmatch(blocks.pop(0).strip("\n"))
        sheet = self.state.sheet
        if found is None or sheet is None:
            return
        cell = sheet.result.page.cells[int(found[1])]
        result = sheet.result.cells[cell.index]
        outputs = result.outputs if result else ()
        problems = [p for p in sheet.result.problems if _belongs(p, cell, sheet.result.page)]
        shown = problems if sheet.show_problems else []
        if not (cell.options.echo or outputs or shown):
            return
        block = ElementTree.SubElement(parent, "div", {"class": "worked"})
        label = cell.options.label
        if label and not label.startswith(("fig-", "tbl-")):
            block.set("id", label)
        if cell.options.echo:
            self.code(block, cell)
        if outputs:
            self.result(block, cell, outputs, sheet)
        for problem in shown:
            self.raw(block, self.state.show(problem))

    def code(self, block: ElementTree.Element, cell: Cell) -> None:
        box = block
        if cell.options.code_fold:
            box = ElementTree.SubElement(block, "details", {"class": CODE})
            ElementTree.SubElement(box, "summary").text = "Code"
        # the class on the code's own element: one element more around it costs a search index that
        # walks up from every token, Material's, a twentieth of the build
        own = [] if cell.options.code_fold else [CODE]
        code = highlighted(self.md, cell.code.translate(_MARKS), own)
        if own and f'<div class="{CODE} ' not in code:  # without Pygments
            box = ElementTree.SubElement(block, "div", {"class": CODE})
        # not by `raw`: the highlighter may have stashed a title in it
        ElementTree.SubElement(box, "p").text = self.md.htmlStash.store(code)

    def result(
        self, block: ElementTree.Element, cell: Cell, outputs: tuple[Output, ...], sheet: Sheet
    ) -> None:
        options = cell.options
        box: ElementTree.Element = ElementTree.SubElement(block, "div", {"class": "worked-result"})
        drawings = sum(isinstance(output, Drawing) for output in outputs)
        if options.tbl_cap or options.label.startswith("tbl-"):
            box = ElementTree.SubElement(box, "figure", {"class": "worked-figure worked-table"})
            _identify(box, options.label, "tbl-")
            self.caption(box, options.tbl_cap)
        first = True
        for number, output in enumerate(outputs):
            if not isinstance(output, Drawing):
                self.leaf(box, output)
                continue
            figure = ElementTree.SubElement(box, "figure", {"class": "worked-figure"})
            if first:
                _identify(figure, options.label, "fig-")
            self.raw(figure, sheet.draw(cell.index, number, cell, output))
            drawings -= 1
            if drawings == 0:  # several drawings share the last one's caption
                self.caption(figure, options.fig_cap)
            first = False

    def leaf(self, box: ElementTree.Element, output: Output) -> None:
        match output:
            case Text():
                self.raw(box, render.text(output))
            case Matrix():
                self.raw(box, render.matrix(output))
            case Failure():
                self.raw(box, render.failure(output))
            case Html(kind="html"):
                self.raw(box, render.html(output))
            case Html(kind="markdown"):
                converted = Markdown(extensions=["tables"]).convert(output.source)
                self.raw(box, render.html(Html("html", converted)))
            case Html(kind="latex"):
                self.formula(box, output.source)
            case _:
                self.raw(box, render.text(Text(str(output))))

    def formula(self, box: ElementTree.Element, tex: str) -> None:
        """Give TeX to whoever reads the page's own formulas; without one it stays as it is."""
        plain = " ".join(tex.strip().strip("$").split())
        if "texmath" not in self.md.preprocessors:
            self.raw(box, render.text(Text(plain)))
            return
        reader = self.md.preprocessors["texmath"]
        ElementTree.SubElement(box, "p").text = "\n".join(reader.run([f"$${plain}$$"])).strip()

    def caption(self, figure: ElementTree.Element, text: str) -> None:
        if text:
            ElementTree.SubElement(figure, "figcaption").text = text

    def raw(self, box: ElementTree.Element, html: str) -> None:
        """Put HTML in whose tags are ours or checked."""
        ElementTree.SubElement(box, "p").text = self.state.stash(html)


def _identify(figure: ElementTree.Element, label: str, kind: str) -> None:
    if label.startswith(kind):
        figure.set("id", label)


def _belongs(problem: Problem, cell: Cell, page: Page) -> bool:
    """Whether a problem stands between this cell's fence and the next one's."""
    first = cell.fence_line if cell.index else 0
    following = page.cells[cell.index + 1 : cell.index + 2]
    return first <= problem.line and all(problem.line < other.fence_line for other in following)


def problem_box(problem: Problem, text: str) -> str:
    """Lay a problem out as a box for the preview."""
    title, _, rest = describe(problem, text).partition("\n")
    return (
        '<div class="worked-problem" role="alert">'
        f'<p class="worked-problem-title">{escape(title)}</p>'
        f"<pre><code>{escape(rest)}</code></pre></div>"
    )


def highlighted(md: Markdown, code: str, classes: list[str]) -> str:
    """Highlight a cell as the site highlights every other block of code, with more classes."""
    host = next((e for e in md.registeredExtensions if isinstance(e, HighlightExtension)), None)
    settings, count = {"md": md}, 0
    if host is not None:
        host.pygments_code_block += 1  # numbers the lines' ids across the page
        settings |= host.get_pymdownx_highlight_settings()
        count = host.pygments_code_block
    maker = Highlight(**{name: settings[name] for name in _SETTINGS if name in settings})
    return str(maker.highlight(code.strip("\n"), "python", classes=classes, code_block_count=count))


class _Whole(Treeprocessor):
    """Notes that the next text is the whole page: the table of contents converts pieces before."""

    def __init__(self, md: Markdown, state: _State) -> None:
        super().__init__(md)
        self.state = state

    def run(self, root: ElementTree.Element) -> None:
        self.state.whole = True


class _Leftovers(Postprocessor):
    """Finds the cells that fell out of every container: their mark is still text.

    Problems that have no block of their own come to the top of the page.
    """

    def __init__(self, md: Markdown, state: _State) -> None:
        super().__init__(md)
        self.state = state

    def run(self, text: str) -> str:
        sheet = self.state.sheet
        if sheet is not None:
            for found in MARK.finditer(text):
                cell = sheet.result.page.cells[int(found[1])]
                said = (
                    "the cell is no block of its own here: Markdown takes its indentation for "
                    "code (four spaces for each list, tab or box around it)"
                )
                self.state.complain(Problem(sheet.result.page.name, cell.fence_line, "place", said))
        return self.state.rest() + re.sub(MARK, "", text)
