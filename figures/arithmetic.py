"""What becomes of every window, in words: a table that a page shows to unfold."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

from figures.numbers import Format, spell

Written = tuple[str, float]
"""A number as the drawing shows it, and the number itself."""
Write = Callable[[Sequence[Written], Written], str]
"""Writes out what is done with the numbers of a window, and the result."""


@dataclass(frozen=True, slots=True)
class Row:
    """How one number of an output comes about."""

    place: str
    """`Y[0,1]`"""
    window: str
    """`[0:2,1:3]`"""
    line: str
    """`1·0 + 2·1 + 4·2 + 5·3 = 25`"""


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """How every number of an output comes about, row by row."""

    title: str
    window: str
    """Heading of the column of windows."""
    rows: tuple[Row, ...]

    def _repr_html_(self) -> str:
        heads = "".join(
            f'<th scope="col">{escape(head)}</th>' for head in ("number", self.window, "arithmetic")
        )
        body = "".join(
            f'<tr><th scope="row">{escape(row.place)}</th>'
            f"<td>{escape(row.window)}</td><td>{_glued(escape(row.line))}</td></tr>"
            for row in self.rows
        )
        return (
            f"<details><summary>{escape(self.title)}</summary>"
            f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></details>"
        )


def written(values: NDArray[np.float64], fmt: Format | None = None) -> list[Written]:
    """Return the numbers of a matrix, row by row, as a drawing shows them."""
    texts = [text for row in spell(values, fmt) for text in row]
    return list(zip(texts, values.ravel().tolist(), strict=True))


def products(kernel: Sequence[Written]) -> Write:
    """Return what writes `0·0 + 1·1 = 1`: each number of a window times that of the kernel."""

    def write(window: Sequence[Written], result: Written) -> str:
        terms = [
            f"{_bracketed(a)}·{_bracketed(b)}"
            for (a, _), (b, _) in zip(window, kernel, strict=True)
        ]
        return f"{' + '.join(terms)} {_equals(*window, *kernel, result)} {result[0]}"

    return write


def maximum(window: Sequence[Written], result: Written) -> str:
    """Write `max(1, 3, 5, 6) = 6`."""
    texts = ", ".join(text for text, _ in window)
    return f"max({texts}) {_equals(*window, result)} {result[0]}"


def mean(window: Sequence[Written], result: Written) -> str:
    """Write `(1 + 3 + 5 + 6) / 4 = 3.75`."""
    terms = " + ".join(_bracketed(text) for text, _ in window)
    return f"({terms}) / {len(window)} {_equals(*window, result)} {result[0]}"


def _equals(*numbers: Written) -> str:
    """Return ≈ where a number is shown with fewer digits than it has."""
    return "=" if all(_is_whole(text, number) for text, number in numbers) else "≈"


def _glued(line: str) -> str:
    """Let lines break before a sign only."""
    return re.sub(r"(?<= [+=≈/]) ", "\N{NO-BREAK SPACE}", line)


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("−") else text


def _is_whole(text: str, number: float) -> bool:
    try:
        shown = float(text.replace("−", "-").replace("∞", "inf"))
    except ValueError:
        return False
    return shown == number or math.isclose(shown, number, rel_tol=1e-9, abs_tol=1e-12)
