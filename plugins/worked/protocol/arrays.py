"""Arrays that a cell hands to the element around what it shows, and their one form in JSON.

An array is `{"dtype": "uint8", "shape": [28, 28], "data": "…"}`: its bytes in C order and
little-endian, as base64.  Numbers, texts, lists and objects with names are what they are in JSON.
"""

import base64
import json
import math
from collections.abc import Mapping
from typing import Any, Final

from worked import limits
from worked.protocol.reading import MalformedError, fields_of, list_of, number_of, text_of, whole_of

ITEM_SIZES: Final = {
    **dict.fromkeys(["bool", "int8", "uint8"], 1),
    **dict.fromkeys(["int16", "uint16"], 2),
    **dict.fromkeys(["int32", "uint32", "float32"], 4),
    "float64": 8,
}
"""dtype -> bytes of one number: those that a typed array of JavaScript has too."""
ARRAY_MARK: Final = "dtype"
"""What tells an array from an object with names, which cannot have this one."""
MAX_WHOLE: Final = 2**53
"""Beyond, a number of JavaScript is not exact."""


def read_arrays(data: object) -> Mapping[str, Any]:
    """Check what a page's process hands to an element.

    Raises:
        MalformedError: it is not as `worked.worker.arrays` writes it, or too much.
    """
    if not isinstance(data, dict):
        raise MalformedError("arrays without their names")
    counts = [_count(value, 0) for value in data.values()]
    if sum(counts) > limits.MAX_ARRAYS:
        raise MalformedError(f"more than {limits.MAX_ARRAYS:,} arrays")
    if handed_size(data) > limits.MAX_HANDED:
        raise MalformedError(f"arrays of more than {limits.MAX_HANDED:,} bytes")
    return data


def handed_size(arrays: Mapping[str, Any]) -> int:
    """Count the bytes that go to an element: the letters of the JSON, at six bits each."""
    return len(json.dumps(dict(arrays), separators=(",", ":"))) * 3 // 4


def _count(value: object, depth: int) -> int:
    """Check one value, and count the arrays in it."""
    if depth > limits.MAX_ARRAYS_DEPTH:
        raise MalformedError("lists of arrays that are too deep")
    if isinstance(value, dict) and ARRAY_MARK in value:
        _check_array(value)
        return 1
    if isinstance(value, dict):
        return sum(_count(part, depth + 1) for part in value.values())
    if isinstance(value, list):
        return sum(_count(part, depth + 1) for part in value)
    if isinstance(value, float):
        number_of(value)
    elif isinstance(value, int) and abs(value) > MAX_WHOLE:
        raise MalformedError("a number that is not exact in JavaScript")
    elif not isinstance(value, bool | int | str):
        raise MalformedError(f"expected a number, a text or an array, not {type(value).__name__}")
    return 0


def _check_array(value: object) -> None:
    fields = fields_of(value, "dtype", "shape", "data")
    dtype, shape = text_of(fields["dtype"]), list_of(fields["shape"])
    if dtype not in ITEM_SIZES or len(shape) > limits.MAX_AXES:
        raise MalformedError("an array of another dtype, or of too many axes")
    axes = [whole_of(axis) for axis in shape]
    if not all(0 <= axis <= limits.MAX_HANDED for axis in axes):
        raise MalformedError("an array that is too long")
    try:
        raw = base64.b64decode(text_of(fields["data"]), validate=True)
    except ValueError as error:
        raise MalformedError("an array that is not base64") from error
    if len(raw) != math.prod(axes) * ITEM_SIZES[dtype]:
        raise MalformedError("an array that does not have the numbers of its shape")
