"""Read the option `sweep`, and see that what stands beside it goes with it."""

import keyword
import math
import re
from collections.abc import Mapping

from worked import limits
from worked.protocol.sweeps import Scalar, Sweep, address_part

# to YAML 1.1 this is a text: a learning rate that nothing can be multiplied with
_NO_FLOAT = re.compile(r"([+-]?\d+)([eE][+-]?\d+)")


def read_sweep(given: object) -> Sweep:
    """Read the value of the option `sweep`.

    Raises:
        ValueError: no map of names to lists of numbers, texts or booleans, or too many frames.
    """
    if not isinstance(given, Mapping) or not given:
        raise ValueError("is a map of names to lists: `{stride: [1, 2], padding: [0, 1]}`")
    sweep = Sweep(tuple((_name(name), _values(name, values)) for name, values in given.items()))
    count = math.prod(len(values) for _, values in sweep.parameters)
    if count > limits.MAX_FRAMES:
        sizes = " × ".join(str(len(values)) for _, values in sweep.parameters)
        made = f"{sizes} = {count}" if len(sweep.parameters) > 1 else str(count)
        raise ValueError(f"makes {made} frames; at most {limits.MAX_FRAMES} fit")
    return sweep


def _name(name: object) -> str:
    if not isinstance(name, str) or not name.isidentifier() or keyword.iskeyword(name):
        raise ValueError(f"sets names of Python, and {name!r} is none")
    if not name.isascii() or name.startswith("__"):
        raise ValueError(f"takes plain names, not {name!r}: they stand in addresses")
    return name


def _values(name: object, values: object) -> tuple[Scalar, ...]:
    if not isinstance(values, list) or not values:
        raise ValueError(f"wants a list of values for {name!r}")
    for value in values:
        if not isinstance(value, Scalar) or (isinstance(value, float) and not math.isfinite(value)):
            raise ValueError(f"takes numbers, texts and booleans; {name!r} has {value!r}")
        said = str(value)
        if not said or len(said) > limits.MAX_SWEEP_VALUE or not said.isprintable():
            raise ValueError(
                f"takes values of 1 to {limits.MAX_SWEEP_VALUE} plain characters; "
                f"{name!r} has {said[:80]!r}"
            )
    places: dict[str, Scalar] = {}
    for value in values:
        if isinstance(value, str) and (found := _NO_FLOAT.fullmatch(value)):
            whole, power = found.groups()
            raise ValueError(f"reads {value!r} as a text: write {whole}.0{power}")
        address = address_part(value)
        if address in places:
            both = f"{places[address]!r} and {value!r}"
            raise ValueError(f"has {both} for {name!r}: they look alike in an address")
        places[address] = value
    return tuple(values)


def conflict(sweep: Sweep, given: Mapping[str, object]) -> tuple[str, str]:
    """Say which option does not go with the cell's sweep, or its lack: (name, why); else empty.

    Args:
        sweep: of the cell; empty for none.
        given: all options of the cell, as YAML gives them.
    """
    if given.get("play") and len(sweep.parameters) != 1:
        found = ", ".join(name for name, _ in sweep.parameters) or "none"
        return "play", f"steps through a sweep over one parameter; there is {found}"
    if not sweep:
        return "", ""
    if "export" in given:
        said = "exports nothing of a sweep: what it defines is thrown away after each combination"
        return "export", said
    if "raises" in given:
        said = "leaves a sweep nothing to compare: catch the exception in the cell"
        return "raises", said
    if given.get("output") is False:
        return "output", "leaves a sweep nothing to show"
    return "", ""
