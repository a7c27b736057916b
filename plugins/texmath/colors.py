"""Colours of formulas and of boxes around words."""

import re
from typing import Final

from texmath import words
from texmath.place import Place
from texmath.problems import FormulaError

_HEX: Final = re.compile(r"\s*#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})\s*")
_NAME: Final = re.compile(r"\s*([a-zA-Z]{3,20})\s*")


def color(place: Place) -> None:
    """Colour what is in the braces, as MathJax does, or all that follows; write `#00f` in full."""
    if place.tokens.optional(place.at):
        return
    first, last = place.given()
    said = place.tokens.inside(first, last)
    found = _HEX.fullmatch(said) if "#" in said else None
    following = place.tokens.argument(last)
    braced = following is not None and place.tokens.text(following[0]) == "{"
    before, end = place.start, place.tokens.all[last].end
    if found:
        code = found[1] if len(found[1]) == 6 else "".join(2 * sign for sign in found[1])
        declared = rf"\color[HTML]{{{code.upper()}}}"
        if following and (braced or place.name == "textcolor"):
            place.edits.replace(before, end, rf"{{{declared}")
            place.edits.close(place.tokens.all[following[1]].end, before)
        else:
            place.edits.replace(before, end, declared)
    elif place.name == "color" and braced:
        said = "gray" if said == "LightGray" else said
        place.edits.replace(before, end, rf"\textcolor{{{said}}}")


def _css_color(place: Place, at: int) -> tuple[str, int]:
    first, last = place.given(at)
    said = place.tokens.inside(first, last)
    found = _HEX.fullmatch(said) if "#" in said else None
    named = _NAME.fullmatch(said)
    if named and named[1].lower() in words.COLORS:
        return named[1].lower(), last
    if not found:
        message = (
            f'"{said.strip()[:20]}" is no colour here: write #rrggbb or the name of a basic one.'
        )
        raise FormulaError(message, place.start)
    return f"#{found[1].lower()}", last


def colorbox(place: Place) -> None:
    """Draw a box; TeX writes black on it in either scheme, but on a dark one that is unreadable."""
    at, border = place.at, ""
    if place.name == "fcolorbox":
        line, at = _css_color(place, at)
        border = f";border:0.06em solid {line}"
    ground, at = _css_color(place, at)
    style = f"padding:0.25em;background:{ground};color:{words.ink(ground)}{border}"
    place.wrap("box", style, before=r"\text ", after=at)
