r"""TeX as tokens: `\frac`, `{`, `x`, a space, a comment."""

import re
from collections.abc import Set
from dataclasses import dataclass
from typing import Final

from texmath.problems import FormulaError

_TOKEN: Final = re.compile(
    r"""
    (?P<verb>\\verb\*?(?P<bar>[^a-zA-Z*\s]).*?(?P=bar))
    | (?P<command>
        \\(?:begin|end)[ ]*\{[a-zA-Z]+\*?\} | \\(?:operatorname|tag|hspace)\* | \\[a-zA-Z]+ | \\.
      )
    | (?P<comment>%[^\n]*\n?[ \t]*)
    | (?P<space>\s+)
    | (?P<parameter>\#+[1-9])
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_DELIMITED: Final = re.compile(r"\\(begin|end)[ ]*\{(.*)\}")
_SKIPPED: Final = ("space", "comment")
_OPENING: Final = frozenset({"{", r"\left", r"\begingroup", r"\bgroup"})
_CLOSING: Final = frozenset({"}", r"\right", r"\endgroup", r"\egroup"})
_LONGEST: Final = 200
"""tokens of an optional argument"""
_CLOSES: Final = {"$": ("$",), r"\(": (r"\)",)}
_DOLLARS: Final = tuple(_CLOSES)
_NEXT_CELL: Final = frozenset({"&", r"\\", r"\cr", r"\newline"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word of TeX and where it stands."""

    kind: str
    """command, sign, parameter (`#1`), space, comment or verb"""
    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset after it."""
        return self.start + len(self.text)

    @property
    def opened(self) -> str:
        r"""The environment that a `\begin` opens."""
        found = _DELIMITED.fullmatch(self.text)
        return found[2] if found and found[1] == "begin" else ""

    @property
    def closed(self) -> str:
        r"""The environment that an `\end` closes."""
        found = _DELIMITED.fullmatch(self.text)
        return found[2] if found and found[1] == "end" else ""

    @property
    def level(self) -> int:
        """1 for what opens a group, -1 for what closes one, 0 for the rest."""
        if self.text in _OPENING or self.opened:
            return 1
        return -1 if self.text in _CLOSING or self.closed else 0


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a formula, by their number."""

    all: tuple[Token, ...]

    @classmethod
    def of(cls, tex: str) -> "Tokens":
        """Take a formula apart; joined again, the tokens are the formula."""
        found = _TOKEN.finditer(tex)
        return cls(tuple(Token(each.lastgroup or "", each[0], each.start()) for each in found))

    def after(self, at: int) -> int:
        """Give the next token that is no space and no comment; the number of all at the end."""
        at += 1
        while at < len(self.all) and self.all[at].kind in _SKIPPED:
            at += 1
        return at

    def text(self, at: int) -> str:
        """Give a token's text; empty after the end."""
        return self.all[at].text if 0 <= at < len(self.all) else ""

    def argument(self, at: int) -> tuple[int, int] | None:
        """Give the first and last token of the argument after a token: a group, or one token.

        None where there is none.
        """
        first = self.after(at)
        if first >= len(self.all) or self.all[first].level < 0 or self.text(first) == "&":
            return None
        if self.text(first) != "{":
            return first, first
        last = self.closing(first)
        return None if last is None else (first, last)

    def optional(self, at: int) -> tuple[int, int] | None:
        """Give the brackets of an optional argument after a token; None where there is none."""
        first = self.after(at)
        if self.text(first) != "[":
            return None
        depth = 0
        for last in range(first + 1, min(first + _LONGEST, len(self.all))):
            depth += self.all[last].level
            if depth < 0:
                return None
            if not depth and self.text(last) == "]":
                return first, last
        return None

    def closing(self, opening: int) -> int | None:
        """Give the token that closes a group."""
        depth = 0
        for at in range(opening, len(self.all)):
            depth += self.all[at].level
            if not depth:
                return at
        return None

    def inside(self, first: int, last: int) -> str:
        """Give the text of an argument without its braces or brackets."""
        tokens = self.all[first : last + 1]
        if len(tokens) > 1:
            tokens = tokens[1:-1]
        return "".join(token.text for token in tokens)

    def scope(self, at: int) -> tuple[int, int]:
        """Give the tokens between which a declaration holds: its group, or its cell of a table.

        Both belong to the scope's surroundings; -1 and the number of all at the ends.
        """
        return self._edge(at, -1), self._edge(at, 1)

    def formulas(self, first: int, last: int) -> tuple[tuple[int, int], ...]:
        r"""Give the signs around the formulas among words in braces: dollars, or `\(` and `\)`.

        Raises:
            FormulaError: for one in further braces, where its words cannot be cut.
        """
        found, opened, depth = [], -1, 0
        for at in range(first + 1, last):
            depth += self.all[at].level
            if self.text(at) not in (_DOLLARS if opened < 0 else _CLOSES[self.text(opened)]):
                continue
            if depth:
                message = "A formula among words stands in no further braces or commands."
                raise FormulaError(message, self.all[at].start)
            if opened >= 0:
                found.append((opened, at))
            opened = at if opened < 0 else -1
        if opened >= 0:
            raise FormulaError("A formula among words has no end.", self.all[opened].start)
        return tuple(found)

    def following(self, commands: Set[str]) -> frozenset[str]:
        """Give the names of the commands that stand after some others, in braces or not."""
        names = set()
        for at, token in enumerate(self.all):
            if token.kind == "command" and token.text[1:] in commands:
                named = self.after(at)
                named = self.after(named) if self.text(named) == "{" else named
                names.add(self.text(named)[1:])
        return frozenset(names - commands)

    def _edge(self, at: int, step: int) -> int:
        depth = 0
        at += step
        while 0 <= at < len(self.all):
            level = self.all[at].level * step
            if not depth and (level < 0 or self.text(at) in _NEXT_CELL):
                return at
            depth += level
            at += step
        return at
