"""One formula: TeX to MathML, and to a line of readable text."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from math_core import LatexError

from texmath import dialect, mathml, plain, shapes, tables
from texmath.bounds import excess
from texmath.conversion import converted, converter
from texmath.fonts import with_font
from texmath.macros import NONE, MacroError, Macros
from texmath.problems import FormulaError
from texmath.rewriting import Translation

REFERENCE: Final = re.compile(r"\\(?:eq)?ref(?![a-zA-Z])")
# the converter draws lines with the combining low line, also above; it has no width, and Chromium
# leaves out what has none
LINES: Final = (
    ("\u0332</mo></mover>", "\u203e</mo></mover>"),
    ("\u0332</mo></munder>", "_</mo></munder>"),
    # it leaves this to a style sheet
    ('<span class="math-core-sans-serif-font">', '<span style="font-family:sans-serif">'),
    # the converter stretches ~, which no font does
    ("<mo>~</mo></munder>", '<mo stretchy="true">\u02dc</mo></munder>'),
    ('<mo stretchy="true">~</mo>', '<mo stretchy="true">\u02dc</mo>'),
)
WORDS: Final = re.compile(r"<mtext>(.*?)</mtext>", re.DOTALL)
FOREIGN: Final = re.compile(
    "[\u0100-\u0130\u0132-\u0151\u0154-\u0236\u0238-\u024f\u0300-\u036f\u1e00-\u1eff]"
)
"""letters with accents that the font lacks; its accents are those of formulas, and stand apart"""
SERIF: Final = ' style="font-family:serif"'
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
POSITION: Final = re.compile(r"(\d+): (.*)", re.DOTALL)
MACRO: Final = re.compile(r"macro(\d+):\d+: (.*)", re.DOTALL)
OPEN_WORDS: Final = re.compile(r"\\(?:text\w*|mbox)\s*\{[^{}]*$")
QUOTED: Final = 30
"""characters of a formula that a message quotes"""
HINTS: Final = {
    "Not valid in math mode": r"This stands among words only: put it into \text{…}",
    "Not valid in text mode": "This cannot stand among words: put it between dollars there",
    "Expected non-special ASCII characters": "A plain name or number is wanted here",
    "Too many expansions": "A macro stands for itself, or for far too much",
}
"""how messages of the converter begin -> what is said instead"""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in the two forms that a page needs."""

    mathml: str
    """A `<math>` element as HTML."""
    text: str
    """The same on one line, for the search index, the table of contents and attributes."""


@lru_cache(maxsize=4096)  # a page says $k$ again and again, and a preview all of it
def convert(tex: str, *, display: bool, macros: Macros = NONE) -> Formula:
    r"""Convert a formula.

    Args:
        tex: what stands between the dollars.
        display: whether sums have their limits above and below, as between two dollars.
        macros: what the site defines.

    Raises:
        FormulaError: for TeX that the converter does not take, a formula that is empty, too long
            or too deep, and a reference: one formula does not know the numbers of the others.
    """
    if beyond := excess(tex):
        raise FormulaError(*beyond)
    if not tex.strip():
        raise FormulaError("The formula is empty.", 0)
    if found := CONTROL.search(tex):
        raise FormulaError("Computed values and HTML cannot stand in a formula.", found.start())
    if found := REFERENCE.search(tex):
        message = f'Formulas have no numbers, so "{found[0]}" has nothing to point to.'
        raise FormulaError(message, found.start())
    if shapes.is_taken(tex):
        raise FormulaError("Colours from 5EA000 to 5EAFFF are taken: choose one beside.", 0)
    try:
        return _converted(tex, display=display, macros=macros)
    except RecursionError as error:
        raise FormulaError("The formula is nested too deeply: take a part of it out.", 0) from error


def _converted(tex: str, *, display: bool, macros: Macros) -> Formula:
    said = dialect.translate(tex, display=display, known=macros.names, shapes=macros.shapes)
    if beyond := excess(said.tex):
        raise FormulaError(beyond[0], said.original(beyond[1]))
    html, report = converted(said.tex, display=display, macros=macros)
    if report:
        raise _explained(report, said, tex.rstrip())
    for drawn, wanted in LINES:
        html = html.replace(drawn, wanted)
    html = WORDS.sub(_words, html)
    tree = mathml.parse(html)
    if said.shapes or "hline" in tex or "hdashline" in tex:
        tree = shapes.shaped(tree, said.shapes, display=display)
        html = mathml.written(tree)
        if tables.GAP in html:
            raise FormulaError(r"A row with \\[…] ends in an environment only.", 0)
    return Formula(mathml=with_font(html), text=plain.text(tree))


def _words(found: re.Match[str]) -> str:
    """Put letters and their accents together; those beyond Latin-1 are drawn by another font."""
    said = unicodedata.normalize("NFC", found[1])
    return f"<mtext{SERIF if FOREIGN.search(said) else ''}>{said}</mtext>"


def read_macros(said: Mapping[object, object]) -> Macros:
    """Read and check the macros of a configuration.

    Args:
        said: name, with or without its backslash -> TeX, in which `#1` is the first argument.

    Raises:
        MacroError: names the first that cannot be used, and says why.
    """
    macros = Macros.read(said)
    try:
        converter(macros)
    except LatexError as error:
        found = MACRO.fullmatch(str(error))
        if not found:
            raise MacroError(str(error)) from error
        name = macros.bodies[int(found[1])][0]
        raise MacroError(rf"\{name}: {_said(found[2])}") from error
    return macros


def _explained(report: str, said: Translation, tex: str) -> FormulaError:
    """Say what is wrong and where; quote the place where the message names nothing."""
    found = POSITION.fullmatch(report)
    if not found:
        return FormulaError(report, 0)
    at = min(said.original(int(found[1])), len(tex))
    message = _said(found[2])
    if OPEN_WORDS.search(tex) and at == len(tex):
        message = r"Its words do not end: a formula among words inside of another is \(…\)."
    place = tex[at:].split("\n")[0][:QUOTED].rstrip()
    if '"' not in message and place:
        message = f'{message.rstrip(".")}, at "{place}".'
    return FormulaError(message, at)


def _said(message: str) -> str:
    """Put the words of this project for the converter's, where those do not help."""
    return next((ours for theirs, ours in HINTS.items() if message.startswith(theirs)), message)
