r"""Commands with arguments, in the words that the converter knows."""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from texmath import words
from texmath.problems import FormulaError
from texmath.rewriting import Edits
from texmath.shapes import length
from texmath.tokens import Tokens

_LIMITS: Final = (r"\limits", r"\nolimits", r"\displaylimits")
_SMASHED: Final = {"": ("height", "depth"), "t": ("height",), "b": ("depth",)}
_HEX: Final = re.compile(r"\s*#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})\s*")
_CODE: Final = re.compile(
    r"""\s*(?:"(?P<hex>[0-9a-fA-F]{1,6})|'(?P<octal>[0-7]{1,7})|(?P<decimal>\d{1,7})|`\\?(?P<sign>.))\s?"""
)
_NAME: Final = re.compile(r"\s*([a-zA-Z]{3,20})\s*")


@dataclass(frozen=True, slots=True)
class Place:
    """A command of a formula."""

    tokens: Tokens
    at: int
    edits: Edits

    @property
    def name(self) -> str:
        """What it is called, without the backslash."""
        return self.tokens.text(self.at)[1:]

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.tokens.all[self.at].start

    def given(self, at: int | None = None) -> tuple[int, int]:
        """Give the first and last token of the argument after a token, by default the command."""
        found = self.tokens.argument(self.at if at is None else at)
        if not found:
            raise FormulaError(f"\\{self.name} lacks an argument.", self.start)
        return found

    def wrap(self, shape: str, *values: str, before: str = "", after: int | None = None) -> None:
        """Put a shape around the argument; what stood before the argument goes."""
        first, last = self.given(after)
        opening = self.edits.shape(shape, *values) + before
        self.edits.replace(self.start, self.tokens.all[first].start, opening)
        self.edits.close(self.tokens.all[last].end, self.start)

    def length(self, at: int) -> tuple[str, int]:
        """Give the length after a token for CSS, and its last token."""
        first, last = self.given(at)
        written = length(self.tokens.inside(first, last))
        if written is None:
            raise FormulaError(
                "A length is a number with pt, em, ex, mu, mm, cm or in.", self.start
            )
        return written, last


def _smash(place: Place) -> None:
    option = place.tokens.optional(place.at)
    side = place.tokens.inside(*option).strip() if option else ""
    if side not in _SMASHED:
        raise FormulaError(r"\smash knows [t] and [b].", place.start)
    place.wrap("smash", *_SMASHED[side], after=option[1] if option else None)


def _mathop(place: Place) -> None:
    first, last = place.given()
    _large(place, last, place.tokens.all[first].start)


def _limit(body: str) -> Callable[[Place], None]:
    """Write a word for a large operator."""
    return lambda place: _large(place, place.at, place.tokens.all[place.at].end, body)


def _large(place: Place, last: int, start: int, body: str = "") -> None:
    """Take the scripts of a large operator into it, so that they can stand below and above.

    Args:
        place: the command.
        last: the token that ends the operator.
        start: where what stays of it begins.
        body: what is written before that.
    """
    tokens, edits = place.tokens, place.edits
    at, kind = tokens.after(last), "displaylimits"
    end = tokens.all[last].end
    if tokens.text(at) in _LIMITS:
        kind = tokens.text(at)[1:]
        edits.replace(end, tokens.all[at].end, "")
        at = tokens.after(at)
    scripts = _scripts_end(tokens, at)
    if scripts is None:
        edits.replace(place.start, start, rf"\mathop{{{body}}}" if body else r"\mathop ")
        return
    opening = rf"\mathop{{{edits.shape('mathop', kind)}{body}"
    edits.replace(place.start, start, opening + ("}" if body else ""))
    if not body:
        edits.close(end, place.start)
    edits.close(scripts, place.start)


