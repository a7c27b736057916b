"""What a cell's last expression looks like: any Python object to an output.

Runs in the worker process only, with NumPy and matplotlib.
"""

import itertools
import math
import types
from collections.abc import Callable
from typing import Any, Final, TypeGuard

import numpy as np
from matplotlib.artist import Artist
from matplotlib.container import Container
from matplotlib.figure import Figure

from worked.protocol.outputs import Matrix, Output, Text
from worked.protocol.terminal import settle
from worked.worker.animation import animation_frames, is_animation
from worked.worker.drawing import draw_figure
from worked.worker.forms import ADDRESS, plain_repr, said_form, stands_alone
from worked.worker.records import is_records, records_table
from worked.worker.spelling import ends, plain_zero, speller

IN_PROSE: Final = 8
"""entries of an axis that a value in prose or in a formula shows; of more, `IN_PROSE_ENDS`"""
IN_PROSE_ENDS: Final = 3
MOST_SLICES: Final = 8

_SILENT: Final = (
    *(types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.ModuleType),
    *(types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType, Artist, Container),
)


def show_value(value: object, *, is_known: bool = False) -> tuple[Output, ...]:
    """Give the outputs by which an object appears on the page; none for None and for artists."""
    if value is None or _is_artists(value):
        return ()
    if isinstance(value, tuple) and value and all(_stands_alone(item) for item in value):
        return tuple(out for item in value for out in show_value(item, is_known=is_known))
    if isinstance(value, Figure):
        return () if is_known else (draw_figure(value),)
    if isinstance(value, np.ndarray) and value.ndim:
        return () if is_known else (matrix_output(value),)
    if isinstance(value, np.ndarray | np.generic):
        return (Text(settle(str(value))),)
    if _is_named_arrays(value):
        return () if is_known else tuple(matrix_output(item, name) for name, item in value.items())
    if is_records(value):
        return () if is_known else (records_table(value),)
    if is_animation(value):
        frames = animation_frames(value, is_known=is_known)
        return () if frames is None else (frames,)
    form = said_form(value, is_known=is_known)
    return (Text(settle(plain_repr(value))),) if form is None else form


def _is_artists(value: object) -> bool:
    """What plotting calls return, `[<Line2D …>]`, says nothing to a reader."""
    if isinstance(value, Figure):
        return False
    if isinstance(value, Artist | Container):
        return True
    if isinstance(value, np.ndarray):
        items = list(value.ravel()) if value.dtype == object else []
    else:
        items = list(value) if isinstance(value, list | tuple) else []
    return bool(items) and all(_is_artists(item) for item in items)


def _stands_alone(value: object) -> bool:
    if isinstance(value, np.ndarray):
        return _is_array(value)
    return isinstance(value, Figure) or is_animation(value) or stands_alone(value)


def _is_named_arrays(value: object) -> TypeGuard[dict[str, np.ndarray]]:
    """Whether a value is `{"x": x, "y": y}`: arrays that are shown with their names."""
    return (
        type(value) is dict
        and bool(value)
        and all(isinstance(name, str) and _is_array(item) for name, item in value.items())
    )


def _is_array(value: object) -> bool:
    return isinstance(value, np.ndarray) and value.ndim > 0


def matrix_output(array: np.ndarray, name: str = "") -> Matrix:
    """Format an array of one or more axes; a long axis keeps its ends.

    Args:
        array: any dtype, ndim >= 1.  Axes before the last two are taken apart into slices.
        name: stands before the index of each slice.
    """
    say = speller(array)
    slices: list[tuple[str, tuple[tuple[str, ...], ...]]] = []
    leading = array.shape[:-2]
    count = math.prod(leading)
    for place in itertools.islice(np.ndindex(*leading), MOST_SLICES):
        rows = np.atleast_2d(array[place])
        index = f"[{', '.join(map(str, place))}]" if place else ""
        slices.append((f"{name}{index}", _rows(rows, say)))
    if count > MOST_SLICES:
        slices.append((f"… {count - MOST_SLICES} more", ()))
    return Matrix(shape=array.shape, dtype=str(array.dtype), slices=tuple(slices))


def _rows(rows: np.ndarray, say: Callable[[Any], str]) -> tuple[tuple[str, ...], ...]:
    """Spell the numbers that are shown of an array (rows, columns)."""
    down, across = ends(rows.shape[0]), ends(rows.shape[1])
    return tuple(
        tuple("⋮" if i is None else "⋯" if j is None else say(rows[i, j]) for j in across)
        for i in down
    )


class NoValueError(TypeError):
    """An object that says nothing to a reader: a function, None, what has an address only."""


def value_text(value: Any, spec: str) -> str:
    """Format a value for prose, on one line.

    Args:
        value: anything that says something to a reader.
        spec: a format spec as in an f-string; without one, floats take six significant digits, and
            the numbers of an array one form.

    Raises:
        NoValueError: it says nothing to a reader.
    """
    if value is None:
        raise NoValueError("it is None: what changes or prints something gives no value")
    if isinstance(value, _SILENT):
        raise NoValueError(f"it is a {type(value).__name__}: a value is what a reader can read")
    text = _value_text(value, spec)
    if ADDRESS.search(text):
        said = f"it reads {text[:60]!r}, with an address that is another in each build"
        raise NoValueError(f"{said}: write what of the {type(value).__name__} a reader shall see")
    return text


def _value_text(value: Any, spec: str) -> str:
    if spec:
        return plain_zero(format(value, spec))
    if isinstance(value, np.generic) and value.dtype.kind in "biufcSU":
        value = value.item()
    if isinstance(value, float | complex | np.inexact):
        return plain_zero(f"{value:.6g}")
    if isinstance(value, np.ndarray):
        return _value_text(value[()], "") if value.ndim == 0 else _nested(value, speller(value))
    if isinstance(value, tuple):
        inner = ", ".join(_value_text(item, "") for item in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, list):
        return f"[{', '.join(_value_text(item, '') for item in value)}]"
    if isinstance(value, dict):
        pairs = (f"{_value_text(key, '')}: {_value_text(item, '')}" for key, item in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, set | frozenset) and value:
        return f"{{{', '.join(_value_text(item, '') for item in value)}}}"
    return str(value)


def _nested(array: np.ndarray, say: Callable[[Any], str]) -> str:
    """Write an array as nested lists; of a long axis the ends."""
    places = ends(len(array), IN_PROSE, IN_PROSE_ENDS)
    parts = (
        "…"
        if place is None
        else say(array[place])
        if array.ndim == 1
        else _nested(array[place], say)
        for place in places
    )
    return f"[{', '.join(parts)}]"
