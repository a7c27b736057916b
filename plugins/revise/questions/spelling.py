"""Numbers and matrices as a reader reads them."""

import math
from collections.abc import Sequence
from typing import Any

_MINUS = "\N{MINUS SIGN}"


def plain(value: Any) -> Any:
    """Make plain numbers and lists of NumPy's, and of tuples; anything else stays."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    return [plain(part) for part in value] if isinstance(value, list | tuple) else value


def spelled(number: float) -> str:
    """Write a number for prose, with a real minus sign: `50,348,032`, `−0.25`, `6.25e−9`."""
    if isinstance(number, int) or float(number).is_integer():
        text = f"{int(number):,}" if abs(number) >= 10_000 else f"{int(number)}"
    else:
        text = f"{number:.7g}"
    return text.replace("-", _MINUS)


def matrix(array: Any) -> str:
    r"""Write an array as TeX without dollars: `\begin{pmatrix}1 & 2\\ 3 & 4\end{pmatrix}`.

    Args:
        array: of one axis, which is a row, or of two.
    """
    rows: Sequence[Any] = plain(array)
    if rows and not isinstance(rows[0], list):
        rows = [rows]
    inner = r"\\ ".join(" & ".join(map(_tex, row)) for row in rows)
    return rf"\begin{{pmatrix}}{inner}\end{{pmatrix}}"


def _tex(number: float) -> str:
    return spelled(number).replace(_MINUS, "-").replace(",", "{,}")


def answer_text(answer: Any, unit: str = "", *, tolerance: float = 0, relative: float = 0) -> str:
    """Write an answer as Markdown: a number, numbers in a row, a matrix, or the text that it is.

    Args:
        answer: plain.
        unit: stands after it.
        tolerance: how far from the answer is right; digits far below it are not written.
        relative: the same as a share of the answer.
    """
    if isinstance(answer, str):
        return answer
    near = _rounded(answer, tolerance, relative)
    if isinstance(near, list):
        text = f"${matrix(near)}$" if near and isinstance(near[0], list) else _row(near)
    else:
        text = spelled(near)
    return f"{text}\N{NO-BREAK SPACE}{unit}" if unit else text


def _rounded(answer: Any, tolerance: float, relative: float) -> Any:
    if isinstance(answer, list):
        return [_rounded(part, tolerance, relative) for part in answer]
    room = tolerance or relative * abs(answer)
    if isinstance(answer, int) or not room:
        return answer
    return round(answer, max(0, math.ceil(-math.log10(room / 2))))


def _row(numbers: list[float]) -> str:
    return f"({'; '.join(map(spelled, numbers))})"
