"""The fonts of formulas that a book needs, with their licences."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from handbook.pages import rooted
from handbook.stylesheets import FACE, Rule

FOLDER: Final = "fonts"
_URL: Final = re.compile(r"url\(\s*[\"']?([^)\"']+)[\"']?\s*\)")
_LICENCES: Final = ("OFL*", "LICEN[CS]E*", "COPYING*")


@dataclass(frozen=True, slots=True)
class FormulaFonts:
    """What goes into a book so that formulas are drawn by the fonts that the site has for them."""

    style: str = ""
    files: tuple[tuple[str, bytes], ...] = ()
    """By their names in the book."""


def formula_fonts(rules: Iterable[Rule], site: Path, used: Container[str]) -> FormulaFonts:
    """Find the fonts.

    Readers of books seldom bring one that can stretch a bracket.  A font is one for formulas where
    a rule names it in one list with the family `math`.

    Args:
        rules: of the site.
        site: where the fonts' files are.
        used: selectors that select something in the book: `math`, `.class`.
    """
    known = list(rules)
    faces = {
        _name(rule.sets["font-family"]): place
        for rule in known
        if FACE in rule.selectors and (place := _place(rule))
    }
    style: list[str] = []
    files: dict[str, bytes] = {}
    for rule in known:
        families = [one.strip() for one in rule.sets.get("font-family", "").split(",")]
        selectors = [one for one in rule.selectors if one in used]
        if families[-1] != "math" or not selectors:
            continue
        for family in filter(faces.__contains__, map(_name, families)):
            file = site / faces[family]
            name = f"{FOLDER}/{file.name}"
            files |= {name: file.read_bytes(), **dict(_licences(file))}
            style.append(f'{FACE} {{ font-family: "{family}"; src: url("{name}") }}\n')
        style.append(f"{', '.join(selectors)} {{ font-family: {', '.join(families)} }}\n")
    return FormulaFonts("".join(dict.fromkeys(style)), tuple(sorted(files.items())))


def _name(family: str) -> str:
    return family.strip("\"' ")


def _place(face: Rule) -> str:
    """Say where a font is, from the site's root; empty where it is not a file of the site."""
    found = _URL.search(face.sets.get("src", ""))
    place = rooted(found[1], face.address) if found else ""
    return "" if PurePosixPath(place).is_absolute() or ":" in place else place


def _licences(font: Path) -> Iterator[tuple[str, bytes]]:
    for pattern in _LICENCES:
        for licence in font.parent.glob(pattern):
            yield f"{FOLDER}/{licence.name}", licence.read_bytes()
