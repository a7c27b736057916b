"""Values that one page hands to another, as JSON: arrays as .npy files, never a pickle.

Runs where NumPy is: in a page's own process, and in those of tests and readers.
"""

import base64
import io
import json
import types
from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np

from worked import limits
from worked.protocol.messages import memory_cost

_ALLOWED: Final = (
    "exported are functions, classes, arrays, numbers, texts, and lists, tuples and dicts of these"
)


class ExportError(TypeError):
    """A value that cannot be handed to another page."""


def encode_exports(names: Iterable[str], namespace: Mapping[str, object]) -> dict[str, Any]:
    """Write the values of names down.

    Raises:
        ExportError: no array, number, text, or list, tuple or dict of them; or too large.
    """
    coded, size = {}, 0
    for name in names:
        if name not in namespace:
            raise ExportError(f"{name!r} is exported, but was not defined when the cell had run")
        try:
            coded[name] = _encode(namespace[name], 0)
        except ExportError as error:
            raise ExportError(f"{name!r} {error}; {_ALLOWED}") from error
        text = json.dumps(coded[name])
        size += len(text)
        if memory_cost(text.encode()) > limits.MAX_HELD // 2:
            raise ExportError(f"{name!r} has too many parts: export an array; {_ALLOWED}")
    if size > limits.MAX_EXPORTED:
        raise ExportError(
            f"the exported values take {size / 2**20:.1f} MiB; a cell has "
            f"{limits.MAX_EXPORTED >> 20} MiB"
        )
    return coded


def _encode(value: object, depth: int) -> list[Any]:
    if depth > limits.MAX_EXPORT_DEPTH:
        raise ExportError(f"has more than {limits.MAX_EXPORT_DEPTH} lists in each other")
    kind = type(value)
    if value is None or kind in (bool, str, float):
        return ["plain", value]
    if isinstance(value, int) and kind is int and value.bit_length() <= limits.MAX_EXPORT_BITS:
        return ["plain", value]
    if isinstance(value, complex) and kind is complex:
        return ["complex", value.real, value.imag]
    if isinstance(value, np.ndarray) and kind is np.ndarray:
        return ["array", _npy(value)]
    if isinstance(value, np.generic):
        return ["scalar", _npy(np.asarray(value))]
    if isinstance(value, list | tuple) and kind in (list, tuple):
        return [kind.__name__, *(_encode(part, depth + 1) for part in value)]
    if isinstance(value, dict) and kind is dict:
        pairs = value.items()
        return ["dict", *([_encode(name, depth + 1), _encode(v, depth + 1)] for name, v in pairs)]
    if isinstance(value, types.FunctionType | type):
        said = "holds a function or class that no plain `def` or `class` of a cell has made"
        raise ExportError(said)
    raise ExportError(f"holds a {kind.__qualname__}")


def decode_export(coded: Any) -> Any:
    """Read a value back; what is no such value raises ValueError, and runs nothing."""
    kind, *rest = coded
    match kind:
        case "plain":
            return rest[0]
        case "complex":
            return complex(*rest)
        case "array" | "scalar":
            stream = io.BytesIO(base64.b64decode(rest[0]))
            array = np.lib.format.read_array(stream, allow_pickle=False)
            return array if kind == "array" else array[()]
        case "list":
            return [decode_export(part) for part in rest]
        case "tuple":
            return tuple(decode_export(part) for part in rest)
        case "dict":
            return {decode_export(name): decode_export(value) for name, value in rest}
    raise ValueError(f"no value is a {kind!r}")


def _npy(array: np.ndarray[Any, Any]) -> str:
    stream = io.BytesIO()
    try:
        np.lib.format.write_array(stream, array, allow_pickle=False)
    except ValueError as error:  # objects
        raise ExportError(f"holds an array of {array.dtype}") from error
    return base64.b64encode(stream.getvalue()).decode("ascii")
