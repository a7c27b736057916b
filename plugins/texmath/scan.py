r"""Where the formulas of a Markdown text stand, but not in code.

Between dollars, between `\\(` and `\\)` or `\\[` and `\\]`, and in environments such as `align`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from texmath.blocks import after_fence, is_code
from texmath.bounds import MAX_LENGTH

TOKEN: Final = re.compile(
    r"""
    ^(?P<prefix>[ \t>]*)(?P<mark>`{3,}(?=[^`\n]*$)|~{3,})(?P<info>[^\n]*)
    | \\(?P<bracket>[(\[])
    | \\begin\{(?P<environment>(?:align|alignat|eqnarray|equation|flalign|gather|multline)\*?)\}
    | \\[^\n]
    | (?P<ticks>`+)
    | (?P<comment><!--)
    | <(?P<element>pre|code|script|style|textarea|math|svg)(?=[\s>])[^>]*>
    | <[a-zA-Z][a-zA-Z0-9+.-]*:[^<>\s]*>
    | \]\([^()\s]*
    | ^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]+\S+
    | </?[a-zA-Z][\w-]*(?:\s+[\w:@.-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*/?>
    | \$`(?P<quoted>[^`\n]+)`\$(?!\d)
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
SENTENCE: Final = re.compile(r"\s[A-Za-z]{2,}")
WORDS: Final = re.compile(r"(?:^|\s)[A-Za-z]{3,}(?=[\s,.;:]|$)")
ARGUMENT: Final = re.compile(r"\{[^{}]*\}")
DISPLAY: Final = re.compile(r"\$\$((?:\\.|[^\\$`]|\$(?!\$))*?)\$\$", re.DOTALL)
# in Markdown a backslash before a bracket also says that the bracket is one: \[see below\]
BRACKETS: Final = {
    "(": re.compile(r"\\\(((?:\\(?![()]).|[^\\`])+?)\\\)", re.DOTALL),
    "[": re.compile(r"\\\[((?:\\(?![\[\]]).|[^\\`])+?)\\\](?!\()", re.DOTALL),
}
TEX: Final = re.compile(r"\\[a-zA-Z]{2}|\^|[A-Za-z]_[{A-Za-z0-9]|(?:^|\s)=(?:\s|$)")
PREFIX: Final = re.compile(r"[ \t>]*")
FIRST_ON_LINE: Final = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?")
REST_OF_LINE: Final = re.compile(r"[.,;]?[ \t]*(?=\n|\Z)")
BLANK_LINE: Final = re.compile(r"\n[ \t>]*(?=\n|\Z)")


@dataclass(frozen=True, slots=True)
class Span:
    """One formula in a text."""

    start: int
    """Offset of its first sign: a dollar, say."""
    end: int
    """Offset after its last sign."""
    line: int
    """Line of its first sign, counted from 1."""
    tex: str
    """What stands between its signs, without the `>` of a quotation around it; an environment with
    its `\\begin` and `\\end`."""
    display: bool
    prefixes: tuple[str, ...] = ()
    """Indentation and `>` of its further lines."""
    closed: bool = True
    """False for what begins a formula on a line of its own and does not end in the paragraph."""
    opening: str = "$"
    """How it begins: `$$`, `\\[` or `\\begin{align}`, say."""


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
    at, unclosed = 0, set[tuple[str, str]]()
    while found := TOKEN.search(text, at):
        at = found.end()
        if found["mark"]:
            kind = (found["prefix"], found["mark"])
            closed = 0 if kind in unclosed else after_fence(text, found)
            if closed == len(text) + 1:  # nor is the next of its kind
                unclosed.add(kind)
            at = closed if 0 < closed <= len(text) else found.end("mark")
            if found["info"].strip() == "math" and at > found.end():
                yield _fenced(text, found, at)
        elif quoted := found["quoted"]:
            line = text.count("\n", 0, found.start()) + 1
            yield Span(found.start(), at, line, quoted, display=False)
        elif ticks := found["ticks"]:
            at = _after(text, rf"(?<!`){ticks}(?!`)", at, _paragraph_end(text, at))
        elif found["comment"]:
            at = _after(text, "-->", at, len(text))
        elif element := found["element"]:
            at = _after(text, rf"</{element}\s*>", at, len(text))
        elif _opens(found) and (span := _formula(text, found)):
            if not is_code(text, span.start):
                yield span
            at = span.end


def _after(text: str, pattern: str, start: int, stop: int) -> int:
    """Give the offset after the first match, or `start` where there is none."""
    found = re.compile(pattern).search(text, start, stop)
    return found.end() if found else start


def _paragraph_end(text: str, start: int) -> int:
    found = BLANK_LINE.search(text, start)
    return found.start() if found else len(text)


def _fenced(text: str, opening: re.Match[str], end: int) -> Span:
    """Give the formula of a fence `math`, as GitHub has them."""
    start = opening.start("mark")
    rows = text[start:end].split("\n")[1:]
    line = text.count("\n", 0, start) + 1
    depth = len(opening["prefix"])
    return Span(
        *(start, end, line),
        "\n" + "\n".join(row[depth:] for row in rows[:-1]),
        display=True,
        prefixes=tuple(opening["prefix"] for _ in rows),
    )


def _opens(found: re.Match[str]) -> bool:
    return bool(found["dollars"] or found["bracket"] or found["environment"])


def _formula(text: str, opening: re.Match[str]) -> Span | None:
    start, sign = opening.start(), opening[0]
    display = sign not in ("$", r"\(")
    line_start = text.rfind("\n", 0, start) + 1
    line = text.count("\n", 0, start) + 1
    if closed := _closed(text, opening):
        content, end = closed
        leading = PREFIX.match(text, line_start, start)
        quotes = leading[0].count(">") if leading else 0
        rows = [_quoted(row, quotes) for row in content.split("\n")[1:]]
        tex = "\n".join([content.split("\n")[0], *(row for _, row in rows)])
        prefixes = tuple(prefix for prefix, _ in rows)
        return Span(start, end, line, tex, display=display, prefixes=prefixes, opening=sign)
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    alone = sign != r"\[" or not text[opening.end() : end].strip()
    if not (display and alone and FIRST_ON_LINE.fullmatch(text, line_start, start)):
        return None
    tex = text[start if opening["environment"] else opening.end() : end]
    return Span(start, end, line, tex, display=True, closed=False, opening=sign)


def _closed(text: str, opening: re.Match[str]) -> tuple[str, int] | None:
    """Give the content of the formula that begins with a sign, and the offset after its end."""
    start, furthest = opening.start(), opening.start() + MAX_LENGTH
    if name := opening["environment"]:
        ending = rf"\end{{{name}}}"
        end = text.find(ending, start, furthest) + len(ending)
        whole = text[start:end] if end >= len(ending) else "`"
        return None if "`" in whole or BLANK_LINE.search(text, start, end) else (whole, end)
    if bracket := opening["bracket"]:
        found = BRACKETS[bracket].match(text, start, furthest)
        if not found or BLANK_LINE.search(text, start, found.end()) or not _is_tex(text, found):
            return None
        return found[1], found.end()
    stop = _paragraph_end(text, start)
    if opening["dollars"] == "$$":
        found = DISPLAY.match(text, start, stop)
    else:
        found = INLINE.match(text, start, stop)
        if found and _is_price(found[1]):
            return None
        found = found or _loose(text, start)
    return (found[1], found.end()) if found else None


def _is_price(content: str) -> bool:
    """Whether two dollars are those of `$6, or US$ 7`."""
    return bool(content[0].isdigit() and SENTENCE.search(content) and not SIGN.search(content))


def _is_tex(text: str, found: re.Match[str]) -> bool:
    r"""Whether brackets after backslashes hold a formula: not words, and not the 1 of `\[1\]`."""
    content = found[1].strip()
    if TEX.search(content):
        return True
    if WORDS.search(content) or not re.search(r"[^\W\d]", content):
        return False
    start = text.rfind("\n", 0, found.start()) + 1
    ends = REST_OF_LINE.match(text, found.end())
    return found[0][1] == "(" or bool(ends and FIRST_ON_LINE.fullmatch(text, start, found.start()))


def _loose(text: str, start: int) -> re.Match[str] | None:
    """Find a formula with spaces inside its dollars, or one that goes on in the next line."""
    found = LOOSE.match(text, start, _paragraph_end(text, start))
    if not found or not SIGN.search(found[1]):
        return None
    return None if WORDS.search(ARGUMENT.sub("", found[1])) else found


def _quoted(row: str, depth: int) -> tuple[str, str]:
    """Split a line into its indentation with up to `depth` marks of quotations, and the rest."""
    found = re.match(rf"[ \t]*(?:>[ \t]*){{0,{depth}}}", row)
    end = found.end() if found else 0
    return row[:end], row[end:]
