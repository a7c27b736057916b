"""What slides over an input, and what it makes of each window."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from figures.arithmetic import Row, Write, written
from figures.numbers import Format
from figures.positions import Positions

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layer:
    """What slides over what, and what is made of each window."""

    x: Matrix
    """(H, W) with its padding."""
    ring: tuple[int, int]
    """Rows and columns of padding on each side."""
    swept: Positions
    summary: Callable[[Matrix], float]
    """Makes one number of a window."""
    fmt: Format | None
    write: Write
    """Writes out what `summary` does."""
    kernel: Matrix | None = None

    @property
    def out(self) -> Matrix:
        """(H_out, W_out)."""
        places = np.ndindex(self.swept.shape)
        numbers = [self.summary(self.x[self.swept.window(*place)]) for place in places]
        return np.reshape(numbers, self.swept.shape)

    @property
    def padding(self) -> NDArray[np.bool_]:
        """(H, W): where x is padding."""
        (rows, columns), (down, across) = self.x.shape, self.ring
        muted = np.ones((rows, columns), dtype=bool)
        muted[down : rows - down, across : columns - across] = False
        return muted


def rows(layer: Layer, label: str) -> tuple[Row, ...]:
    """Write down for each number of the output, called `label`, how it comes about."""
    results = iter(written(layer.out, layer.fmt))
    # as positions in the list of all numbers of the input
    numbers, positions = written(layer.x, layer.fmt), np.arange(layer.x.size)
    found = []
    for r, c in np.ndindex(layer.swept.shape):
        down, across = layer.swept.window(r, c)
        window = [numbers[n] for n in positions.reshape(layer.x.shape)[down, across].flat]
        line = layer.write(window, next(results))
        found.append(Row(f"{label}[{r},{c}]", f"[{_slice(down)},{_slice(across)}]", line))
    return tuple(found)


def _slice(part: slice) -> str:
    step = "" if part.step == 1 else f":{part.step}"
    return f"{part.start}:{part.stop}{step}"
