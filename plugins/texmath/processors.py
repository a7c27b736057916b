"""The parts that Python-Markdown runs, in the order in which it runs them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from texmath import placeholder
from texmath.conversion import EndlessError
from texmath.formula import Formula, convert
from texmath.host import Host
from texmath.macros import Macros
from texmath.placeholder import Placeholder
from texmath.problems import FormulaError, Problem
from texmath.scan import Span, scan

ENDS: Final = {"$$": "$$", r"\[": r"\]"}
"""how a formula begins -> how it ends"""
ENDLESS: Final = 3
"""formulas of a page that may take too long: each takes a second"""


@dataclass(slots=True)
class Stash:
    """What stands in the text of one page: numbers in Python-Markdown's stash."""

    placeholders: dict[int, Placeholder] = field(default_factory=dict)
    displays: set[int] = field(default_factory=set)
    endless: int = 0
    """How many formulas have taken too long."""
    filler: str = ""
    """Keeps a display formula's further lines from being blank: those would end a list item."""


class FormulaPreprocessor(Preprocessor):
    """Puts a placeholder for every formula."""

    def __init__(self, md: Markdown, stash: Stash, host: Host, macros: Macros) -> None:
        super().__init__(md)
        self.stash = stash
        self.host = host
        self.macros = macros

    def run(self, lines: list[str]) -> list[str]:
        """Replace the formulas of a page; as many lines come out as went in."""
        self.stash.placeholders.clear()
        self.stash.displays.clear()
        self.stash.endless = 0
        self.stash.filler = self.md.htmlStash.store("")
        return self.typeset("\n".join(lines), cut=self.host.place()[1]).split("\n")

    def typeset(self, text: str, *, cut: int, is_brought: bool = False) -> str:
        """Replace the formulas of a text; those that were replaced before stay.

        Args:
            text: a page, or a caption that another extension puts into it.
            cut: how many lines of the file stand above the text.
            is_brought: whether one line of the file brings all of the text's, as a cell does.
        """
        parts, at, lines = [], 0, text.split("\n")
        for span in scan(text):
            stands = self.stand_for(span, lines, cut, is_brought=is_brought)
            mark = self.md.htmlStash.store(stands.inline)
            number = self.md.htmlStash.html_counter - 1
            self.stash.placeholders[number] = stands
            if span.display:
                self.stash.displays.add(number)
            parts += [text[at : span.start], self.over_lines(mark, span, text[span.end :][:1])]
            at = span.end
        self.host.finish()
        return "".join([*parts, text[at:]])

    def over_lines(self, mark: str, span: Span, behind: str) -> str:
        """Spread a placeholder over as many lines as its formula has."""
        first, *rest = [mark, *([self.stash.filler] * len(span.prefixes))]
        if rest and not span.display and behind.strip():  # a comma right behind stays there
            first, *rest = [*rest, first]
        return first + "".join(f"\n{p}{row}" for p, row in zip(span.prefixes, rest, strict=True))

    def stand_for(self, span: Span, lines: list[str], cut: int, *, is_brought: bool) -> Placeholder:
        """Convert a formula, or report that it is bad."""
        try:
            if self.stash.endless > ENDLESS:
                raise FormulaError("The page has too many formulas that take too long.", 0)
            formula = self.converted(span)
        except FormulaError as error:
            self.stash.endless += isinstance(error, EndlessError)
            found = self.problem(span, lines, cut, error)
            if is_brought:
                found = replace(found, line=cut + 1, first=cut + 1)
            self.host.report(found)
            return placeholder.problem(span.tex, found.headline)
        key = placeholder.key(span.tex, display=span.display)
        self.host.keep(key, formula.mathml)
        return placeholder.waiting(formula.text, key, self.macros.explained(span.tex))

    def converted(self, span: Span) -> Formula:
        """Convert a formula.

        Raises:
            FormulaError: also for one that does not end.
        """
        if not span.closed:
            end = ENDS.get(span.opening) or span.opening.replace("begin", "end")
            message = (
                f'"{span.opening}" begins a formula that no "{end}" before an empty line ends.'
            )
            raise FormulaError(message, 0)
        return convert(span.tex, display=span.display, macros=self.macros)

    def problem(self, span: Span, lines: list[str], cut: int, error: FormulaError) -> Problem:
        """Say where a formula is bad, in lines of the file."""
        last = span.line + span.tex.count("\n")
        rows = (HTML_PLACEHOLDER_RE.sub("…", row) for row in lines[span.line - 1 : last])
        return Problem(
            page=self.host.place()[0],
            line=cut + span.line + span.tex.count("\n", 0, error.position),
            message=error.message,
            rows=tuple(rows),
            first=cut + span.line,
        )


