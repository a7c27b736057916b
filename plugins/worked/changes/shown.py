"""What a reader sees of a page, in its order: blocks of text, and cells with what they show."""

import ast
import contextlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from worked.errors import Problem
from worked.page import MARK, Cell, PageResult, Value, fill_caption, weave
from worked.protocol.outputs import Leaf, leaves

TEXTS: Final = ("fig-cap", "tbl-cap", "fig-alt")
WORDS: Final = {"fig-cap": "caption", "tbl-cap": "caption", "fig-alt": "alternative text"}

_KINDS: Final = (
    (re.compile(r"\s*#{1,6}\s"), "heading"),
    (re.compile(r"\s*\?\?\?\+?\s+card\b"), "card"),
    (re.compile(r"\s*(?:\?\?\?\+?|!!!)\s"), "box"),
    (re.compile(r"\s*\|"), "table"),
    (re.compile(r"\s*\$\$"), "formula"),
    (re.compile(r"\s*(?:```|~~~)"), "code"),
)


@dataclass(frozen=True, slots=True)
class ShownText:
    """A block of Markdown, with its values in it."""

    line: int
    kind: str
    """`heading`, `card`, `box`, `table`, `formula`, `code`, `front matter` or `prose`."""
    text: str
    source: str
    """As it is written: without its values."""

    @property
    def identity(self) -> object:
        """What two blocks share that a reader cannot tell apart."""
        return self.kind, " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell and what it shows."""

    line: int
    label: str
    code: str
    """As the reader sees it; empty where it is hidden."""
    source: str
    """As it runs."""
    outputs: tuple[tuple[str, Leaf], ...]
    """(combination of a sweep, or nothing; output)"""
    texts: tuple[tuple[str, str], ...]
    """(option, text): its captions and its alternative text, with their values."""
    exports: tuple[tuple[str, str], ...]
    """(name, value as JSON, or the source of a function or class)"""
    arrays: tuple[tuple[str, str], ...] = ()
    """(name, value as JSON): what it hands to its element."""
    tolerance: Any = None
    """How far its numbers may be off; None where nothing is expected of it."""
    took: float | None = field(default=None, compare=False)
    """seconds that it took when it ran; None where that is not known"""

    @property
    def identity(self) -> object:
        """What two cells share that a reader cannot tell apart."""
        return self.code, self.outputs, self.texts, self.exports, self.arrays


Block = ShownText | ShownCell


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page as a reader sees it."""

    name: str
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()
    users: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Exported name -> the pages that import it."""


def shown_page(result: PageResult, users: Mapping[str, tuple[str, ...]]) -> ShownPage:
    """Say what a reader sees of a page that has run."""
    blocks: list[Block] = list(_texts(result))
    blocks += [_cell(result, cell) for cell in result.page.cells]
    blocks.sort(key=lambda block: block.line)
    return ShownPage(result.page.name, tuple(blocks), result.problems, users)


def _texts(result: PageResult) -> Iterator[ShownText]:
    """Split the Markdown at blank lines; the lines are those of the file."""
    page = result.page
    filled = weave(page, result.values, _put).split("\n")
    written = weave(page, {}, lambda value, _: page.text[value.start : value.end]).split("\n")
    head = page.text.count("\n", 0, page.body)
    start: int | None = None
    for number, line in enumerate([*filled, ""]):
        is_text = bool(line.strip(" \t>")) and not MARK.search(line) and number < len(filled)
        if is_text and start is None:
            start = number
        elif start is not None and (not is_text or number == head):
            yield _text(filled, written, start, number, head)
            start = number if is_text else None


def _text(filled: list[str], written: list[str], start: int, end: int, head: int) -> ShownText:
    text = "\n".join(filled[start:end])
    found = (kind for pattern, kind in _KINDS if pattern.match(text))
    kind = "front matter" if end <= head else next(found, "prose")
    return ShownText(start + 1, kind, text, "\n".join(written[start:end]))


def _put(value: Value, text: str | None) -> str:
    return f"`{{python}} {value.expression}`" if text is None else " ".join(text.split("\n"))


def _cell(result: PageResult, cell: Cell) -> ShownCell:
    page, got, options = result.page, result.cells[cell.index], cell.options
    titles = options.sweep.titles if options.sweep else ()
    outputs = tuple(
        (titles[number] if number < len(titles) else "", leaf)
        for number, leaf in (leaves(got.outputs) if got else ())
    )
    values = {**result.values, **_framed(result, cell)}
    texts = tuple(
        (name, fill_caption(page, cell, name, values, _put))
        for name in TEXTS
        if getattr(options, name.replace("-", "_"))
    )
    expected = [one.tolerance for one in page.expectations if one.cell == cell.index]
    return ShownCell(
        line=cell.fence_line,
        label=options.label,
        code=cell.code if options.echo else "",
        source=cell.code,
        outputs=outputs,
        texts=texts,
        exports=tuple(
            (name, json.dumps(result.exports[name], sort_keys=True))
            if name in result.exports
            else (name, _definition(cell.code, name))
            for name in options.export
        ),
        arrays=tuple(
            (name, json.dumps(value, sort_keys=True))
            for name, value in sorted((got.arrays if got else {}).items())
        ),
        tolerance=expected[0] if expected else None,
        took=result.took.get(cell.index),
    )


def _definition(code: str, name: str) -> str:
    """Give the statement that defines a name; the whole code where it is none of its own."""
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        for node in ast.parse(code).body:
            if getattr(node, "name", "") == name:
                return ast.unparse(node)
    return code


def _framed(result: PageResult, cell: Cell) -> dict[int, str]:
    """Give the values of a sweep's captions, those of all combinations one after another."""
    frames = result.frames.get(cell.index, ())
    indices = sorted({index for frame in frames for index in frame})
    return {
        index: ", ".join(dict.fromkeys(frame[index] for frame in frames if index in frame))
        for index in indices
    }
