"""One formula: TeX to MathML, and to a line of readable text."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from math_core import LatexError, LatexToMathML

from texmath import dialect, mathml, plain, shapes
from texmath.macros import NONE, Macros
from texmath.problems import FormulaError
from texmath.rewriting import Translation

REFERENCE: Final = re.compile(r"\\(?:eq)?ref(?![a-zA-Z])")
# the converter draws lines with the combining low line, also above; it has no width, and Chromium
# leaves out what has none
LINES: Final = (
    ("\u0332</mo></mover>", "\u203e</mo></mover>"),
    ("\u0332</mo></munder>", "_</mo></munder>"),
)
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
POSITION: Final = re.compile(r"(\d+): (.*)", re.DOTALL)


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
        FormulaError: for TeX that the converter does not take, an empty formula, and a
            reference: one formula does not know the numbers of the others.
    """
    if not tex.strip():
        raise FormulaError("The formula is empty.", 0)
    if found := CONTROL.search(tex):
        raise FormulaError("Computed values and HTML cannot stand in a formula.", found.start())
    if found := REFERENCE.search(tex):
        message = f'Formulas have no numbers, so "{found[0]}" has nothing to point to.'
        raise FormulaError(message, found.start())
    if shapes.is_taken(tex):
        raise FormulaError("Colours from 5EA000 to 5EAFFF are taken: choose one beside.", 0)
    said = dialect.translate(tex, display=display, known=macros.names, shapes=macros.shapes)
    converter = LatexToMathML(
        fancy_error=False, allow_unreliable_rendering=True, macros=dict(macros.bodies)
    )
    try:
        html = converter.convert_with_local_state(said.tex, displaystyle=display)
    except LatexError as error:
        raise _explained(str(error), said, len(tex.rstrip())) from error
    for drawn, wanted in LINES:
        html = html.replace(drawn, wanted)
    tree = mathml.parse(html)
    if said.shapes or macros.bodies or "hline" in tex or "hdashline" in tex:
        tree = shapes.shaped(tree, said.shapes, display=display)
        html = mathml.written(tree)
    return Formula(mathml=html, text=plain.text(tree))


def _explained(report: str, said: Translation, end: int) -> FormulaError:
    found = POSITION.fullmatch(report)
    if not found:
        return FormulaError(report, 0)
    return FormulaError(found[2], min(said.original(int(found[1])), end))
