"""Find the cells, expectations, values and links of a page, and what is wrong with them."""

import re
from collections.abc import Iterator
from typing import Final

from worked import limits
from worked.errors import Problem
from worked.hints import directive_hint
from worked.page.bounds import excess
from worked.page.direction import turned_code
from worked.page.expectations import (
    EXPECT_INFO,
    Expectation,
    ExpectError,
    Tolerance,
    read_tolerance,
)
from worked.page.front_matter import body_start, refused_front_matter
from worked.page.indentation import IndentTracker
from worked.page.inline import InlineScanner, Value
from worked.page.model import Cell, Page
from worked.page.near_misses import fence_hint, option_hint
from worked.page.options import OPTIONS, READ_OPTIONS, OptionError, Options, read_options

FENCE: Final = re.compile(r"(?P<prefix>[ \t>]*)(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>.*)")
_CELL_INFO: Final = re.compile(r"python[ \t]*\{[ \t]*\.run[ \t]*\}")
_LISTED: Final = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)])[ \t]+(?:`{3,}|~{3,})[ \t]*(?P<info>.*)")
_TAB: Final = 4
"""columns from one tab stop to the next, as Python-Markdown has them"""


def parse(text: str, name: str) -> Page:
    """Find the cells and values of a page.  Never raises: what is wrong is in `problems`.

    Args:
        text: the file's content, front matter included, line ends as `\\n`.
        name: the file as errors name it.
    """
    said = (beyond := excess(text)) and (beyond[0], "markdown", f"the text {beyond[1]}")
    if said := said or refused_front_matter(text):
        return Page(name, text, (), (), problems=(Problem(name, *said),), body=len(text))
    return _Reader(text, name).page()


class _Reader:
    """Walks through one text once, from the top."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.cells: list[Cell] = []
        self.expectations: list[Expectation] = []
        self.finder = InlineScanner(text)
        self.prose, self.line_of = self.finder.read, self.finder.line_of
        self.problems: list[Problem] = []
        self.margin = IndentTracker()
        self.unclosed: dict[tuple[str, str], tuple[int, int]] = {}
        """(prefix, mark) -> (length of a fence that never closes, where its container ends)"""

    def page(self) -> Page:
        at = prose = body = body_start(self.text)
        while at < len(self.text):
            end = self.line_end(at)
            row = self.text[at:end]
            opening = FENCE.fullmatch(self.text, at, end)
            listed = _LISTED.fullmatch(row)
            if listed and not _CELL_INFO.fullmatch(listed["info"].strip()):
                listed = None
            code = self.margin.is_code(row)
            if row.strip() and not (opening or listed or code):
                at = end + 1
                continue
            resume = self.prose(prose, at)
            if resume > at:  # a comment began before this line and ends after it
                prose, at = resume, self.line_end(resume) + 1
                self.margin.skip()
                continue
            if listed:
                said = "a cell begins on a line of its own, not after the mark of a list"
                self.wrong(self.line_of(at), "fence", said)
            behind = self.fence(opening) if opening else None
            if behind is not None:
                self.margin.skip()
            if behind is None and row.strip() and not code:  # no fence after all, but text
                prose, at = at, end + 1
            else:
                at = prose = behind or end + 1
        self.prose(prose, len(self.text))
        self.labels()
        inside = {value for cell in self.cells for _, value in cell.values}
        for line, kind, message in self.finder.problems:
            self.wrong(line, kind, message)
        self.problems += turned_code(self.name, self.text, self.cells, self.finder.values)
        return Page(
            name=self.name,
            text=self.text,
            cells=tuple(self.cells),
            values=tuple(value for value in self.finder.values if value not in inside),
            problems=tuple(sorted(self.problems, key=lambda problem: problem.line)),
            expectations=tuple(self.expectations),
            links=tuple(self.finder.links),
            body=body,
        )

    def line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def wrong(self, line: int, kind: str, message: str) -> None:
        said = message if len(message) <= limits.MAX_LOGGED_LINE else f"{message[:200]}…"
        self.problems.append(Problem(page=self.name, line=line, kind=kind, message=said))

    def fence(self, opening: re.Match[str]) -> int | None:
        """Read the fence that a line opens: the offset after it, or None where it never closes."""
        info = opening["info"].strip()
        if opening["mark"][0] == "`" and "`" in info:
            return None
        at = opening.start()
        line = self.line_of(at)
        runs = _CELL_INFO.fullmatch(info) is not None
        expects = EXPECT_INFO.fullmatch(info)
        if said := "" if runs or expects else fence_hint(info) or directive_hint(info):
            self.wrong(line, "fence", said)
        key = opening["prefix"], opening["mark"][0]
        length, stop = self.unclosed.get(key, (0, 0))
        known = at < stop and len(opening["mark"]) >= length
        body: list[str] = []
        position = stop if known else self.line_end(at) + 1
        while position < len(self.text) and not known:
            end = self.line_end(position)
            row = self.text[position:end]
            inner = _without(row, opening["prefix"])
            if inner is None:
                break
            if _closes(inner, opening["mark"], opening["prefix"]):
                if runs:
                    self.cell(opening, body, at=at, end=end)
                if expects:
                    self.expectation(opening, body, options=expects["options"], end=end)
                return min(end + 1, len(self.text))
            body.append(inner)
            position = end + 1
        self.unclosed[key] = (length if known else len(opening["mark"]), position)
        if runs or expects:
            where = "the end of the page" if position >= len(self.text) else "its container's end"
            noun = "cell" if runs else "expectation"
            self.wrong(line, "fence", f"the {noun} is not closed before {where}")
        return None

    def cell(self, opening: re.Match[str], body: list[str], *, at: int, end: int) -> None:
        line = self.line_of(at)
        try:
            chosen, count = read_options("\n".join(body))
        except OptionError as error:
            self.wrong(line + 1 + error.line, "option", str(error))
            chosen, count = Options(), 0
        else:
            for number, row in enumerate(body[count:], start=line + 1 + count):
                if said := option_hint(row, OPTIONS):
                    self.wrong(number, "option", said)
        self.cells.append(
            Cell(
                index=len(self.cells),
                code="\n".join(body[count:]),
                line=line + 1 + count,
                options=chosen,
                start=at,
                end=end,
                prefix=opening["prefix"],
                fence_line=line,
                values=tuple(self.texts(chosen, line + 1, count)),
            )
        )

    def expectation(
        self, opening: re.Match[str], body: list[str], *, options: str, end: int
    ) -> None:
        at = opening.start()
        line = self.line_of(at)
        last = self.cells[-1] if self.cells else None
        between = self.text[last.end : at] if last else ""
        taken = any(one.cell == len(self.cells) - 1 for one in self.expectations)
        if last is None or taken or between.strip(" \t\n>") or opening["prefix"] != last.prefix:
            said = "an expectation stands right after its cell, one for each, indented as it is"
            self.wrong(line, "fence", said)
            return
        try:
            near = read_tolerance(options)
        except ExpectError as error:
            self.wrong(line, "fence", str(error))
            near = Tolerance()
        self.expectations.append(
            Expectation(
                cell=last.index,
                text="\n".join(body),
                height=len(body),
                tolerance=near,
                line=line,
                start=at,
                end=end,
                prefix=opening["prefix"],
                mark=opening["mark"],
            )
        )

    def texts(self, chosen: Options, first: int, count: int) -> Iterator[tuple[str, Value]]:
        """Find the values of a cell's captions and alternative text, where they stand."""
        lines = dict(chosen.lines)
        for name in (option.name for option in READ_OPTIONS):
            if name not in lines:
                continue
            below = min((at for at in lines.values() if at > lines[name]), default=count)
            start = self.finder.start_of(first + lines[name])
            known = len(self.finder.values)
            # an alternative text is plain: there are no formulas in it
            stop = self.finder.start_of(first + below)
            self.finder.read(start, stop, formulas=name != "fig-alt")
            yield from ((name, value) for value in self.finder.values[known:])

    def labels(self) -> None:
        seen: dict[str, int] = {}
        for cell in self.cells:
            label = cell.options.label
            if label and label in seen:
                line = cell.option_line("label")
                self.wrong(line, "label", f"{label!r} is taken by line {seen[label]}")
            elif label:
                seen[label] = cell.option_line("label")


def _without(row: str, prefix: str) -> str | None:
    """Strip the container's prefix from a line; None where the line has left the container."""
    if row.startswith(prefix):
        return row[len(prefix) :]
    wide = prefix.expandtabs(_TAB)
    lead = row[: len(row) - len(row.lstrip(" \t>"))].expandtabs(_TAB)
    if lead.startswith(wide):
        return lead[len(wide) :] + row.lstrip(" \t>")
    if row.strip(" \t") == "":  # of any length: the converter empties it
        return ""
    return "" if row.strip(" \t>") == "" and len(lead) <= len(wide) else None


def _closes(row: str, mark: str, prefix: str) -> bool:
    stripped = row.strip()
    if len(stripped) < len(mark) or stripped.strip(mark[0]):
        return False
    wide = (prefix + row).expandtabs(_TAB)[len(prefix.expandtabs(_TAB)) :]
    return len(wide) - len(wide.lstrip()) < _TAB
