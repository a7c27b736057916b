"""Where the formulas of a Markdown text stand: between dollars, but not in code."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

TOKEN: Final = re.compile(
    r"""
    ^(?P<prefix>[ \t>]*)(?P<mark>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*
    | \\[^\n]
    | (?P<ticks>`+)
    | (?P<comment><!--)
    | <(?P<element>pre|code|script|style|textarea|math|svg)(?=[\s>])[^>]*>
    | </?[a-zA-Z][\w-]*(?:\s+[\w:@.-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*/?>
    | (?P<dollars>\$\$?)
    """,
    re.MULTILINE | re.VERBOSE,
)
# pandoc's rule, so that "$5 and $6" are prices: something right after the opening dollar and
# right before the closing one, and no digit after that
INLINE: Final = re.compile(r"\$(?![\s$])((?:\\[^\n]|[^\\$`\n])+?)(?<!\s)\$(?!\d)")
# pages for Jupyter also break a line in a formula and have spaces inside the dollars: a formula
# that says so by a sign of TeX, and that is no sentence between two prices
LOOSE: Final = re.compile(r"\$(?!\$)((?:\\.|[^\\$`\n]|\n(?![ \t>]*\|))+?)\$(?![\d$])", re.DOTALL)
SIGN: Final = re.compile(r"\\[a-zA-Z%$]|\^|(?<![A-Za-z]{2})_|=")
WORDS: Final = re.compile(r"(?:^|\s)[A-Za-z]{3,}(?=[\s,.;:]|$)")
ARGUMENT: Final = re.compile(r"\{[^{}]*\}")
DISPLAY: Final = re.compile(r"\$\$((?:\\.|[^\\$`]|\$(?!\$))*?)\$\$", re.DOTALL)
PREFIX: Final = re.compile(r"[ \t>]*")
FIRST_ON_LINE: Final = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?")
INDENTED: Final = re.compile(r"(?: {4}| {0,3}\t)[ \t]*(?=\S)")
# whose content is indented: items, notes, boxes, tabs, definitions, raw HTML
CONTAINER: Final = re.compile(r" {0,3}(?:(?:[-*+:]|\d+[.)])\s|\[\^|!!!|\?\?\?|===|<)")
BLANK_LINE: Final = re.compile(r"\n[ \t>]*(?=\n|\Z)")


@dataclass(frozen=True, slots=True)
class Span:
    """One formula in a text."""

    start: int
    """Offset of its first dollar."""
    end: int
    """Offset after its last dollar."""
    line: int
    """Line of its first dollar, counted from 1."""
    tex: str
    """What stands between the dollars, without the `>` of a quotation around it."""
    display: bool
    prefixes: tuple[str, ...] = ()
    """Indentation and `>` of its further lines."""
    closed: bool = True
    """False for two dollars at the start of a line without two others in the same paragraph."""


def scan(text: str) -> tuple[Span, ...]:
    """Find the formulas of a Markdown text, in order.

    Fences, code spans, comments, the tags of raw HTML and what is in raw `<pre>`, `<code>`,
    `<script>`, `<style>` and `<math>` are passed over, and so is a dollar after a backslash.
    Code that is only indented is passed over where no list or box stands above it; in them, it is
    not told from their content: use fences.

    Args:
        text: line ends as `\\n`.
    """
    return tuple(_spans(text))


def _spans(text: str) -> Iterator[Span]:
    at = 0
    while found := TOKEN.search(text, at):
        at = found.end()
        if found["mark"]:
            at = _after_fence(text, found) or found.end("mark")
        elif ticks := found["ticks"]:
            at = _after(text, rf"(?<!`){ticks}(?!`)", at, _paragraph_end(text, at))
        elif found["comment"]:
            at = _after(text, "-->", at, len(text))
        elif element := found["element"]:
            at = _after(text, rf"</{element}\s*>", at, len(text))
        elif found["dollars"] and (span := _formula(text, found)):
            if not _is_code(text, span.start):
                yield span
            at = span.end


def _after(text: str, pattern: str, start: int, stop: int) -> int:
    """Give the offset after the first match, or `start` where there is none."""
    found = re.compile(pattern).search(text, start, stop)
    return found.end() if found else start


def _paragraph_end(text: str, start: int) -> int:
    found = BLANK_LINE.search(text, start)
    return found.start() if found else len(text)


def _after_fence(text: str, opening: re.Match[str]) -> int | None:
    """Give the offset after a fence's closing line; None where it does not close."""
    mark, prefix = opening["mark"], opening["prefix"]
    start = opening.end() + 1
    while start < len(text):
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        content = line.strip(" \t>")
        if content and not line.startswith(prefix):
            return None
        if len(content) >= len(mark) and not content.strip(mark[0]):
            return start + len(line)
        start += len(line) + 1
    return None


def _formula(text: str, opening: re.Match[str]) -> Span | None:
    start, display = opening.start(), opening["dollars"] == "$$"
    line_start = text.rfind("\n", 0, start) + 1
    line = text.count("\n", 0, start) + 1
    found = (DISPLAY if display else INLINE).match(text, start, _paragraph_end(text, start))
    if not (found or display):
        found = _loose(text, start)
    if found:
        leading = PREFIX.match(text, line_start, start)
        quotes = leading[0].count(">") if leading else 0
        rows = [_quoted(row, quotes) for row in found[1].split("\n")[1:]]
        tex = "\n".join([found[1].split("\n")[0], *(row for _, row in rows)])
        prefixes = tuple(prefix for prefix, _ in rows)
        return Span(start, found.end(), line, tex, display=display, prefixes=prefixes)
    if not display:
        return None
    if not FIRST_ON_LINE.fullmatch(text, line_start, start):
        return None
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    return Span(start, end, line, text[start + 2 : end], display=True, closed=False)


def _loose(text: str, start: int) -> re.Match[str] | None:
    """Find a formula with spaces inside its dollars, or one that goes on in the next line."""
    found = LOOSE.match(text, start, _paragraph_end(text, start))
    if not found or not SIGN.search(found[1]):
        return None
    return None if WORDS.search(ARGUMENT.sub("", found[1])) else found


def _is_code(text: str, start: int) -> bool:
    """Whether a place lies in code by indentation, below nothing whose content is indented."""
    line_start = text.rfind("\n", 0, start) + 1
    if not INDENTED.match(text, line_start):
        return False
    rows = text[:line_start].split("\n")[:-1]
    while rows and INDENTED.match(rows[-1]):
        rows.pop()
    if rows and rows[-1].strip():  # the further line of a paragraph
        return False
    while rows and (INDENTED.match(rows[-1]) or not rows[-1].strip()):
        rows.pop()
    above = itertools.takewhile(str.strip, reversed(rows))
    return not any(CONTAINER.match(row) for row in above)


def _quoted(row: str, depth: int) -> tuple[str, str]:
    """Split a line into its indentation with up to `depth` marks of quotations, and the rest."""
    found = re.match(rf"[ \t]*(?:>[ \t]*){{0,{depth}}}", row)
    end = found.end() if found else 0
    return row[:end], row[end:]
