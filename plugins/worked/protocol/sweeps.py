"""The parameters of a sweep, and the combinations of their values: its frames."""

import itertools
import re
from dataclasses import dataclass
from typing import Final

Scalar = bool | int | float | str

# what a fragment of an address may hold as it is, but for the signs between parameters
_NO_ADDRESS = re.compile(r"[^A-Za-z0-9._~+-]+")


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
        """What stands after the label and a colon in the address: `stride=2,padding=1`."""
        return tuple(
            ",".join(f"{name}={address_part(value)}" for name, value in frame)
            for frame in self.frames
        )


NO_SWEEP: Final = Sweep()
"""Of a cell that runs as it is."""


def frame_title(frame: tuple[tuple[str, Scalar], ...]) -> str:
    """Name a combination."""
    return ", ".join(f"{name} = {value}" for name, value in frame)


def address_part(value: Scalar) -> str:
    """Write a value as it stands in an address."""
    return _NO_ADDRESS.sub("-", str(value))
