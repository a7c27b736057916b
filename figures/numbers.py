"""Numbers as a reader wants them: no needless digits, and a minus sign that is one."""

import re
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

_SCIENTIFIC = re.compile(r"(-?[\d.]+)e([+-]\d+)")

Format = str | Callable[[float], str]
"""`"{:.2f}"`, `".2f"`, or a function from a number to its text."""


def spell(values: NDArray[np.float64], fmt: Format | None = None) -> list[list[str]]:
    """Return the text of every number of a matrix.

    Without `fmt`: integers plainly; decimals in full where four are enough; otherwise three
    significant digits of the largest, as many decimals for all.
    """
    write = formatter(fmt) if fmt is not None else _plain(values[np.isfinite(values)])
    return [[tidy(write(float(value))) for value in row] for row in values]


def formatter(fmt: Format) -> Callable[[float], str]:
    """Return `fmt` as a function."""
    if callable(fmt):
        return fmt
    return fmt.format if "{" in fmt else f"{{:{fmt}}}".format


def tidy(text: str) -> str:
    """Give a number its minus sign, no sign to a zero, and 9.5·10⁻⁷ in place of 9.5e-07."""
    if text.startswith("-") and not any(digit in text for digit in "123456789in"):
        text = text[1:]
    if found := _SCIENTIFIC.fullmatch(text):
        digits, power = found[1], int(found[2])
        text = f"{digits}·{ten_to(power)}" if power else digits
    return text.replace("-", "−").replace("inf", "∞")


def _plain(finite: NDArray[np.float64]) -> Callable[[float], str]:
    largest = float(np.abs(finite).max(initial=0.0))
    if largest != 0 and (largest < 1e-3 or largest >= 1e7):
        return "{:.2g}".format if largest < 1e-3 else "{:.3g}".format
    for decimals in range(5):
        if np.allclose(finite, np.round(finite, decimals), rtol=0, atol=1e-9 * max(largest, 1)):
            return partial(_exactly, decimals=decimals)
    digits = int(np.clip(2 - np.floor(np.log10(largest)), 0, 3))
    return lambda value: "0" if value == 0 else f"{value:.{digits}f}"


def _exactly(value: float, *, decimals: int) -> str:
    """Keep up to two decimals in all numbers, 0.50 beside 0.25; more, where they are needed."""
    text = f"{value:.{decimals}f}"
    return "0" if value == 0 else text.rstrip("0").rstrip(".") if decimals > 2 else text


def ten_to(power: int) -> str:
    """Return a power of ten as text, 10⁻³."""
    return "10" + str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def matrix(array: ArrayLike, name: str = "the array") -> NDArray[np.float64]:
    """Return real numbers as a matrix; a scalar is 1×1, a 1-D array a row.

    Raises ValueError for anything else.
    """
    values = np.asarray(array)
    if values.dtype.kind not in "biuf":
        raise ValueError(f"{name}: expected real numbers, got dtype {values.dtype}")
    if values.ndim > 2:
        raise ValueError(
            f"{name}: expected a matrix or a row, got shape {values.shape}; "
            "pass its slices one by one, or use figures.maps"
        )
    if values.size == 0:
        raise ValueError(f"{name}: expected at least one number, got shape {values.shape}")
    return np.atleast_2d(values).astype(np.float64)


def one_each(name: str, given: Sequence[object], things: str, count: int) -> None:
    """Raise ValueError unless `given` is empty or holds one entry for each thing."""
    if len(given) not in (0, count):
        raise ValueError(f"{name}: expected {count}, one for each {things}, got {len(given)}")