class DisplayProcessor(BlockProcessor):
    """Makes a block of a display formula that has its lines for itself."""

    def __init__(self, parser: BlockParser, stash: Stash) -> None:
        super().__init__(parser)
        self.stash = stash

    def test(self, parent: Element, block: str) -> bool:
        """Tell whether a line of the block is nothing but a display formula."""
        return any(self.number(line) is not None for line in block.split("\n"))

    def number(self, line: str) -> int | None:
        """Give a line's display formula, where that is all there is on it."""
        found = HTML_PLACEHOLDER_RE.fullmatch(line.strip())
        number = int(found[1]) if found else -1
        return number if number in self.stash.displays else None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Parse what stands before it, add the formula, leave the rest for the next turn."""
        lines = blocks.pop(0).split("\n")
        at, number = next((i, n) for i, s in enumerate(lines) if (n := self.number(s)) is not None)
        before, after = lines[:at], lines[at + 1 :]
        while after and after[0].strip() == self.stash.filler:
            after.pop(0)
        if any(line.strip() for line in before):
            self.parser.parseBlocks(parent, ["\n".join(before)])
        _break_line(parent)
        # a paragraph that is only a stashed block gives way to it
        paragraph = SubElement(parent, "p")
        paragraph.text = self.parser.md.htmlStash.store(self.stash.placeholders[number].block)
        if any(line.strip() for line in after):
            blocks.insert(0, "\n".join(after))


def _break_line(parent: Element) -> None:
    """Keep the words before a block apart from it: without tags they would run together."""
    if len(parent):
        parent[-1].tail = f"{parent[-1].tail or ''}\n"
    elif parent.text:
        parent.text += "\n"


class AttributeProcessor(Treeprocessor):
    """Writes formulas in attributes (the text that stands for an image) as text."""

    def __init__(self, md: Markdown, stash: Stash) -> None:
        super().__init__(md)
        self.stash = stash

    def run(self, root: Element) -> None:
        """Replace the placeholders in every attribute of the page."""
        for element in root.iter():
            for name, value in element.items():
                if HTML_PLACEHOLDER_RE.search(value):
                    element.set(name, HTML_PLACEHOLDER_RE.sub(self.text, value))

    def text(self, found: re.Match[str]) -> str:
        """Give a formula's text; what others have stashed stays."""
        stands = self.stash.placeholders.get(int(found[1]))
        return stands.text if stands else found[0]


class MathPostprocessor(Postprocessor):
    """Puts the MathML in, without a host."""

    def __init__(self, md: Markdown, formulas: Mapping[str, str]) -> None:
        super().__init__(md)
        self.formulas = formulas
        self.settled = False
        """False as long as the table of contents may ask for headings: it gets the plain text."""

    def run(self, text: str) -> str:
        """Replace the placeholders of the finished page."""
        if not self.settled:
            return text
        self.settled = False
        return placeholder.splice(text, self.formulas)


class Settle(Treeprocessor):
    """Comes last and says that the tree is finished."""

    def __init__(self, md: Markdown, splicer: MathPostprocessor) -> None:
        super().__init__(md)
        self.splicer = splicer

    def run(self, root: Element) -> None:
        """Let the postprocessor begin."""
        self.splicer.settled = True
