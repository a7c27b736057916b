"""A page as passages of prose with cells between them, in Markdown that any notebook can show.

Values are texts here, boxes are quotations, and links that only work on the site are plain words.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from worked.downloads.loop import first_variant, split_futures, sweep_loop, with_display
from worked.html import signed
from worked.page import (
    FENCE,
    MARK,
    RESERVED,
    Cell,
    PageResult,
    References,
    Value,
    fill_caption,
    weave,
)

_BOX: Final = re.compile(
    r'(?P<indent> *)(?:!!!|\?\?\?\+?|===[!+]*) *+(?P<kind>[\w-]*+)[\w -]*+(?:"(?P<title>.*)")? *'
)
_STEP: Final = 4
"""spaces by which the text of a box is indented"""
_LINK: Final = re.compile(
    r"(?P<keep>(?<!`)(?P<ticks>`++).*?(?P=ticks)|\$[^$\n]*\$)"
    r'|!?\[(?P<text>[^\]\[]*)\]\((?P<target>[^()\s]*)(?: +"[^"]*")?\)'
)
_NO_MARKS: Final = dict.fromkeys(RESERVED, "�")
_ABROAD: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)

SpellValue = Callable[[str], str]
"""Takes the text of a value, and gives it as it stands in the prose."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Prose, and the cell after it."""

    prose: str
    cell: Cell | None
    """None after the last one."""

    def code(self, *, show: str = "", each: bool = False) -> str:
        """Give what runs of the cell; of a sweep, a loop.

        Args:
            show: the function that shows a value; empty where nothing shows any.
            each: whether the cell's last value is a tuple, each part of which is shown.
        """
        if self.cell is None:
            return ""
        code, sweep = self.cell.code.strip("\n"), self.cell.options.sweep
        if seed := self.cell.options.run.seed:
            code = first_variant(code, seed)
        if sweep:
            futures, code = split_futures(code)  # they may stand in no loop
            loop = sweep_loop(code, sweep, show=show, each=each)
            return f"{futures}\n{loop}" if futures else loop
        return with_display(code, show, each=True) if show and each else code


class ProseReader:
    """Reads one page with its results."""

    def __init__(self, result: PageResult, references: References, spell: SpellValue) -> None:
        self._result = result
        self._references = references
        self._spell = spell

    def passages(self) -> Iterator[Passage]:
        """Cut the page at its cells; a caption goes where the page has it."""
        page = self._result.page
        # a page may hold what looks like a mark of ours
        plain = replace(page, text=page.text.translate(_NO_MARKS))
        text = weave(plain, self._result.values, self._put)[page.body :]
        above = ""
        for rows, index in _cut(text.split("\n")):
            cell = None if index is None else page.cells[index]
            parts = [above, self._linked("\n".join(rows))]
            if cell is not None:
                parts.append(self._caption(cell, "tbl-cap"))
            yield Passage("\n\n".join(filter(None, parts)), cell)
            above = self._caption(cell, "fig-cap") if cell is not None else ""

    def alternative(self, cell: Cell, frame: int = 0) -> str:
        """Give what a cell's drawing shows in words, plain."""
        return self._filled(cell, "fig-alt", str, frame)

    def _caption(self, cell: Cell, option: str) -> str:
        titles = cell.options.sweep.titles
        if any(name == option for name, _ in cell.values) and titles:  # each frame has its own
            frames = (self._filled(cell, option, self._spell, n) for n in range(len(titles)))
            rows = (f"- {title}: {text}" for title, text in zip(titles, frames, strict=True))
            said = "\n" + self._linked("\n".join(rows))
        else:
            said = self._linked(self._filled(cell, option, self._spell))
        target = self._references.resolve(self._result.page.name, f"#{cell.options.label}")
        return f"**{target.name}.** {said}" if said.strip() and target else said

    def _filled(self, cell: Cell, option: str, spell: SpellValue, frame: int = 0) -> str:
        def put(value: Value, text: str | None) -> str:
            return _put(value, text, spell)

        frames = self._result.frames.get(cell.index, ())
        values = {**self._result.values, **(frames[frame] if frames else {})}
        return fill_caption(self._result.page, cell, option, values, put)

    def _put(self, value: Value, text: str | None) -> str:
        return _put(value, text, self._spell)

    def _linked(self, text: str) -> str:
        """Take the links out that lead elsewhere on the site: the file lies somewhere else."""
        rows, fence = [], ""
        for row in text.split("\n"):
            fence, is_code = _fenced(row, fence)
            rows.append(row if is_code else _LINK.sub(self._link, row))
        return "\n".join(rows)

    def _link(self, found: re.Match[str]) -> str:
        if found["keep"] or _ABROAD.match(found["target"]):
            return found[0]
        target = self._references.resolve(self._result.page.name, found["target"])
        is_word = target is not None and target.name.partition(" ")[0] == found["text"]
        return target.name if target and is_word else found["text"]


def displays(cell: Cell) -> bool:
    """Whether a cell shows values itself, in the middle of its code too."""
    return "display(" in cell.code


def _put(value: Value, text: str | None, spell: SpellValue) -> str:
    given = "?" if text is None else text
    return given if value.tex else spell(" ".join(signed(given).split("\n")))


def _cut(rows: list[str]) -> Iterator[tuple[list[str], int | None]]:
    """Give the rows before each cell, with its index, then those after the last."""
    held: list[str] = []
    boxes: list[int] = []
    fence, is_apart = "", False
    for row in rows:
        if mark := MARK.search(row):
            yield held, int(mark[1])
            held = []
            continue
        fence, is_code = _fenced(row, fence)
        if not (row.strip() or is_code):
            is_apart = True  # only what follows says in which box the empty row is
            continue
        indent = len(row) - len(row.lstrip(" "))
        while row.strip() and boxes and indent < boxes[-1]:
            boxes.pop()
        if is_apart and held:
            held.append(_quoted(boxes).rstrip())
        box = None if is_code else _BOX.fullmatch(row)
        if box:
            boxes.append(len(box["indent"]) + _STEP)
            row = " " * boxes[-1] + f"**{box['title'] or box['kind'].capitalize()}**"
        held.append(f"{_quoted(boxes)}{row[boxes[-1] if boxes else 0 :]}".rstrip())
        is_apart = box is not None
    yield held, None


def _quoted(boxes: list[int]) -> str:
    """Give what stands before a row inside of boxes, in place of their indentation."""
    return " " * (boxes[0] - _STEP) + "> " * len(boxes) if boxes else ""


def _fenced(row: str, fence: str) -> tuple[str, bool]:
    """Follow fences from row to row: the mark that is open now, and whether the row is code."""
    opening = FENCE.fullmatch(row.lstrip("> "))
    if not fence:
        return (opening["mark"], True) if opening else ("", False)
    closes = opening and opening["mark"].startswith(fence) and not opening["info"].strip()
    return ("" if closes else fence), True
