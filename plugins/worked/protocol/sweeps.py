"""The parameters of a sweep, and the combinations of their values: its frames."""

import itertools
import keyword
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from worked import limits

Scalar = bool | int | float | str

# what a fragment of an address may hold as it is, but for the signs between parameters
_NO_ADDRESS = re.compile(r"[^A-Za-z0-9._~+-]+")
# to YAML 1.1 this is a text: a learning rate that nothing can be multiplied with
_NO_FLOAT = re.compile(r"([+-]?\d+)([eE][+-]?\d+)")


class SweepError(ValueError):
    """A sweep that cannot be."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """The parameters of one cell, in the order in which the author names them."""

    parameters: tuple[tuple[str, tuple[Scalar, ...]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parameters)

    @property
    def frames(self) -> tuple[tuple[tuple[str, Scalar], ...], ...]:
        """Every combination, as (name, value) pairs; the last parameter changes fastest."""
        if not self.parameters:
            return ()
        names = [name for name, _ in self.parameters]
        rows = itertools.product(*(values for _, values in self.parameters))
        return tuple(tuple(zip(names, row, strict=True)) for row in rows)

    @property
    def titles(self) -> tuple[str, ...]:
        """What to call each frame: `stride = 2, padding = 1`."""
        return tuple(map(frame_title, self.frames))

    @property
    def addresses(self) -> tuple[str, ...]:
        """What stands behind the label and a colon in the address: `stride=2,padding=1`."""
        return tuple(
            ",".join(f"{name}={_address(value)}" for name, value in frame) for frame in self.frames
        )


NO_SWEEP: Final = Sweep()
"""Of a cell that runs as it is."""


def frame_title(frame: tuple[tuple[str, Scalar], ...]) -> str:
    """Name a combination."""
    return ", ".join(f"{name} = {value}" for name, value in frame)


def read_sweep(given: object) -> Sweep:
    """Take the value of the option `sweep`.

    Raises:
        SweepError: no map of names to lists of numbers, texts or booleans, or too many frames.
    """
    if not isinstance(given, Mapping) or not given:
        raise SweepError("is a map of names to lists: `{stride: [1, 2], padding: [0, 1]}`")
    sweep = Sweep(tuple((_name(name), _values(name, values)) for name, values in given.items()))
    count = math.prod(len(values) for _, values in sweep.parameters)
    if count > limits.MAX_FRAMES:
        sizes = " × ".join(str(len(values)) for _, values in sweep.parameters)
        made = f"{sizes} = {count}" if len(sweep.parameters) > 1 else str(count)
        raise SweepError(f"makes {made} frames; at most {limits.MAX_FRAMES} fit")
    return sweep


def _name(name: object) -> str:
    if not isinstance(name, str) or not name.isidentifier() or keyword.iskeyword(name):
        raise SweepError(f"sets names of Python, and {name!r} is none")
    if not name.isascii() or name.startswith("__"):
        raise SweepError(f"takes plain names, not {name!r}: they stand in addresses")
    return name


def _values(name: object, values: object) -> tuple[Scalar, ...]:
    if not isinstance(values, list) or not values:
        raise SweepError(f"wants a list of values for {name!r}")
    for value in values:
        if not isinstance(value, Scalar) or (isinstance(value, float) and not math.isfinite(value)):
            raise SweepError(f"takes numbers, texts and booleans; {name!r} has {value!r}")
        said = str(value)
        if not said or len(said) > limits.MAX_SWEEP_VALUE or not said.isprintable():
            raise SweepError(
                f"takes values of 1 to {limits.MAX_SWEEP_VALUE} plain characters; "
                f"{name!r} has {said[:80]!r}"
            )
    places: dict[str, Scalar] = {}
    for value in values:
        if isinstance(value, str) and (found := _NO_FLOAT.fullmatch(value)):
            whole, power = found.groups()
            raise SweepError(f"reads {value!r} as a text: write {whole}.0{power}")
        address = _address(value)
        if address in places:
            both = f"{places[address]!r} and {value!r}"
            raise SweepError(f"has {both} for {name!r}: they look alike in an address")
        places[address] = value
    return tuple(values)


def _address(value: Scalar) -> str:
    return _NO_ADDRESS.sub("-", str(value))
