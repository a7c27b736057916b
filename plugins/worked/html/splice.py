"""Put drawings and colours into finished pages: after Markdown and search, which they slow down.

While a page is converted, each drawing is an empty element that names it, and code is plain; here
the one gets its SVG, the other the elements that colour it.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from worked.html.outputs import escape_text
from worked.protocol.outputs import Drawing
from worked.svg import place_svg, prefix_ids, share_parts

SLOT: Final = re.compile(
    r'<div class="worked-(?:drawing|code)" data-worked="(?P<name>[\w-]+)">'
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
"""A drawing, or the HTML of code in colours."""


def drawing_slot(name: str) -> str:
    """Give the element that stands for a drawing; `name` is unique in the whole site."""
    return f'<div class="worked-drawing" data-worked="{name}"></div>'


def code_slot(name: str, code: str) -> str:
    """Give the element that stands for code in colours: search reads what is in it."""
    inner = f"<pre><code>{escape_text(code)}</code></pre>"
    return f'<div class="worked-code" data-worked="{name}">{inner}</div>'


def fill_slot(name: str, placed: Deferred) -> str:
    """Give the element that comes in a holder's place."""
    if isinstance(placed, str):
        return placed
    svg = place_svg(placed.drawing.svg, placed.group or name, title=placed.alt, name=name)
    return f'<div class="worked-drawing">{svg}</div>'


def splice(html: str, deferred: Mapping[str, Deferred]) -> str:
    """Fill every holder of a finished page.

    Raises:
        KeyError: when the page names something that is not there.
    """
    shared, deferred = _shared(deferred)
    return SLOT.sub(
        lambda found: (
            shared.get(found["name"], "") + fill_slot(found["name"], deferred[found["name"]])
        ),
        html,
    )


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
