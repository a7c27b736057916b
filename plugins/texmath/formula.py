"""One formula: TeX to MathML, and to a line of readable text."""

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from math_core import LatexError, LatexToMathML

from texmath import dialect, mathml, plain
from texmath.apart import BRACKETS, LostError, converted_apart, open_brackets
from texmath.bounds import excess

REFERENCE: Final = re.compile(r"\\(?:eq)?ref(?![a-zA-Z])")
# the converter draws lines with the combining low line, also above; it has no width, and Chromium
# leaves out what has none
LINES: Final = (
    ("\u0332</mo></mover>", "\u203e</mo></mover>"),
    ("\u0332</mo></munder>", "_</mo></munder>"),
)
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
POSITION: Final = re.compile(r"(\d+): (.*)", re.DOTALL)


class FormulaError(ValueError):
    """A formula that cannot be converted."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        """Characters of the TeX before the place that is wrong."""


class EndlessError(FormulaError):
    """A formula that could take the converter for ever."""

    def __init__(self) -> None:
        super().__init__("The formula has too many brackets that nothing closes.", 0)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in the two forms that a page needs."""

    mathml: str
    """A `<math>` element as HTML."""
    text: str
    """The same on one line, for the search index, the table of contents and attributes."""


@lru_cache(maxsize=4096)  # a page says $k$ again and again, and a preview all of it
def convert(tex: str, *, display: bool) -> Formula:
    r"""Convert a formula.

    Args:
        tex: what stands between the dollars.
        display: whether sums have their limits above and below, as between two dollars.

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
    said = dialect.translate(tex)
    if beyond := excess(said.tex):
        raise FormulaError(beyond[0], said.original(beyond[1]))
    html, report = _mathml(said.tex, display=display)
    if report:
        raise _explained(report, said, len(tex.rstrip()))
    for drawn, wanted in LINES:
        html = html.replace(drawn, wanted)
    try:
        return Formula(mathml=html, text=plain.text(mathml.parse(html)))
    except RecursionError as error:
        raise FormulaError("The formula is nested too deeply: take a part of it out.", 0) from error


def _mathml(tex: str, *, display: bool) -> tuple[str, str]:
    """Give a formula as HTML, or what is wrong with it.

    Raises:
        EndlessError: the converter does not come back.
    """

    def work() -> str:
        try:
            return "+" + LatexToMathML(fancy_error=False).convert_with_local_state(
                tex, displaystyle=display
            )
        except LatexError as error:
            return f"-{error}"

    count, unclosed = open_brackets(tex)
    if unclosed > BRACKETS:
        raise EndlessError
    try:
        done = converted_apart(work) if count > BRACKETS and hasattr(os, "fork") else work()
    except LostError as error:
        raise EndlessError from error
    return (done[1:], "") if done[0] == "+" else ("", done[1:])


def _explained(report: str, said: dialect.Translation, end: int) -> FormulaError:
    found = POSITION.fullmatch(report)
    if not found:
        return FormulaError(report, 0)
    return FormulaError(found[2], min(said.original(int(found[1])), end))
