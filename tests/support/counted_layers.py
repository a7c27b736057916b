"""Sizes, receptive fields and parameters without a formula: moved, traced back and counted."""

from collections.abc import Iterable

import numpy as np


def places(size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """Move a window over a padded row until it hangs over the end, and count."""
    begin, count = -padding, 0
    while begin + dilation * (kernel - 1) <= size - 1 + padding:
        count, begin = count + 1, begin + stride
    return count


def width_seen(layers: Iterable[tuple[int, int, int]]) -> int:
    """Trace one output back through layers (k, s, d), from its first pixel to its last."""
    seen = {0}
    for k, s, d in reversed(list(layers)):
        seen = {at * s + tap * d for at in seen for tap in range(k)}
    return max(seen) - min(seen) + 1


def through(size: int, layers: Iterable[Iterable[int]]) -> int:
    for layer in layers:
        size = places(size, *layer)
    return size


def held(c_in: int, c_out: int, kernel: int, *, groups: int = 1, bias: bool = True) -> int:
    """Make weights and biases as PyTorch's Conv2d documents them, and count their entries."""
    weight = np.empty((c_out, c_in // groups, kernel, kernel))
    return weight.size + (np.empty(c_out).size if bias else 0)
