"""What HTML would lose by the cleaning that its reader needs: then it is not shown by halves.

A style sheet that colours and aligns may go, as that of a table of pandas does; one that hides,
places or writes something may not: what it hides would stand there.
"""

import re
from typing import Final

from worked.protocol.pictures import PictureError, address_picture_size

_TAG: Final = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<name>[a-zA-Z][\w:-]*)(?P<rest>(?:[^\"'<>]+|\"[^\"]*\"|'[^']*')*+)",
    re.S,
)
_ATTRIBUTE: Final = re.compile(
    r"(?P<name>[^\s\"'<>/=]+)\s*+(?:=\s*+(?:\"(?P<text>[^\"]*)\"|'(?P<one>[^']*)'|(?P<bare>[^\s\"'<>]+)))?+"
)
_SHEET: Final = re.compile(r"<style\b[^>]*>(.*?)(?:</style|\Z)", re.S | re.I)
_NEEDED: Final = frozenset(
    [
        *("script", "iframe", "frame", "frameset", "embed", "object", "applet", "canvas", "form"),
        *("input", "button", "select", "textarea", "video", "audio", "svg", "math", "template"),
        *("dialog", "picture", "map", "marquee", "portal", "meter", "progress"),
    ]
)
_ACTS: Final = re.compile(
    r"(?:^|[;{\s])(?:display\s*+:\s*+none|visibility\s*+:\s*+(?:hidden|collapse)"
    r"|opacity\s*+:\s*+0*+(?:\.0*+)?+\s*+(?:[;!}]|$)|position\s*+:\s*+(?:absolute|fixed)"
    r"|content\s*+:\s*+(?!none|normal)|background(?:-image)?\s*+:[^;{}]{0,200}url\()",
    re.I,
)
"""Declarations without which a reader sees something else."""
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)


def find_loss(source: str) -> str:
    """Name the first part of HTML that its reader needs and the cleaning drops; empty for none.

    Takes a time that grows with the length.  A part in a comment counts for none.
    """
    for found in _TAG.finditer(source):
        name = (found["name"] or "").lower()
        if name in _NEEDED or "-" in name:
            return f"<{name[:40]}>"
        if name == "img" and not re.search(r"\ssrc\s*=", found["rest"], re.I):
            return "<img>, which has no picture"
        for one in _ATTRIBUTE.finditer(found["rest"] or ""):
            key, value = one["name"].lower(), one["text"] or one["one"] or one["bare"] or ""
            if said := _of_attribute(name, key, value):
                return said
    for sheet in _SHEET.findall(source):
        if acts := _ACTS.search(_COMMENT.sub("", sheet)):
            return f"<style>, which says {_quoted(acts[0])}"
    return ""


def _of_attribute(tag: str, key: str, value: str) -> str:
    if tag == "img" and key == "src":
        return _of_picture(value)
    if key == "style" and (acts := _ACTS.search(value)):
        return f"style of <{tag}>, which says {_quoted(acts[0])}"
    if key == "hidden":
        return f"`hidden` on <{tag}>"
    return f"`{key[:40]}` on <{tag}>" if key.startswith("on") else ""


def _of_picture(address: str) -> str:
    if not address.lower().startswith("data:"):
        return f"<img> of {address[:60]!r}"
    try:
        is_picture = address_picture_size(address) is not None
    except PictureError as error:
        return f"<img>, {error}"
    return "" if is_picture else f"<img> of {address[:24]!r}"


def _quoted(declaration: str) -> str:
    said = declaration.strip(" ;{\n")[:40]
    return f"`{said}`"
