"""Tables of MathML: what TeX says of their rows and columns, as styles of their cells."""

from collections.abc import Callable, Sequence
from typing import Final

from texmath.mathml import Node

_ROW: Final = 1.2
"""em from one line to the next, as in LaTeX"""
GAP: Final = "data-gap"
"""attribute that says how much room is below the row of an element"""
_TIGHT: Final = {"padding-left": "0", "padding-right": "0"}


def small(content: Sequence[Node | str], _: tuple[str, ...]) -> list[Node | str]:
    """Draw a matrix as small as a script."""
    narrow = {"padding-left": "0.2em", "padding-right": "0.2em"}
    low = narrow | {"padding-top": "0.1em", "padding-bottom": "0.1em"}
    return _changed(
        content, lambda table: _rows(table, lambda _: low).with_attributes(scriptlevel="1")
    )


def paired(content: Sequence[Node | str], _: tuple[str, ...]) -> list[Node | str]:
    """Leave no room between pairs of columns, as in `alignedat`."""
    return _changed(content, lambda table: _rows(table, lambda _: _TIGHT))


def joined(content: Sequence[Node | str], values: tuple[str, ...]) -> list[Node | str]:
    """Leave no room at some edges of columns, counted from 0 at the left: `@{}`."""
    edges = set(map(int, values))

    def style(column: int) -> dict[str, str]:
        left = {"padding-left": "0"} if column in edges else {}
        return left | ({"padding-right": "0"} if column + 1 in edges else {})

    return _changed(content, lambda table: _rows(table, style))


def stretched(content: Sequence[Node | str], values: tuple[str, ...]) -> list[Node | str]:
    r"""Set rows apart by a multiple of the usual: `\arraystretch`."""
    more = (float(values[0]) - 1) * _ROW
    room = {
        "padding-top": f"max(0px, calc(0.5ex + {0.7 * more:.4g}em))",
        "padding-bottom": f"max(0px, calc(0.5ex + {0.3 * more:.4g}em))",
    }
    return _changed(content, lambda table: _rows(table, lambda _: room))


def gap(_: Sequence[Node | str], values: tuple[str, ...]) -> list[Node | str]:
    r"""Mark a row that has more room below it: `\\[6pt]`."""
    return [Node("mspace", {GAP: values[0]})]


def tidied(table: Node) -> Node:
    """Draw the line below a table all along it, and give rows the room that they ask for."""
    rows = [_roomy(row) for row in table.children]
    last = rows[-1].children if len(rows) > 1 else []
    if len(last) == 1 and not last[0].content and "border-top" in _style(last[0]):
        line = {"border-bottom": _style(last[0])["border-top"]}
        rows = [*rows[:-2], _each(rows[-2], lambda _: line)]
    return table.having(rows)


def _changed(content: Sequence[Node | str], change: Callable[[Node], Node]) -> list[Node | str]:
    """Change the table of a group, which may stand between brackets."""
    parts: list[Node | str] = []
    for part in content:
        if isinstance(part, Node) and part.tag == "mtable":
            parts.append(change(part))
        elif isinstance(part, Node) and any(child.tag == "mtable" for child in part.children):
            parts.append(part.having(_changed(part.content, change)))
        else:
            parts.append(part)
    return parts


def _rows(table: Node, style: Callable[[int], dict[str, str]]) -> Node:
    return table.having([_each(row, style) for row in table.children])


def _each(row: Node, style: Callable[[int], dict[str, str]]) -> Node:
    """Style the cells of a row by their number."""
    styles = (_style(cell) | style(column) for column, cell in enumerate(row.children))
    cells = zip(row.children, styles, strict=True)
    return row.having(
        [cell.with_attributes(style=_css(each)) if each else cell for cell, each in cells]
    )


def _roomy(row: Node) -> Node:
    gaps = [part.attributes.get(GAP, "") for cell in row.children for part in cell.children]
    room = "".join(gaps)
    if not room:
        return row
    cells = [
        cell.having(
            [part for part in cell.content if isinstance(part, str) or GAP not in part.attributes]
        )
        for cell in row.children
    ]
    below = {"padding-bottom": f"max(0px, calc(0.5ex + {room}))"}
    return _each(row.having(cells), lambda _: below)


def _style(cell: Node) -> dict[str, str]:
    pairs = (pair.partition(":") for pair in cell.attributes.get("style", "").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip()}


def _css(style: dict[str, str]) -> str:
    return ";".join(f"{name}:{value}" for name, value in style.items())


def displayed(content: Sequence[Node | str], _: tuple[str, ...]) -> list[Node | str]:
    """Draw fractions and sums of a table as large as on a line of their own."""
    return _changed(content, lambda table: table.with_attributes(displaystyle="true"))
