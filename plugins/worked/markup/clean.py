"""Clean HTML: keep text, tables and how a cell of one looks, drop all else."""

import re
from typing import Final

from worked import limits
from worked.errors import CONTROL_PICTURES
from worked.markup.check import (
    ALLOWED_ATTRIBUTES,
    ELEMENTS,
    LINK_SCHEMES,
    UncleanError,
    check_html,
    check_size,
)
from worked.markup.styles import allowed_style, inline_styles

_CONTROLS: Final = {code: to for code, to in CONTROL_PICTURES.items() if chr(code) != "\r"}
_SIDE: Final = re.compile(r"<(/?)[a-zA-Z]")


def clean_html(source: str) -> str:
    """Clean the HTML that an object says of itself, also what its Markdown became.

    Runs where cells run; what a build makes of Markdown is bounded before.

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
        attribute_filter=_only_of_text,
        clean_content_tags={"script", "style"},
        url_schemes=set(LINK_SCHEMES),
    )
    clean = shown_controls(clean)  # what was written as `&#2;`
    check_html(clean)
    return clean


def shown_controls(content: str) -> str:
    """Show the control characters that HTML does not allow.

    Two of them begin and end Python-Markdown's placeholders: it would put another part of the page
    in their place.
    """
    return content.translate(_CONTROLS).encode("utf-8", "replace").decode()


def _check_depth(source: str) -> None:
    """Refuse what would take the cleaning long; elements without an end may be many."""
    depth = 0
    for found in _SIDE.finditer(source):
        depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > limits.MAX_HTML_OPEN:
            raise UncleanError(f"HTML with more than {limits.MAX_HTML_OPEN:,} elements left open")


def _only_of_text(tag: str, name: str, content: str) -> str | None:
    """Keep of a style what it says of a cell's text and ground."""
    return (allowed_style(content) or None) if name == "style" else content
