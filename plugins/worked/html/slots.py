"""Put drawings and colours into finished pages: after Markdown and search, which they slow down.

While a page is converted, each drawing is an empty element that names it, and code is plain; at the
end the one gets its SVG, the other the elements that colour it.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from worked.html.outputs import escape_text
from worked.page import Cell
from worked.protocol.outputs import Drawing
from worked.svg import place_svg, prefix_ids, share_parts

SLOT: Final = re.compile(
    r'<div class="worked-(?:drawing|code|arrays)" data-worked="(?P<name>[\w-]+)">'
    r"(?:<pre><code>[^<]*</code></pre>)?</div>"
)

_HIDDEN: Final = 'class="worked-common" width="0" height="0" aria-hidden="true"'
"""Of a drawing that others take parts of: `display: none` would hide some of them there, too."""


@dataclass(frozen=True, slots=True)
class PlacedDrawing:
    """A drawing and what the page says of it."""

    drawing: Drawing
    alt: str
    group: str = ""
    """Of a sweep: the prefix of all its drawings, which share what they have in common."""


Deferred = PlacedDrawing | str
"""A drawing, or the HTML of code in colours, of a picture, of arrays."""


class Slots:
    """What of one page goes in once it is finished, and the elements that stand for it."""

    def __init__(self, page: str) -> None:
        """Begin with nothing.

        Args:
            page: its path below the notes' folder, which makes names unique in the site.
        """
        self._page = page
        self._deferred: dict[str, Deferred] = {}

    def drawing(
        self, cell: Cell, output: int, alt: str, drawing: Drawing, *, group: str = ""
    ) -> str:
        """Give the element that stands for a drawing.

        Args:
            cell: whose it is.
            output: its number among the cell's outputs.
            alt: what it shows, in words.
            drawing: what is put in.
            group: of the drawings of this cell that share their common parts; empty for none.
        """
        name = drawing_name(self._page, cell.index, output)
        shared = drawing_name(self._page, cell.index, group) if group else ""
        self._deferred[name] = PlacedDrawing(drawing, alt, shared)
        return f'<div class="worked-drawing" data-worked="{name}"></div>'

    def picture(self, cell: Cell, output: int, html: str) -> str:
        """Give the element that stands for a picture of pixels, which is long."""
        name = drawing_name(self._page, cell.index, output)
        self._deferred[name] = html
        return f'<div class="worked-drawing" data-worked="{name}"></div>'

    def arrays(self, cell: Cell, html: str) -> str:
        """Give the element that stands for what a cell hands to its element."""
        name = drawing_name(self._page, cell.index, "arrays")
        self._deferred[name] = html
        return f'<div class="worked-arrays" data-worked="{name}"></div>'

    def code(self, cell: Cell, code: str, html: str) -> str:
        """Give the element that stands for code in colours: search reads what is in it."""
        name = drawing_name(self._page, cell.index, "code")
        self._deferred[name] = html
        inner = f"<pre><code>{escape_text(code)}</code></pre>"
        return f'<div class="worked-code" data-worked="{name}">{inner}</div>'

    def fill(self, html: str) -> str:
        """Fill every slot of the finished page; one that nothing belongs to stays empty."""
        shared, deferred = _shared(self._deferred)

        def filled(found: re.Match[str]) -> str:
            name = found["name"]
            if name not in deferred:
                return found[0]
            return shared.get(name, "") + _filled(name, deferred[name])

        return SLOT.sub(filled, html)

    def foreign(self, html: str) -> str:
        """Give the name of a slot that the page's text has written itself; empty where none is."""
        counts = Counter(found["name"] for found in SLOT.finditer(html))
        return next((name for name, n in counts.items() if n > 1 or name not in self._deferred), "")

    def kept(self) -> dict[str, Any]:
        """Give what goes in, as JSON."""
        return {
            name: placed if isinstance(placed, str) else asdict(placed)
            for name, placed in self._deferred.items()
        }

    def put_back(self, kept: Mapping[str, Any]) -> None:
        """Take what `kept` gave, in place of a conversion.

        Raises:
            TypeError, LookupError: it gave nothing like this.
        """
        self._deferred = {
            name: placed
            if isinstance(placed, str)
            else PlacedDrawing(Drawing(**placed["drawing"]), placed["alt"], placed["group"])
            for name, placed in kept.items()
        }


class FilledSlots(Slots):
    """Puts everything in at once, for hosts that never show us the finished page."""

    def drawing(
        self, cell: Cell, output: int, alt: str, drawing: Drawing, *, group: str = ""
    ) -> str:
        """Give the drawing's own element."""
        name = drawing_name(self._page, cell.index, output)
        return _filled(name, PlacedDrawing(drawing, alt))

    def picture(self, cell: Cell, output: int, html: str) -> str:
        """Give the picture's own element."""
        return html

    def arrays(self, cell: Cell, html: str) -> str:
        """Give what a cell hands to its element."""
        return html

    def code(self, cell: Cell, code: str, html: str) -> str:
        """Give the code in colours."""
        return html


def _filled(name: str, placed: Deferred) -> str:
    """Give the element that comes in a slot's place."""
    if isinstance(placed, str):
        return placed
    svg = place_svg(placed.drawing.svg, placed.group or name, title=placed.alt, name=name)
    return f'<div class="worked-drawing">{svg}</div>'


def _shared(deferred: Mapping[str, Deferred]) -> tuple[dict[str, str], dict[str, Deferred]]:
    """Take what the drawings of each sweep have in common out of them.

    Returns:
        The common parts by the name of the drawing that they stand before, and all there is.
    """
    groups: dict[str, dict[str, PlacedDrawing]] = {}
    for name, placed in deferred.items():
        if isinstance(placed, PlacedDrawing) and placed.group:
            groups.setdefault(placed.group, {})[name] = placed
    parts, rest = dict[str, str](), dict(deferred)
    for group, members in groups.items():
        common, svgs = share_parts([placed.drawing.svg for placed in members.values()])
        for (name, placed), svg in zip(members.items(), svgs, strict=True):
            rest[name] = replace(placed, drawing=replace(placed.drawing, svg=svg))
        if common:
            hidden = common.replace("<svg>", f"<svg {_HIDDEN}>", 1)
            parts[next(iter(members))] = prefix_ids(hidden, group)
    return parts, rest


def drawing_name(page: str, cell: int, output: int | str) -> str:
    """Name a drawing uniquely in the site, from the page's path below the notes' folder.

    Args:
        page: the path.
        cell: its number on the page.
        output: the drawing's number among the cell's, or a word for all of them together.
    """
    path = page.removesuffix(".md")
    parts = (re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in path.split("/"))
    stem = "--".join(parts)
    if stem.replace("--", "/") != path:  # `a_b`, `A-b` and `a-b` are three pages
        stem = f"{stem}-{hashlib.sha256(path.encode()).hexdigest()[:8]}"
    return f"w-{stem}-{cell}-{output}"
