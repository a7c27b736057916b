"""Where the windows of a layer begin, and what they read."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

Size = int | tuple[int, int]
"""One number for rows and columns, or one for each."""


@dataclass(frozen=True, slots=True)
class Positions:
    """The windows over an input, rows first and columns second."""

    starts: tuple[range, range]
    taps: tuple[int, int]
    dilation: tuple[int, int]

    @property
    def reach(self) -> tuple[int, int]:
        """Height and width of a window with the gaps of its dilation."""
        (high, wide), (down, across) = self.taps, self.dilation
        return (high - 1) * down + 1, (wide - 1) * across + 1

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the output: one number for each window."""
        return len(self.starts[0]), len(self.starts[1])

    @property
    def steps(self) -> tuple[int, int]:
        """The stride."""
        return self.starts[0].step, self.starts[1].step

    def read(self, axis: int) -> list[int]:
        """Return the rows (0) or columns (1) that windows read."""
        steps = range(0, self.taps[axis] * self.dilation[axis], self.dilation[axis])
        return sorted({start + step for start in self.starts[axis] for step in steps})

    def window(self, row: int, column: int) -> tuple[slice, slice]:
        """Return which rows and columns of the input give that number of the output."""
        down, across = (
            slice(starts[n], starts[n] + reach, step)
            for starts, n, reach, step in zip(
                self.starts, (row, column), self.reach, self.dilation, strict=True
            )
        )
        return down, across

    def boxes(self, row: int, column: int) -> list[tuple[int, int, int, int]]:
        """Return that window as (row, column, height, width): its reach, then taps with gaps."""
        top, left = self.starts[0][row], self.starts[1][column]
        whole = (top, left, *self.reach)
        if self.dilation == (1, 1):
            return [whole]
        (down, across), taps = self.dilation, np.ndindex(self.taps)
        return [whole, *((top + r * down, left + c * across, 1, 1) for r, c in taps)]


def positions(
    sides: tuple[int, ...], kernel: Size | ArrayLike, stride: Size, dilation: Size = 1
) -> Positions:
    """Return the windows over an input (H, W) that is padded already.

    kernel: its size, or the kernel itself.
    Raises ValueError where a size is none or no window fits.
    """
    shape = np.shape(kernel)
    size = (shape[0], shape[1]) if len(shape) == 2 else kernel
    taps = two(size, "kernel", least=1)
    steps, spaces = two(stride, "stride", least=1), two(dilation, "dilation", least=1)
    reach = [(k - 1) * d + 1 for k, d in zip(taps, spaces, strict=True)]
    if reach[0] > sides[0] or reach[1] > sides[1]:
        raise ValueError(
            f"expected a window that fits into {sides[0]} × {sides[1]}, got {reach[0]} × {reach[1]}"
        )
    down, across = (
        range(0, side - wide + 1, step)
        for side, wide, step in zip(sides, reach, steps, strict=True)
    )
    return Positions((down, across), taps, spaces)


def two(size: object, name: str, *, least: int) -> tuple[int, int]:
    """Return rows and columns of a size; raise ValueError unless both are integers >= least."""
    both = np.asarray(size)
    if both.dtype.kind not in "iu" or both.shape not in ((), (2,)) or (both < least).any():
        raise ValueError(f"{name}: expected one integer from {least} up, or two, got {size!r}")
    down, across = np.broadcast_to(both, 2)
    return int(down), int(across)
