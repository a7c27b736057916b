r"""Commands with arguments, in the words that the converter knows."""

import re
import sys
from collections.abc import Callable
from typing import Final

from texmath import colors, operators, words
from texmath.place import Place
from texmath.problems import FormulaError
from texmath.shapes import length

_SMASHED: Final = {"": ("height", "depth"), "t": ("height",), "b": ("depth",)}
_CODE: Final = re.compile(
    r"""\s*(?:"(?P<hex>[0-9a-fA-F]{1,6})|'(?P<octal>[0-7]{1,7})|(?P<decimal>\d{1,7})|`\\?(?P<sign>.))\s?"""
)


def _smash(place: Place) -> None:
    option = place.tokens.optional(place.at)
    side = place.tokens.inside(*option).strip() if option else ""
    if side not in _SMASHED:
        raise FormulaError(r"\smash knows [t] and [b].", place.start)
    place.wrap("smash", *_SMASHED[side], after=option[1] if option else None)


def _substack(place: Place) -> None:
    first, last = place.given()
    tokens = place.tokens.all
    if first == last:
        return place.edits.replace(place.start, tokens[first].start, "")
    place.edits.replace(place.start, tokens[first].end, r"{\begin{subarray}{c}")
    return place.edits.replace(tokens[last].start, tokens[last].end, r"\end{subarray}}")


def _rule(place: Place) -> None:
    option = place.tokens.optional(place.at)
    raised = length(place.tokens.inside(*option)) if option else "0em"
    width, at = place.length(option[1] if option else place.at)
    height, at = place.length(at)
    if raised is None:
        raise FormulaError("A length is a number with pt, em, ex, mu, mm, cm or in.", place.start)
    up, tall = float(raised[:-2]), float(height[:-2])
    sizes = (width, f"{up + tall:.4g}em", f"{-up or 0:.4g}em")
    if any(size.startswith("-") for size in sizes[:2]) or up > 0:
        raise FormulaError(
            "MathML draws a rule only on or across the line of the text.", place.start
        )
    place.edits.replace(
        place.start, place.tokens.all[at].end, place.edits.shape("rule", *sizes) + "}"
    )


def _above(place: Place) -> None:
    first, last = place.given()
    width = place.tokens.inside(first, last)
    if first == last or length(width) is None:
        raise FormulaError(r"The line of \above has a length in braces: \above{2pt}.", place.start)
    low, high = place.tokens.scope(place.at)
    all_ = place.tokens.all
    start = all_[low].end if low >= 0 else 0
    end = all_[high].start if high < len(all_) else len(place.edits.tex)
    place.edits.insert(start, rf"\genfrac{{}}{{}}{{{width.strip()}}}{{}}{{")
    place.edits.replace(place.start, all_[last].end, "}{")
    place.edits.close(end, place.start)


def _sans_italic(place: Place) -> None:
    first, last = place.given()
    letters = place.tokens.inside(first, last)
    if not (letters.isascii() and letters.isalpha()):
        raise FormulaError(r"\mathsfit has letters from A to Z only.", place.start)
    italic = (chr(ord(x) + (0x1D622 - 97 if x.islower() else 0x1D608 - 65)) for x in letters)
    place.edits.replace(place.start, place.tokens.all[last].end, f"{{{''.join(italic)}}}")


def _plain(place: Place) -> None:
    r"""`\mathnormal` is how letters stand anyway, outside of other fonts."""
    first, _ = place.given()
    place.edits.replace(place.start, place.tokens.all[first].start, "")


def _char(place: Place) -> None:
    r"""Write `\char"41`, `\char'101`, `\char65` and ``\char`A`` as the sign with this number."""
    text = place.edits.tex
    found = _CODE.match(text, place.start + len(r"\char"))
    code = 0
    if found and (sign := found["sign"]):
        code = ord(sign)
    elif found:
        digits = found["hex"] or found["octal"] or found["decimal"]
        code = int(digits, 16 if found["hex"] else 8 if found["octal"] else 10)
    if not found or code > sys.maxunicode or not chr(code).isprintable() or chr(code) in "\\{}$&#%":
        raise FormulaError(r'\char has the number of a sign: \char"2126.', place.start)
    place.edits.replace(place.start, found.end(), f"{{{chr(code)}}}")


def _circled(place: Place) -> None:
    """Write a letter or digit in a circle: Unicode has those."""
    first, last = place.given()
    said = place.tokens.inside(first, last)
    circled = words.CIRCLED.get(said.strip())
    if not circled:
        raise FormulaError(r"\textcircled has one letter or digit.", place.start)
    place.edits.replace(place.start, place.tokens.all[last].end, circled)


def _either(place: Place) -> None:
    _, last = place.given()
    place.edits.replace(place.start, place.tokens.all[last].end, "")
    place.given(last)


def _label(place: Place) -> None:
    _, last = place.given()
    place.edits.replace(place.start, place.tokens.all[last].end, "")


def _shape(name: str, *values: str, words_in: bool = False) -> Callable[[Place], None]:
    return lambda place: place.wrap(name, *values, before=r"\text " if words_in else "")


COMMANDS: Final[dict[str, Callable[[Place], None]]] = {
    "above": _above,
    "char": _char,
    "clap": _shape("lap", "-50%", words_in=True),
    "color": colors.color,
    "colorbox": colors.colorbox,
    "fcolorbox": colors.colorbox,
    "intop": operators.integral,
    "label": _label,
    "llap": _shape("lap", "-100%", words_in=True),
    "mathclap": _shape("lap", "-50%"),
    "mathllap": _shape("lap", "-100%"),
    "mathnormal": _plain,
    "mathop": operators.mathop,
    "mathreflectbox": _shape("mirror"),
    "mathrlap": _shape("lap", "0"),
    "mathsfit": _sans_italic,
    "operatorname": operators.operatorname,
    "pmb": _shape("bold"),
    "reflectbox": _shape("mirror", words_in=True),
    "rlap": _shape("lap", "0", words_in=True),
    "rule": _rule,
    "smash": _smash,
    "sout": _shape("strike"),
    "substack": _substack,
    "textcircled": _circled,
    "textcolor": colors.color,
    "TextOrMath": _either,
    "varinjlim": operators.limit(r"\underrightarrow{\mathrm{lim}}"),
    "varliminf": operators.limit(r"\underline{\mathrm{lim}}"),
    "varlimsup": operators.limit(r"\overline{\mathrm{lim}}"),
    "varprojlim": operators.limit(r"\underleftarrow{\mathrm{lim}}"),
    "vcenter": _shape("vcenter"),
}
"""what becomes of a command among signs, without the backslash"""
