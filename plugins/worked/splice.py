"""Put drawings into finished pages: after Markdown and search have run, which SVG would slow down.

While a page is converted, each drawing is an empty element that names it; here the element gets its
SVG.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from worked.outputs import Drawing
from worked.overlap import overlap
from worked.placing import place, prefixed

HOLDER: Final = re.compile(r'<div class="worked-drawing" data-worked="(?P<name>[\w-]+)"></div>')

HIDDEN: Final = 'class="worked-common" width="0" height="0" aria-hidden="true"'
"""Of a drawing that others take parts of: `display: none` would hide some of them there, too."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A drawing and what the page says of it."""

    drawing: Drawing
    alt: str
    group: str = ""
    """Of a sweep: the prefix of all its drawings, which share what they have in common."""


def holder(name: str) -> str:
    """Give the element that stands for a drawing; `name` is unique in the whole site."""
    return f'<div class="worked-drawing" data-worked="{name}"></div>'


def filled(name: str, placed: Placed) -> str:
    """Give the element with its SVG."""
    svg = place(placed.drawing.svg, placed.group or name, title=placed.alt, name=name)
    return f'<div class="worked-drawing">{svg}</div>'


def splice(html: str, drawings: Mapping[str, Placed]) -> str:
    """Fill every holder of a finished page.

    Raises:
        KeyError: when the page names a drawing that is not there.
    """
    shared, drawings = _shared(drawings)
    return HOLDER.sub(
        lambda found: (
            shared.get(found["name"], "") + filled(found["name"], drawings[found["name"]])
        ),
        html,
    )


def _shared(drawings: Mapping[str, Placed]) -> tuple[dict[str, str], dict[str, Placed]]:
    """Take what the drawings of each sweep have in common out of them.

    Returns:
        The common parts by the name of the drawing that they stand before, and all drawings.
    """
    groups: dict[str, list[str]] = {}
    for name, placed in drawings.items():
        if placed.group:
            groups.setdefault(placed.group, []).append(name)
    parts, rest = {}, dict(drawings)
    for group, names in groups.items():
        common, svgs = overlap([drawings[name].drawing.svg for name in names])
        for name, svg in zip(names, svgs, strict=True):
            rest[name] = replace(rest[name], drawing=replace(rest[name].drawing, svg=svg))
        if common:
            hidden = common.replace("<svg>", f"<svg {HIDDEN}>", 1)
            parts[names[0]] = prefixed(hidden, group)
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
