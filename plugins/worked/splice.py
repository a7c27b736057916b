"""Put drawings into finished pages: after Markdown and search have run, which SVG would slow down.

While a page is converted, each drawing is an empty element that names it; here the element gets its
SVG.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from worked.outputs import Drawing
from worked.placing import place

HOLDER: Final = re.compile(r'<div class="worked-drawing" data-worked="(?P<name>[\w-]+)"></div>')


@dataclass(frozen=True, slots=True)
class Placed:
    """A drawing and what the page says of it."""

    drawing: Drawing
    alt: str


def holder(name: str) -> str:
    """Give the element that stands for a drawing; `name` is unique in the whole site."""
    return f'<div class="worked-drawing" data-worked="{name}"></div>'


def filled(name: str, placed: Placed) -> str:
    """Give the element with its SVG."""
    svg = place(placed.drawing.svg, name, title=placed.alt)
    return f'<div class="worked-drawing">{svg}</div>'


def splice(html: str, drawings: Mapping[str, Placed]) -> str:
    """Fill every holder of a finished page.

    Raises:
        KeyError: when the page names a drawing that is not there.
    """
    return HOLDER.sub(lambda found: filled(found["name"], drawings[found["name"]]), html)


def drawing_name(page: str, cell: int, output: int) -> str:
    """Name a drawing uniquely in the site, from the page's path below the notes' folder."""
    path = page.removesuffix(".md")
    parts = (re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in path.split("/"))
    stem = "--".join(parts)
    if stem.replace("--", "/") != path:  # `a_b`, `A-b` and `a-b` are three pages
        stem = f"{stem}-{hashlib.sha256(path.encode()).hexdigest()[:8]}"
    return f"w-{stem}-{cell}-{output}"
