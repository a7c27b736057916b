"""Write down what a cell hands to the element around what it shows: exact, or an error."""

import base64
import math
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from worked import limits
from worked.protocol.arrays import ARRAY_MARK, ITEM_SIZES, MAX_WHOLE, handed_size

_ALLOWED: Final = "an element takes arrays, numbers, texts, and lists and dicts of these"
_NARROW: Final[dict[np.dtype[Any], type[np.generic]]] = {
    np.dtype(np.int64): np.int32,
    np.dtype(np.uint64): np.uint32,
    np.dtype(np.float16): np.float32,
}
"""What JavaScript has no plain numbers for -> what holds them, if they fit."""


class ArraysError(TypeError):
    """A value that cannot be handed to an element."""


def encode_arrays(names: tuple[str, ...], namespace: Mapping[str, object]) -> dict[str, Any]:
    """Write the values of names down, in the form of `worked.protocol.arrays`.

    Raises:
        ArraysError: a name that is not there, a value of another kind, or too much.
    """
    coded: dict[str, Any] = {}
    for name in names:
        if name not in namespace:
            raise ArraysError(f"{name!r} was not defined when the cell had run")
        try:
            coded[name] = encode_plain(namespace[name], 0)
        except ArraysError as error:
            raise ArraysError(f"{name!r} {error}") from error
    if (size := handed_size(coded)) > limits.MAX_HANDED:
        raise ArraysError(
            f"the arrays take {size:,} bytes; a cell has {limits.MAX_HANDED:,}: hand over fewer "
            "numbers, or a smaller dtype"
        )
    if (count := _arrays_in(coded)) > limits.MAX_ARRAYS:
        raise ArraysError(f"{count:,} arrays; a cell has {limits.MAX_ARRAYS}: stack them")
    return coded


def encode_plain(value: object, depth: int = 0) -> Any:
    """Write one value down.

    Raises:
        ArraysError: a value of another kind.
    """
    if depth > limits.MAX_ARRAYS_DEPTH:
        raise ArraysError(f"has more than {limits.MAX_ARRAYS_DEPTH} lists in each other")
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        if abs(value) > MAX_WHOLE:
            raise ArraysError("holds a whole number beyond 2**53, which JavaScript does not have")
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ArraysError(f"holds the number {value}: only arrays can")
        return value
    if isinstance(value, list | tuple):
        return [encode_plain(part, depth + 1) for part in value]
    if isinstance(value, dict):
        return {_key(name): encode_plain(part, depth + 1) for name, part in value.items()}
    raise ArraysError(f"holds a {type(value).__qualname__}: {_ALLOWED}")


def _key(name: object) -> str:
    if not isinstance(name, str) or name == ARRAY_MARK:
        raise ArraysError(f"is a dict with the key {name!r}: keys are texts other than 'dtype'")
    return name


def _array(value: np.ndarray[Any, Any]) -> dict[str, Any]:
    """Write an array down, in a dtype that JavaScript has and that holds every number of it."""
    if value.nbytes > limits.MAX_HANDED:
        raise ArraysError(f"takes {value.nbytes:,} bytes; a cell has {limits.MAX_HANDED:,}")
    if value.ndim > limits.MAX_AXES:
        raise ArraysError(f"has {value.ndim} axes; at most {limits.MAX_AXES}")
    native = value.dtype.newbyteorder("=")
    narrow = np.dtype(_NARROW.get(native, native))
    if narrow.name not in ITEM_SIZES:
        raise ArraysError(f"is an array of {value.dtype}; known are {', '.join(ITEM_SIZES)}")
    if narrow.itemsize < native.itemsize and not np.array_equal(value.astype(narrow), value):
        raise ArraysError(f"is an array of {value.dtype} whose numbers do not fit into {narrow}")
    raw = np.ascontiguousarray(value, narrow.newbyteorder("<")).tobytes()
    data = base64.b64encode(raw).decode("ascii")
    return {"dtype": narrow.name, "shape": list(value.shape), "data": data}


def _arrays_in(coded: object) -> int:
    if isinstance(coded, list):
        return sum(map(_arrays_in, coded))
    if isinstance(coded, dict):
        return 1 if ARRAY_MARK in coded else sum(map(_arrays_in, coded.values()))
    return 0