def _scripts_end(tokens: Tokens, at: int) -> int | None:
    """Give the offset after the scripts that begin with a token; None where there are none."""
    end = None
    while tokens.text(at) in ("_", "^", "'"):
        if tokens.text(at) == "'":
            end = tokens.all[at].end
        elif found := tokens.argument(at):
            at = found[1]
            while tokens.text(found[0]).startswith("\\") and tokens.text(at + 1) == "{":
                at = tokens.closing(at + 1) or at  # \mathrm{max}: no group, but read as one
            end = tokens.all[at].end
        at = tokens.after(at)
    return end


def _operatorname(place: Place) -> None:
    r"""Give `\operatorname{x}\limits` its limits: it has none."""
    _, last = place.given()
    at = place.tokens.after(last)
    if place.tokens.text(at) in _LIMITS:
        limits = place.tokens.all[at]
        star = "*" if limits.text == r"\limits" else ""
        place.edits.replace(
            place.start, place.start + len(r"\operatorname"), rf"\operatorname{star}"
        )
        if not star:
            place.edits.replace(limits.start, limits.end, "")


def _substack(place: Place) -> None:
    first, last = place.given()
    tokens = place.tokens.all
    if first == last:
        return place.edits.replace(place.start, tokens[first].start, "")
    place.edits.replace(place.start, tokens[first].end, r"{\begin{subarray}{c}")
    return place.edits.replace(tokens[last].start, tokens[last].end, r"\end{subarray}}")


def _color(place: Place) -> None:
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


def _colorbox(place: Place) -> None:
    """Draw a box; TeX writes black on it in either scheme, but on a dark one that is unreadable."""
    at, border = place.at, ""
    if place.name == "fcolorbox":
        line, at = _css_color(place, at)
        border = f";border:0.06em solid {line}"
    ground, at = _css_color(place, at)
    style = f"padding:0.25em;background:{ground};color:{words.ink(ground)}{border}"
    place.wrap("box", style, before=r"\text ", after=at)


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


def _integral(place: Place) -> None:
    following = place.tokens.text(place.tokens.after(place.at))
    limits = "" if following in _LIMITS else r"\limits"
    place.edits.replace(place.start, place.start + len(r"\intop"), rf"\int{limits}")


def _label(place: Place) -> None:
    _, last = place.given()
    place.edits.replace(place.start, place.tokens.all[last].end, "")


def _shape(name: str, *values: str, words_in: bool = False) -> Callable[[Place], None]:
    return lambda place: place.wrap(name, *values, before=r"\text " if words_in else "")


COMMANDS: Final[dict[str, Callable[[Place], None]]] = {
    "above": _above,
    "char": _char,
    "clap": _shape("lap", "-50%", words_in=True),
    "color": _color,
    "colorbox": _colorbox,
    "fcolorbox": _colorbox,
    "intop": _integral,
    "label": _label,
    "llap": _shape("lap", "-100%", words_in=True),
    "mathclap": _shape("lap", "-50%"),
    "mathllap": _shape("lap", "-100%"),
    "mathnormal": _plain,
    "mathop": _mathop,
    "mathreflectbox": _shape("mirror"),
    "mathrlap": _shape("lap", "0"),
    "mathsfit": _sans_italic,
    "operatorname": _operatorname,
    "pmb": _shape("bold"),
    "reflectbox": _shape("mirror", words_in=True),
    "rlap": _shape("lap", "0", words_in=True),
    "rule": _rule,
    "smash": _smash,
    "sout": _shape("strike"),
    "substack": _substack,
    "textcircled": _circled,
    "textcolor": _color,
    "TextOrMath": _either,
    "varinjlim": _limit(r"\underrightarrow{\mathrm{lim}}"),
    "varliminf": _limit(r"\underline{\mathrm{lim}}"),
    "varlimsup": _limit(r"\overline{\mathrm{lim}}"),
    "varprojlim": _limit(r"\underleftarrow{\mathrm{lim}}"),
    "vcenter": _shape("vcenter"),
}
"""what becomes of a command among signs, without the backslash"""
