"""What a cell's last expression looks like: any Python object to an output.

Runs in the worker process only: it is one of the rooms that import NumPy and matplotlib.
"""

import itertools
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from matplotlib.artist import Artist
from matplotlib.container import Container
from matplotlib.figure import Figure

from worked.drawing import adopt, draw
from worked.outputs import Html, Matrix, Output, Text

WIDEST: Final = 16
"""rows or columns of a matrix that are all shown; of more, `ENDS` at either end"""
ENDS: Final = 6
MOST_SLICES: Final = 8
DECIMALS: Final = 4

_REPRS: Final = (
    ("_repr_html_", "html"),
    ("_repr_svg_", "svg"),
    ("_repr_markdown_", "markdown"),
    ("_repr_latex_", "latex"),
)


def show(value: object) -> tuple[Output, ...]:
    """Give the outputs by which an object appears on the page; none for None and for artists."""
    if value is None or _is_artists(value):
        return ()
    if isinstance(value, tuple) and value and all(_stands_alone(item) for item in value):
        return tuple(itertools.chain.from_iterable(show(item) for item in value))
    if isinstance(value, Figure):
        return (draw(value),)
    if isinstance(value, np.ndarray) and value.ndim:
        return (matrix(value),)
    if isinstance(value, np.ndarray | np.generic):
        return (Text(str(value)),)
    for method, kind in _REPRS:
        source = _call(value, method)
        if source:
            return (adopt(source) if kind == "svg" else Html(kind, source),)
    return (Text(repr(value)),)


def _is_artists(value: object) -> bool:
    """What plotting calls return, `[<Line2D …>]`, says nothing to a reader."""
    if isinstance(value, Figure):
        return False
    if isinstance(value, Artist | Container):
        return True
    items = value.ravel() if isinstance(value, np.ndarray) and value.dtype == object else value
    return isinstance(items, list | tuple | np.ndarray) and (
        len(items) > 0 and all(_is_artists(item) for item in items)
    )


def _stands_alone(value: object) -> bool:
    return isinstance(value, Figure) or (isinstance(value, np.ndarray) and value.ndim > 0)


def _call(value: object, method: str) -> str:
    if isinstance(value, type) or not callable(function := getattr(value, method, None)):
        return ""
    source = function()
    return source if isinstance(source, str) else ""


def matrix(array: np.ndarray) -> Matrix:
    """Format an array of one or more axes; a long axis keeps its ends.

    Args:
        array: any dtype, ndim >= 1.  Axes before the last two are taken apart into slices.
    """
    numbers = _texts(array)
    slices: list[tuple[str, tuple[tuple[str, ...], ...]]] = []
    leading = numbers.shape[:-2]
    places = list(np.ndindex(*leading)) if numbers.ndim > 2 else [()]
    for place in places[:MOST_SLICES]:
        rows = np.atleast_2d(numbers[place])
        index = f"[{', '.join(map(str, place))}]" if place else ""
        slices.append((index, _rows(rows)))
    if len(places) > MOST_SLICES:
        slices.append((f"… {len(places) - MOST_SLICES} more", ()))
    return Matrix(shape=array.shape, dtype=str(array.dtype), slices=tuple(slices))


def _rows(rows: np.ndarray) -> tuple[tuple[str, ...], ...]:
    """Take the rows that are shown: text (rows, columns)."""
    down, across = _ends(rows.shape[0]), _ends(rows.shape[1])
    return tuple(
        tuple("⋮" if i is None else "⋯" if j is None else str(rows[i, j]) for j in across)
        for i in down
    )


def _ends(length: int) -> Sequence[int | None]:
    if length <= WIDEST:
        return range(length)
    return [*range(ENDS), None, *range(length - ENDS, length)]


def _texts(array: np.ndarray) -> np.ndarray:
    """Format every number alike: an array of str, of the same shape."""
    if array.dtype.kind != "f" or not array.size:
        return np.array([str(item) for item in array.ravel()], dtype=object).reshape(array.shape)
    spec = float_spec(array)
    texts = [plain_zero(format(float(item), spec)) for item in array.ravel()]
    return np.array(texts, dtype=object).reshape(array.shape)


def float_spec(array: np.ndarray) -> str:
    """Choose one format spec for all numbers of a float array.

    As few decimals as are exact, at most `DECIMALS`; powers of ten where that would lose the
    numbers.
    """
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
    return text[1:] if text.startswith("-") and not text.strip("-0.") else text


def value_text(value: Any, spec: str) -> str:
    """Format a value for prose.

    Args:
        value: anything.
        spec: a format spec as in an f-string; without one, floats take six significant digits.
    """
    if spec:
        return plain_zero(format(value, spec))
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return plain_zero(f"{value:.6g}")
    if isinstance(value, np.ndarray):
        return np.array2string(value, precision=DECIMALS, separator=", ", threshold=24)
    if isinstance(value, tuple):
        inner = ", ".join(value_text(item, "") for item in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, list):
        return f"[{', '.join(value_text(item, '') for item in value)}]"
    return str(value)
