r"""What MathML can say and the converter does not: changes of the tree that it made.

A group of the formula is marked by a colour that stands for a shape, since the converter writes
colours down as they are: `\smash{x}` is given to it as `{\color[HTML]{5EA000}x}`.  In its tree, the
group then becomes what the shape says.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from texmath import tables
from texmath.mathml import Node

_FIRST: Final = 0x5EA000
_COLOR: Final = re.compile(r"color:#(5EA[0-9A-F]{3});?")
_POINTS: Final = {
    "pt": 1.0,
    "px": 0.75,
    "pc": 12.0,
    "bp": 1.00375,
    "mm": 2.845,
    "cm": 28.45,
    "in": 72.27,
    "em": 10.0,
    "ex": 4.306,
    "mu": 10 / 18,
}
_LENGTH: Final = re.compile(r"\s*(-?\s*\d*\.?\d+)\s*([a-z]{2})\s*")
_BELOW: Final = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}


@dataclass(frozen=True, slots=True)
class Shape:
    """What becomes of a group."""

    name: str
    values: tuple[str, ...] = ()


def mark(number: int) -> str:
    """Say how the group of the shape with a number begins."""
    return rf"{{\color[HTML]{{{_FIRST + number:06X}}}"


def is_taken(tex: str) -> bool:
    """Whether a formula itself has colours that stand for shapes."""
    return "5ea" in tex.lower() and re.search(r"\{\s*5ea[0-9a-f]{3}\s*\}", tex, re.I) is not None


def length(text: str) -> str | None:
    """Write a length of TeX for CSS, in em, as for 10 pt; None where it is none."""
    found = _LENGTH.fullmatch(text)
    if not found or found[2] not in _POINTS:
        return None
    return f"{float(found[1].replace(' ', '')) * _POINTS[found[2]] / 10:.4g}em"


def shaped(node: Node, shapes: Sequence[Shape], *, display: bool) -> Node:
    """Give marked groups their shapes.

    Args:
        node: the converter's tree.
        shapes: by their numbers.
        display: whether sums have their limits above and below here.
    """
    said = node.attributes.get("displaystyle")
    display = display if said is None else said == "true"
    inner = display and node.tag != "mfrac"
    content: list[Node | str] = []
    operator = None
    for at, part in enumerate(node.content):
        if isinstance(part, str):
            content.append(part)
            continue
        scripts = at > 0 and node.tag in _SCRIPTS
        if node.tag in _BELOW and at == 0:
            operator = _shape(part, shapes)
        content.append(shaped(part, shapes, display=inner and not scripts))
    node = node.having(content)
    if operator and operator.name == "mathop":
        below = display if operator.values == ("displaylimits",) else operator.values == ("limits",)
        return Node(_BELOW[node.tag], node.attributes, node.content) if below else node
    if node.tag == "mtable":
        return tables.tidied(node)
    shape = _shape(node, shapes)
    return _row(_SHAPES[shape.name](node.content, shape.values)) if shape else node


def _shape(node: Node, shapes: Sequence[Shape]) -> Shape | None:
    found = _COLOR.fullmatch(node.attributes.get("style", "")) if node.tag == "mrow" else None
    number = int(found[1], 16) - _FIRST if found else len(shapes)
    return shapes[number] if number < len(shapes) else None


def _row(content: Sequence[Node | str]) -> Node:
    if len(content) == 1 and isinstance(content[0], Node):
        return content[0]
    return Node("mrow", {}, list(content))


def _around(tag: str, *names: str, **attributes: str) -> "_Change":
    """Put an element around a group; the values of the shape are those of the named attributes."""
    return lambda content, values: [
        Node(tag, attributes | dict(zip(names, values, strict=False)), [_row(content)])
    ]


def _smash(content: Sequence[Node | str], values: tuple[str, ...]) -> list[Node | str]:
    return [Node("mpadded", dict.fromkeys(values, "0"), [_row(content)])]


def _lap(content: Sequence[Node | str], values: tuple[str, ...]) -> list[Node | str]:
    """Take no room; MathML Core knows no negative room before, so the content moves."""
    moved = {"style": f"transform:translateX({values[0]})"} if values[0] != "0" else {}
    return [Node("mpadded", {"width": "0"}, [Node("mrow", moved, list(content))])]


def _rule(_: Sequence[Node | str], values: tuple[str, ...]) -> list[Node | str]:
    room = dict(zip(("width", "height", "depth"), values, strict=True))
    return [Node("mspace", room | {"style": "background:currentcolor"})]


def _centred(content: Sequence[Node | str], _: tuple[str, ...]) -> list[Node | str]:
    """A table stands about the axis."""
    cell = Node("mtd", {"style": "padding:0"}, [_row(content)])
    return [Node("mtable", {"style": "math-style:inherit"}, [Node("mtr", {}, [cell])])]


_Change = Callable[[Sequence[Node | str], tuple[str, ...]], list[Node | str]]
_SCRIPTS: Final = {*_BELOW, *_BELOW.values(), "mmultiscripts"}
_SHAPES: Final[dict[str, _Change]] = {
    "mathop": lambda content, _: list(content),
    "smash": _smash,
    "lap": _lap,
    "size": _around("mstyle", "mathsize"),
    "box": _around("mpadded", "style"),
    "rule": _rule,
    "vcenter": _centred,
    "strike": _around("menclose", notation="horizontalstrike"),
    "bold": _around("mrow", style="text-shadow:0.02em 0.01em 0.04px"),
    "mirror": _around("mrow", style="transform:scaleX(-1)"),
    "smallmatrix": tables.small,
    "alignedat": tables.paired,
    "columns": tables.joined,
    "displaystyle": tables.displayed,
    "arraystretch": tables.stretched,
    "gap": tables.gap,
}
