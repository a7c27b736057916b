"""How long and how deep Markdown may be: its converters recurse, and look back and forth.

Python-Markdown takes a time that grows with the square of what is open (brackets, say) or of a
paragraph, and ends in a RecursionError where blocks are in each other.  One pass over the lines;
what is in a fence is code, which only has to be no longer than a page.
"""

import re
from collections.abc import Iterator
from typing import Final

from worked import limits

_FENCE: Final = re.compile(
    r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<mark>`{3,}|~{3,})(?P<rest>.*)"
)
_MARKS: Final = re.compile(r"(?:[ \t]*(?:>|(?:[-*+:]|\d{1,9}[.)])(?=[ \t]|\Z)))*+[ \t]*+")
_LEADS: Final = frozenset(" \t>-*+:0123456789")
"""What a line in a container may begin with."""
_MARK: Final = re.compile(r"[>*+:-]|\d+[.)]")
_RULE: Final = re.compile(r"[ \t>]*(?:(?:\*[ \t]*)+|(?:-[ \t]*)+|(?:_[ \t]*)+)")
_SPAN: Final = re.compile(r"(?<![`\\])(`{1,2})(?!`)[^`\n]*+\1(?!`)")
_RUN: Final = re.compile(rf"\*{{{limits.MAX_MARKS}}}|_{{{limits.MAX_MARKS}}}")
_BRACKET: Final = re.compile(r"\\.|[\[\]]")
_HEADING: Final = re.compile(r"[ \t>]*+(?:#|(?:=++|-++)[ \t]*+\Z)")
"""A heading, in its own line or by the line below it; a rule counts too."""
_HEADING_TAG: Final = re.compile(r"<[hH][1-6]\b")
_ELEMENT: Final = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*+)(?=[\s/>]|\Z)")
_FORMULA: Final = re.compile(r"\$[^$\n]*\$")
_EMPTY: Final = frozenset(
    ["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_TAB: Final = 4


def excess(text: str) -> tuple[int, str] | None:
    """Say what a Markdown text has too much of: (line from 1, what); None where all is well.

    Args:
        text: a page or a part of one, line ends as `\\n`.
    """
    if len(text) > limits.MAX_PAGE:
        return 1, f"has {len(text):,} characters; at most {limits.MAX_PAGE:,} are converted"
    length = brackets = elements = headings = 0
    for number, row in _prose(text.split("\n")):
        if len(row) > limits.MAX_LINE:
            return number, f"has {len(row):,} characters; at most {limits.MAX_LINE:,} fit on a line"
        if not row.strip(" \t>"):
            length = brackets = 0
            continue
        headings += _HEADING.match(row) is not None
        headings += len(_HEADING_TAG.findall(row)) if "<" in row else 0
        if headings > limits.MAX_HEADINGS:
            return number, f"is heading {headings:,}; at most {limits.MAX_HEADINGS:,} are converted"
        length += len(row)
        if length > limits.MAX_PARAGRAPH:
            most = f"{limits.MAX_PARAGRAPH:,} characters"
            return number, f"is in a paragraph of more than {most}: put an empty line into it"
        if row[0] in _LEADS and _depth(row) > limits.MAX_MARKDOWN_DEPTH:
            most = f"{limits.MAX_MARKDOWN_DEPTH} lists, boxes or quotations"
            return number, f"is in more than {most}, as its indentation and marks have it"
        if len(row) >= limits.MAX_MARKS and (run := _RUN.search(row)) and not _RULE.fullmatch(row):
            return number, f"has {run[0][0]!r} {limits.MAX_MARKS} times in a row"
        row = _SPAN.sub("", row) if "`" in row else row
        for found in _BRACKET.finditer(row) if "[" in row else ():
            brackets += (found[0] == "[") - (found[0] == "]" and brackets > 0)
            if brackets > limits.MAX_BRACKETS:
                return number, f"is in a paragraph with {brackets} brackets `[` that nothing closes"
        for found in _ELEMENT.finditer(_FORMULA.sub("", row)) if "<" in row else ():
            if found["name"].lower() not in _EMPTY:
                elements = max(0, elements + (-1 if found["end"] else 1))
            if elements > limits.MAX_ELEMENTS:
                return number, f"is in {elements} elements of HTML that nothing closes"
    return None


def _prose(rows: list[str]) -> Iterator[tuple[int, str]]:
    """Give the lines that are in no fence, counted from 1; a fence ends a paragraph.

    A fence that nothing closes is text.
    """
    marks = [_FENCE.match(row) if "```" in row or "~~~" in row else None for row in rows]
    fences = [n for n, found in enumerate(marks) if found]
    unclosed: dict[str, int] = {}
    at = place = 0
    while at < len(rows):
        opening = marks[at]
        while place < len(fences) and fences[place] <= at:
            place += 1
        if opening is not None and len(opening["mark"]) < unclosed.get(opening["mark"][0], 1 << 30):
            later = (fences[n] for n in range(place, len(fences)))
            end = next((n for n in later if _closes(marks[n], opening["mark"])), None)
            if end is not None:
                yield at + 1, ""
                at = end + 1
                continue
            unclosed[opening["mark"][0]] = len(opening["mark"])
        yield at + 1, rows[at]
        at += 1


def _closes(found: re.Match[str] | None, mark: str) -> bool:
    return found is not None and found["mark"].startswith(mark) and not found["rest"].strip()


def _depth(row: str) -> int:
    """Count the containers that a line is in at most."""
    lead = _MARKS.match(row)
    if lead is None or _RULE.fullmatch(row):
        return 0
    marks = len(_MARK.findall(lead[0]))
    spaces = row[: len(row) - len(row.lstrip(" \t"))].expandtabs(_TAB)
    return marks + len(spaces) // _TAB
