"""What prose holds beside its words: values `{python} expression:spec`, and links to labels."""

import ast
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from worked import limits
from worked.page.near_misses import value_hint

_TOKEN: Final = re.compile(
    r"\\[\\`<$]|(?P<ticks>`+)|(?P<comment><!--)|(?P<dollars>\$\$?)"
    r"|\](?:\(|:)[ \t]*<?(?P<target>[^()\s<>]*\#(?:fig|tbl)-[^()\s<>]*)"
)
_VALUE: Final = re.compile(r"\{python\}(?:\s+(?P<body>.*))?", re.DOTALL)
_SPAN: Final = re.compile(r"`(\{python\}[^`\n]*)`")
# pandoc's rule, so that "$5 and $6" are prices; a value may stand wherever a digit may
_INLINE: Final = re.compile(rf"\$(?![\s$])(?:\\[^\n]|{_SPAN.pattern}|[^\\$`\n])+?(?<!\s)\$(?!\d)")
_DISPLAY: Final = re.compile(
    rf"\$\$(?:\\[^\n]|{_SPAN.pattern}|[^\\$`\n]|\$(?!\$)|\\?\n(?![ \t>]*(?:\n|\Z)))*?\$\$"
)
SAFE_TEX: Final = re.compile(r"[A-Za-z0-9 .,()\[\]{}+\-=^&%\\]+")
"""What a value may bring into a formula: nothing that ends it, that HTML reads, or a link needs."""


@dataclass(frozen=True, slots=True)
class Value:
    """A code span `{python} expression:spec`, in prose or in a caption."""

    expression: str
    spec: str
    """A format spec as in an f-string; empty for none."""
    line: int
    start: int
    end: int
    index: int
    """Counted from 0 on its page, those in captions included: its text is known by it."""
    tex: bool = False
    """Whether it stands in a formula."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a label `fig-…` or `tbl-…`."""

    text: str
    """As it is written; of a reference `[name]: #fig-a`, its name."""
    target: str
    """`#fig-relu` or `../other/page.md#fig-relu`."""
    line: int


class InlineScanner:
    """Finds values and links in the parts of one text that are prose."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.values: list[Value] = []
        self.links: list[Link] = []
        self.problems: list[tuple[int, str, str]] = []
        """(line, kind, message)"""
        self._no_comment = len(text)
        """From here on no comment ends."""
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def line_of(self, at: int) -> int:
        """Give the line, counted from 1, in which offset `at` lies."""
        return bisect_right(self._starts, at)

    def start_of(self, line: int) -> int:
        """Give the offset at which a line begins; after the last one, the text's end."""
        return self._starts[line - 1] if line <= len(self._starts) else len(self.text)

    def read(self, start: int, stop: int, *, formulas: bool = True) -> int:
        """Read the prose between two offsets; the result is where reading goes on.

        That is `stop`, or after a comment that ends later.
        """
        at = start
        alone: set[int] = set()  # lengths of backticks that nothing closes any more
        while found := _TOKEN.search(self.text, at, stop):
            at = found.end()
            if found["comment"] and at < self._no_comment:
                end = self.text.find("-->", at)
                if end < 0:
                    self._no_comment = at
                    continue
                at = end + 3
                if at > stop:
                    return at
            elif (ticks := len(found["ticks"] or "")) and ticks not in alone:
                closing = re.compile(rf"(?<!`)`{{{ticks}}}(?!`)").search(self.text, at, stop)
                if closing is None:
                    alone.add(ticks)
                    continue
                if ticks == 1:
                    self._value(found.start(), at, closing.start())
                at = closing.end()
            elif found["dollars"] and formulas:
                at = self._formula(found, stop)
            elif found["target"]:
                self._link(found, start)
        return stop

    def _formula(self, opening: re.Match[str], stop: int) -> int:
        """Find the values of a formula: the offset after it, or after its dollars."""
        pattern = _DISPLAY if opening["dollars"] == "$$" else _INLINE
        formula = pattern.match(self.text, opening.start(), stop)
        if formula is None:
            return opening.end()
        for span in _SPAN.finditer(formula[0]):
            at = formula.start()
            self._value(at + span.start(), at + span.start(1), at + span.end(1), tex=True)
        return formula.end()

    def _link(self, found: re.Match[str], start: int) -> None:
        at = found.start()
        begin = self.text.rfind("[", max(start, at - limits.MAX_LINK_TEXT), at)
        self.links.append(Link(self.text[begin + 1 : at], found["target"], self.line_of(at)))

    def _value(self, start: int, inner: int, close: int, *, tex: bool = False) -> None:
        found = _VALUE.fullmatch(self.text, inner, close)
        body = (found["body"] or "").strip() if found else ""
        line = self.line_of(start)
        if said := "" if found else value_hint(self.text[inner:close]):
            self.problems.append((line, "value", said))
        if not body:  # also the bare `{python}` of a text about values
            return
        if "\n" in self.text[inner:close]:
            self.problems.append((line, "value", "a value stands on one line"))
            return
        try:
            expression, spec = split_spec(body)
        except SyntaxError as error:
            self.problems.append((line, "SyntaxError", f"{error.msg} in the value `{body}`"))
            return
        place = {"line": line, "start": start, "end": close + 1, "index": len(self.values)}
        self.values.append(Value(expression, spec, **place, tex=tex))


def split_spec(body: str) -> tuple[str, str]:
    """Split `expression:spec` as an f-string would: at the first colon after an expression.

    Raises:
        SyntaxError: when there is no expression at all.
    """
    for end in islice(_colons(body), limits.MAX_COLONS):
        try:
            ast.parse(body[:end].strip(), mode="eval")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        return body[:end].strip(), body[end + 1 :]
    try:
        ast.parse(body, mode="eval")
    except ValueError as error:  # a NUL byte
        raise SyntaxError(str(error)) from error
    except (RecursionError, MemoryError) as error:  # `----…1`: the parser's stack
        raise SyntaxError("nested too deeply") from error
    return body, ""


def _colons(body: str) -> Iterator[int]:
    return (found.start() for found in re.finditer(":", body))
