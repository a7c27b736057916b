"""The converter `math-core`, called here only; in a process apart where it could hang."""

import os
from functools import lru_cache

from math_core import LatexError, LatexToMathML

from texmath import words
from texmath.apart import BRACKETS, LostError, converted_apart, open_brackets
from texmath.expansions import expanded
from texmath.macros import Macros
from texmath.problems import FormulaError


class EndlessError(FormulaError):
    """A formula that could take the converter for ever."""

    def __init__(self) -> None:
        super().__init__("The formula has too many brackets that nothing closes.", 0)


@lru_cache(maxsize=8)
def converter(macros: Macros) -> LatexToMathML:
    """Give a converter that knows macros.

    Raises:
        LatexError: for a macro that it does not take.
    """
    return LatexToMathML(
        fancy_error=False, allow_unreliable_rendering=True, macros=dict(macros.bodies)
    )


def converted(tex: str, *, display: bool, macros: Macros) -> tuple[str, str]:
    """Give a formula as HTML, or what is wrong with it.

    Args:
        tex: in the converter's words, within the bounds of `bounds.excess`.
        display: whether it stands on lines of its own.
        macros: what the site defines.

    Raises:
        EndlessError: the converter does not come back.
        FormulaError: for macros that become too large.
    """

    def work() -> str:
        try:
            return "+" + converter(macros).convert_with_local_state(tex, displaystyle=display)
        except LatexError as error:
            return f"-{error}"

    count, unclosed = open_brackets(tex)
    if macros.bodies or any(rf"\{name}" in tex for name in words.DEFINING):
        count = max(count, expanded(tex, dict(macros.bodies)).brackets)
    if unclosed > BRACKETS:
        raise EndlessError
    try:
        done = converted_apart(work) if count > BRACKETS and hasattr(os, "fork") else work()
    except LostError as error:
        raise EndlessError from error
    return (done[1:], "") if done[0] == "+" else ("", done[1:])
