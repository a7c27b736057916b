"""What an answer is, and whether another comes to the same."""

import math
from collections.abc import Iterator
from typing import Any, Final

NUMBER, LIST, MATRIX, CHOICE, WORDS = FORMS = ("number", "list", "matrix", "choice", "words")
"""What a reader gives: a number, some in a row, some in rows, one of the choices, a sentence."""

MOST_NUMBERS: Final = 16
LARGEST: Final = 1e12
PLACES: Final = 4
"""digits after the point that a reader writes down where nothing is said of a tolerance"""
_EXACT: Final = 1e-9
"""of the answer: what two ways of computing it may differ by"""


def form_of(answer: Any) -> str:
    """Say what a plain answer is.

    Raises:
        ValueError: none that a reader could type.
    """
    if not isinstance(answer, list):
        _check(answer)
        return NUMBER
    rows = [row if isinstance(row, list) else [row] for row in answer]
    is_matrix = any(isinstance(row, list) for row in answer)
    if is_matrix and not all(isinstance(row, list) and len(row) == len(rows[0]) for row in answer):
        raise ValueError("an answer has one or two axes, and rows of the same length")
    numbers = [number for row in rows for number in row]
    if not 0 < len(numbers) <= MOST_NUMBERS:
        raise ValueError(f"an answer of {len(numbers)} numbers; a reader types 1 to {MOST_NUMBERS}")
    for number in numbers:
        _check(number)
    return MATRIX if is_matrix else LIST


def _check(number: Any) -> None:
    if isinstance(number, bool) or not isinstance(number, int | float):
        said = f"an answer of type {type(number).__name__}"
        raise ValueError(f"{said}: it is a number, numbers in a list or an array, or a choice")
    if not math.isfinite(number) or abs(number) >= LARGEST:
        raise ValueError(f"{number} is no answer that a reader can type")


def numbers_of(answer: Any) -> Iterator[float]:
    """Give all numbers of a plain answer, row by row."""
    if isinstance(answer, list):
        for part in answer:
            yield from numbers_of(part)
    else:
        yield answer


def is_short(number: float) -> bool:
    """Whether a reader can write a number down without rounding it."""
    return math.isclose(number, round(number, PLACES), rel_tol=0, abs_tol=1e-11 * (abs(number) + 1))


def same(one: Any, other: Any, *, tolerance: float, relative: float) -> bool:
    """Whether an answer comes to another, which is the right one; numbers, or texts."""
    if isinstance(one, str) or isinstance(other, str):
        return bool(one == other)
    left, right = list(numbers_of(one)), list(numbers_of(other))
    if len(left) != len(right):
        return False
    return all(
        abs(a - b) <= max(tolerance, relative * abs(b), _EXACT * max(1.0, abs(b)))
        for a, b in zip(left, right, strict=True)
    )
