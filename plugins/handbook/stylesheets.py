"""What the style sheets of a site say: rules, with what each sets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handbook.book import Look
from handbook.markup import parse

FACE: Final = "@font-face"
_PART: Final = re.compile(
    r"""/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)]*\)|[{};]|[^{};"'/u]+|.""", re.S
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What is set for what is selected."""

    selectors: tuple[str, ...]
    """As they are written; `@font-face` for a font."""
    sets: dict[str, str]
    within: tuple[str, ...]
    """The at-rules around it: `@media print`."""
    address: str
    """Of its style sheet, from the site's root; empty for one in a page."""


def site_rules(look: Look, site: Path) -> list[Rule]:
    """Read the style sheets of a site in their order, but for those of paper."""
    found: list[Rule] = []
    for style in look.styles:
        element = parse(style)[0]
        address = (element.get("href") or "").partition("?")[0]
        if "print" in (element.get("media") or "") or (address and not (site / address).is_file()):
            continue
        text = (site / address).read_text("utf-8") if address else element.text or ""
        found += rules(text, address)
    return found


def rules(css: str, address: str = "") -> Iterator[Rule]:
    """Give the rules of a style sheet; one within another comes before it."""
    blocks: list[tuple[str, dict[str, str]]] = []
    text = ""
    for part in _PART.findall(css):
        if part == "{":
            blocks.append((text.strip(), {}))
            text = ""
        elif part in (";", "}"):
            name, colon, value = text.partition(":")
            if colon and blocks:
                blocks[-1][1][name.strip()] = value.strip()
            text = ""
            if part == "}" and blocks:
                selected, sets = blocks.pop()
                if sets:
                    selectors = tuple(one.strip() for one in selected.split(","))
                    yield Rule(selectors, sets, tuple(outer for outer, _ in blocks), address)
        elif not part.startswith("/*"):
            text += part
