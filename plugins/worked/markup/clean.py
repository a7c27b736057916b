"""Clean HTML: keep text, tables, their looks and pictures, and drop what is missed by nobody."""

import re
from typing import Final

from worked import limits
from worked.markup.check import (
    ALLOWED_ATTRIBUTES,
    CONTROLS,
    ELEMENTS,
    LINK_SCHEMES,
    SIDE,
    UncleanError,
    check_html,
    check_size,
)
from worked.markup.styles import allowed_style, inline_styles
from worked.protocol.pictures import is_picture_address

_SIGN: Final = re.compile(r"<(/?)[a-zA-Z]")


def clean_html(source: str) -> str:
    """Clean the HTML that an object says of itself; runs where cells run.

    What it drops is no loss only where `find_loss` finds none.

    Raises:
        UncleanError: too long, or too deep.
    """
    import nh3  # a process whose cells show no HTML needs none

    check_size(source)
    _check_depth(source)
    clean = nh3.clean(
        shown_controls(inline_styles(source)),
        tags=set(ELEMENTS),
        attributes={tag: set(names) for tag, names in ALLOWED_ATTRIBUTES.items()},
        attribute_filter=_harmless,
        clean_content_tags={"script", "style"},
        url_schemes={*LINK_SCHEMES, "data"},
    )
    clean = shown_controls(clean)  # what was written as `&#2;`
    check_html(clean)
    return clean


def shown_controls(content: str) -> str:
    """Show the control characters that HTML does not allow.

    Two of them begin and end Python-Markdown's placeholders: it would put another part of the page
    in their place.
    """
    return content.translate(CONTROLS).encode("utf-8", "replace").decode()


def _check_depth(source: str) -> None:
    """Refuse what would take the cleaning long; elements without an end may be many."""
    depth = 0
    for found in _SIGN.finditer(source):
        depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > limits.MAX_HTML_OPEN:
            raise UncleanError(f"HTML with more than {limits.MAX_HTML_OPEN:,} elements left open")


def _harmless(tag: str, name: str, content: str) -> str | None:
    """Keep of a style what it says of a cell's text and ground, and of data what is a picture."""
    match name:
        case "style":
            return allowed_style(content) or None
        case "src":
            return content if is_picture_address(content) else None
        case "href" if content.lstrip().lower().startswith("data:"):
            return None
        case "width" | "height":
            return content if SIDE.fullmatch(content) else None
    return content
