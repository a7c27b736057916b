"""One form for all numbers of an array, and which of them are shown.

Runs in the worker process only.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

WIDEST_ROW: Final = 16
"""rows or columns of a matrix that are all shown; of more, `ENDS` at either end"""
ROW_ENDS: Final = 6
DECIMALS: Final = 4

_MINUS_ZERO: Final = re.compile(r"-(?:0+\.?0*|\.0+)(?:[eE][+-]?\d+)?%?")


def ends(length: int, widest: int = WIDEST_ROW, each: int = ROW_ENDS) -> Sequence[int | None]:
    """Choose which places of an axis are shown; None for those that are not."""
    if length <= widest:
        return range(length)
    return [*range(each), None, *range(length - each, length)]


def speller(array: np.ndarray) -> Callable[[Any], str]:
    """Choose one form for all numbers of an array."""
    if array.dtype.kind != "f":
        return str
    spec = float_spec(array)
    return lambda item: str(item) if item is np.ma.masked else _spelled(float(item), spec)


def _spelled(number: float, spec: str) -> str:
    return plain_zero(format(number, spec))


def float_spec(array: np.ndarray) -> str:
    """Choose one format spec for all numbers of a float array.

    As few decimals as are exact, at most `DECIMALS`; powers of ten where that would lose the
    numbers.
    """
    array = array.compressed() if isinstance(array, np.ma.MaskedArray) else array
    finite = np.abs(array[np.isfinite(array)].astype(float))
    largest = float(finite.max(initial=0.0))
    if largest and (largest >= 1e6 or largest < 1e-3):
        return ".3e"
    for decimals in range(DECIMALS):
        if np.allclose(np.round(finite, decimals), finite, rtol=0, atol=1e-9):
            return f".{decimals}f"
    return f".{DECIMALS}f"


def plain_zero(text: str) -> str:
    """Drop the sign of a number that is shown as zero."""
    return text[1:] if _MINUS_ZERO.fullmatch(text) else text
