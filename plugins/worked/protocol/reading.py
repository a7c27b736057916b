"""Read JSON that nobody trusts, checking every type on the way."""

import math


class MalformedError(ValueError):
    """JSON that is none of our outputs: a damaged entry, or a cell that forged one."""


def fields_of(data: object, *names: str) -> dict[str, object]:
    """Give the fields of an object that has these and no others."""
    if not isinstance(data, dict) or set(data) != set(names):
        raise MalformedError(f"expected the fields {', '.join(names)}")
    return data


def list_of(data: object) -> list[object] | tuple[object, ...]:
    """Give the items of a list."""
    if not isinstance(data, list | tuple):
        raise MalformedError(f"expected a list, not {type(data).__name__}")
    return data


def text_of(data: object) -> str:
    """Give a text."""
    if not isinstance(data, str):
        raise MalformedError(f"expected text, not {type(data).__name__}")
    return data


def whole_of(data: object) -> int:
    """Give a whole number."""
    if not isinstance(data, int) or isinstance(data, bool):
        raise MalformedError(f"expected a whole number, not {type(data).__name__}")
    return data


def number_of(data: object) -> float:
    """Give a finite number."""
    if isinstance(data, bool) or not isinstance(data, int | float):
        raise MalformedError(f"expected a number, not {type(data).__name__}")
    try:
        number = float(data)
    except OverflowError as error:
        raise MalformedError("a number that is too large") from error
    if not math.isfinite(number):
        raise MalformedError(f"expected a finite number, not {number}")
    return number
