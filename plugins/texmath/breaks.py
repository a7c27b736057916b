"""Where a line may end inside a formula between words.

No browser breaks MathML into lines.  So a long formula is written as several `<math>` elements, cut
as TeX cuts it: after a relation or a comma, and after a plus or minus where a part is still long.
Nothing inside brackets, fractions or roots is cut.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

from texmath.mathml import Node, parse

LONG: Final = 24
"""characters that fit on a line of a telephone beside a few words"""
WIDE: Final = 30
"""characters that fit on a line of a telephone"""

_TAG: Final = re.compile(r"<(?P<end>/?)(?P<name>\w+)(?P<rest>[^>]*?)(?P<alone>/?)>")
_RELATIONS: Final = frozenset("=≠≈≡≔≤≥<>≪≫∈∉⊂⊆⊃⊇∼≃≅∝→←↦⟶⟵⟼⇒⇐⇔↔⟹⟸⟺,;:")
_SIGNS: Final = frozenset("+−±∓")
_OPENING: Final = frozenset("([{⌊⌈⟨")
_CLOSING: Final = frozenset(")]}⌋⌉⟩")
_BARS: Final = frozenset("|‖∣∥")
_PREFIX: Final = 'lspace="0" rspace="0"'
"""what the converter says of a sign that belongs to what follows it"""


@dataclass(frozen=True, slots=True)
class _Part:
    """One child of the formula."""

    html: str
    text: str

    @property
    def is_operator(self) -> bool:
        return self.html.startswith("<mo")


def broken(mathml: str) -> tuple[str, ...]:
    """Cut a `<math>` element where a line may end; a short one stays whole.

    Joined again by nothing, the pieces look as the whole does.
    """
    head = _TAG.match(mathml)
    if head is None or len(_TAG.sub("", mathml)) <= LONG:
        return (mathml,)
    parts = tuple(_parts(mathml[head.end() : -len("</math>")]))
    pieces: list[tuple[_Part, ...]] = []
    for piece in _cut(parts, _ends_relation) if _length(parts) > LONG else (parts,):
        pieces += _cut(piece, _ends_sum) if _length(piece) > LONG else (piece,)
    if len(pieces) == 1:
        return (mathml,)
    last = len(pieces) - 1
    return tuple(
        f"{head[0]}{_written(piece, is_last=n == last)}</math>" for n, piece in enumerate(pieces)
    )


def is_wide(mathml: str) -> bool:
    """Whether a `<math>` element that cannot be cut is wider than a telephone: a matrix, say."""
    return len(_TAG.sub("", mathml)) > LONG and _width(parse(mathml)) > WIDE


def _width(node: Node) -> int:
    """Estimate the width of an element in characters: rows and halves of fractions overlap."""
    widths = [_width(child) for child in node.children]
    if node.tag in ("mtable", "mfrac"):
        return max(widths, default=0)
    between = 2 if node.tag == "mtd" else 0
    return len("".join(node.words).strip()) + sum(widths) + between


def _parts(inner: str) -> Iterator[_Part]:
    """Take the children of an element apart."""
    depth = start = 0
    for tag in _TAG.finditer(inner):
        depth += 0 if tag["alone"] else -1 if tag["end"] else 1
        if depth == 0:
            html = inner[start : tag.end()]
            yield _Part(html, unescape(_TAG.sub("", html)).strip())
            start = tag.end()


def _length(parts: tuple[_Part, ...]) -> int:
    return sum(len(part.text) for part in parts)


def _cut(
    parts: tuple[_Part, ...], ends: Callable[[tuple[_Part, ...], int], bool]
) -> Iterator[tuple[_Part, ...]]:
    """Cut after the operators that end a piece, unless they stand in brackets or between bars."""
    start = depth = bars = 0
    paired = sum(part.is_operator and part.text in _BARS for part in parts) % 2 == 0
    for at, part in enumerate(parts):
        if part.is_operator:
            depth += (part.text in _OPENING) - (part.text in _CLOSING)
            bars ^= paired and part.text in _BARS
        if depth <= 0 and not bars and start < at + 1 < len(parts) and ends(parts, at):
            yield parts[start : at + 1]
            start = at + 1
    yield parts[start:]


def _ends_relation(parts: tuple[_Part, ...], at: int) -> bool:
    """Whether a part is a relation or a comma; of several after each other, the last."""
    return _is(parts[at], _RELATIONS) and not _is(parts[at + 1], _RELATIONS)


def _ends_sum(parts: tuple[_Part, ...], at: int) -> bool:
    return at > 0 and _is(parts[at], _SIGNS) and _PREFIX not in parts[at].html


def _is(part: _Part, signs: frozenset[str]) -> bool:
    return part.is_operator and part.text in signs


def _written(piece: tuple[_Part, ...], *, is_last: bool) -> str:
    """Write a piece; what ends it keeps the room that it had between its neighbours."""
    if is_last or not piece[-1].is_operator:
        return "".join(part.html for part in piece)
    mo = piece[-1].html.replace("<mo", '<mo form="infix"', 1)
    return "".join([*(part.html for part in piece[:-1]), mo])
