"""A value inside a formula: numbers, arrays and short texts as TeX.

Runs in the worker process only.
"""

import re
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from worked.worker.display import IN_PROSE, IN_PROSE_ENDS, value_text
from worked.worker.spelling import ends, plain_zero, speller

_NUMBER: Final = re.compile(
    r"(?P<digits>[-+]?[\d,]*\.?\d+)(?:[eE](?P<power>[-+]?\d+))?(?P<unit>[j%]?)"
)
_BETWEEN: Final = re.compile(r"(?:inf|nan|[\s.,()\[\]+…-])*")
"""What is left of numbers, and of tuples and lists of them, without the digits."""
_WORDS: Final = re.compile(r"[A-Za-z0-9 .,()+=-]+")
_NAMES: Final = {"inf": r"\infty", "nan": r"\text{nan}", "…": r"\ldots"}


def value_tex(value: Any, spec: str) -> str:
    r"""Format a value for a formula.

    Args:
        value: a number; an array of at most two axes, which becomes a `bmatrix` (a vector is a
            column); a tuple or list of numbers; or a text of letters, digits and punctuation.
        spec: a format spec as in an f-string; of an array, for each entry.

    Raises:
        TypeError: anything else.
    """
    if isinstance(value, np.ndarray) and value.ndim:
        return _matrix(value, spec)
    text = value_text(value, spec)
    numeric = isinstance(value, int | float | complex | np.number | np.ndarray | tuple | list)
    return _spelled(text) if numeric else _worded(text)


def _matrix(array: np.ndarray, spec: str) -> str:
    if array.ndim > 2:
        raise TypeError(f"a formula holds arrays of one or two axes, not {array.ndim}")
    if not array.size:
        raise TypeError(f"an array of shape {array.shape} has no entry to show in a formula")
    say: Callable[[Any], str] = speller(array)
    if spec:
        say = lambda item: plain_zero(format(item, spec))  # noqa: E731
    rows = array[:, None] if array.ndim == 1 else array
    down, across = (ends(length, IN_PROSE, IN_PROSE_ENDS) for length in rows.shape)
    lines = (
        " & ".join(
            _dots(i, j) if i is None or j is None else _spelled(say(rows[i, j])) for j in across
        )
        for i in down
    )
    body = r" \\ ".join(lines)
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"


def _dots(i: int | None, j: int | None) -> str:
    return r"\ddots" if i is None and j is None else r"\vdots" if i is None else r"\cdots"


def _spelled(text: str) -> str:
    if _BETWEEN.fullmatch(_NUMBER.sub("", text)):
        return re.sub(rf"{_NUMBER.pattern}|inf|nan|…", _number, text).strip()
    return _worded(text)


def _worded(text: str) -> str:
    if _WORDS.fullmatch(text):
        return rf"\text{{{text}}}"
    said = f"{text[:40]!r} cannot stand in a formula: numbers, arrays and plain words can"
    raise TypeError(said)


def _number(found: re.Match[str]) -> str:
    if found["digits"] is None:
        return _NAMES[found[0]]
    text = found["digits"].replace(",", "{,}")
    power = int(found["power"] or 0)
    if power and text.strip("+-0."):
        ten = f"10^{{{power}}}"
        text = text[:-1] + ten if text.lstrip("+-") == "1" else rf"{text} \cdot {ten}"
    return text + found["unit"].replace("%", r"\%")
