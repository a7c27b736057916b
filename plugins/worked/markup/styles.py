"""Styles of single cells, as the Styler of pandas has them in a `<style>`: written at each cell.

The style sheet itself stays out of the page, where its rules could reach more than the table.
"""

import re
from typing import Final

_SHEET: Final = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CELL: Final = re.compile(r'<(?:td|th)\b(?=[^<>]*\sid="(?P<id>[\w-]+)")(?![^<>]*\sstyle=)')
_COLOUR: Final = r"#[0-9a-f]{3,8}|[a-z]+|rgba?\([\d\s.,%]+\)"
_ALLOWED: Final = {
    "background-color": re.compile(_COLOUR),
    "color": re.compile(_COLOUR),
    "font-style": re.compile(r"italic|oblique|normal"),
    "font-weight": re.compile(r"bold|bolder|lighter|normal|\d{3}"),
    "text-align": re.compile(r"left|right|center"),
}


def inline_styles(source: str) -> str:
    """Write what style sheets in HTML say of a cell, by its id, at the cell."""
    said: dict[str, str] = {}
    for context in _SHEET.findall(source):
        for selectors, declarations in _RULE.findall(context):
            for selector in selectors.split(","):
                if (name := selector.strip()).startswith("#"):
                    said[name[1:]] = said.get(name[1:], "") + declarations.strip() + ";"
    if not said:
        return source

    def styled(found: re.Match[str]) -> str:
        kept = allowed_style(said.get(found["id"], ""))
        return f'{found[0]} style="{kept}"' if kept else found[0]

    return _CELL.sub(styled, source)


def allowed_style(declarations: str) -> str:
    """Keep of a style what colours a text, weighs it, slants it or aligns it."""
    kept: dict[str, str] = {}
    for declaration in declarations.split(";"):
        name, _, value = (part.strip().lower() for part in declaration.partition(":"))
        if name in _ALLOWED and _ALLOWED[name].fullmatch(value):
            kept[name] = value
    return "; ".join(f"{name}: {value}" for name, value in kept.items())
