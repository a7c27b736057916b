r"""Commutative diagrams of amscd as matrices of objects and arrows."""

from collections.abc import Callable, Iterator
from typing import Final

from texmath.arrays import cells
from texmath.problems import FormulaError
from texmath.rewriting import Edits
from texmath.tokens import Tokens

_ACROSS: Final = {">": r"\xrightarrow", "<": r"\xleftarrow"}
_DOWN: Final = {"A": r"\uparrow", "V": r"\downarrow"}
_ALONE: Final = {"=": r"\xlongequal{\quad}", "|": r"\Big\Vert", ".": ""}
_VERTICAL: Final = frozenset({*_DOWN, "|"})


def diagram(tokens: Tokens, at: int, edits: Edits, rewrite: Callable[[str], str]) -> None:
    r"""Draw a commutative diagram as a matrix: `\begin{CD} A @>a>> B \\ @VbV c V @| \end{CD}`."""
    end = tokens.closing(at)
    if end is None:
        return
    rows = []
    for row in cells(tokens, at, end):
        said = "".join(token.text for token in tokens.all[row[0][0] + 1 : row[-1][1]])
        rows.append(" & ".join(_arrows(Tokens.of(said), tokens.all[at].start, rewrite)))
    body = r"\\".join(rows)
    start, stop = tokens.all[at].start, tokens.all[end].end
    edits.replace(start, stop, rf"\begin{{matrix}}{body}\end{{matrix}}")


def _arrows(tokens: Tokens, start: int, rewrite: Callable[[str], str]) -> Iterator[str]:
    """Give the cells of a row: objects and the arrows between them, or arrows alone."""
    content, at, seen = "", 0, False
    kinds = {tokens.text(at + 1) for at in range(len(tokens.all)) if tokens.text(at) == "@"}
    vertical = bool(kinds & _VERTICAL) and not kinds & _ACROSS.keys()
    while at < len(tokens.all):
        if tokens.text(at) != "@":
            content += tokens.text(at)
            at += 1
            continue
        kind = tokens.text(at + 1)
        if seen and vertical:
            yield ""
        elif not vertical:
            yield rewrite(content)
        content, seen = "", True
        if kind in _ALONE:
            yield _ALONE[kind]
            at += 2
            continue
        if kind not in _ACROSS and kind not in _DOWN:
            raise FormulaError(f'"@{kind}" is no arrow of a diagram.', start)
        first, at = _until(tokens, at + 2, kind, start)
        second, at = _until(tokens, at, kind, start)
        one, two = rewrite(first), rewrite(second)
        if kind in _ACROSS:
            below = f"[{two}]" if two.strip() else ""
            yield rf"{_ACROSS[kind]}{below}{{{one}}}"
        else:
            yield rf"{{\scriptstyle {one}}}\Big{_DOWN[kind]}{{\scriptstyle {two}}}"
    if not vertical:
        yield rewrite(content)


def _until(tokens: Tokens, at: int, sign: str, start: int) -> tuple[str, int]:
    """Give the label up to a sign, and the token after the sign."""
    label, depth = "", 0
    for end in range(at, len(tokens.all)):
        depth += tokens.all[end].level
        if not depth and tokens.text(end) == sign:
            return label, end + 1
        label += tokens.text(end)
    raise FormulaError(f'An arrow of a diagram lacks a "{sign}".', start)
