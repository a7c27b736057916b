"""Make the reference results of the notes' layers with torch: many small layers of random shape.

The project does not depend on torch: run this by hand where it is installed, and commit the file.

    pip install torch==2.13.0 numpy
    python tests/notes/vectors/make_library.py

All numbers that go in are eighths, so that sums of their products are exact in any order, and so
that equal numbers meet in a window.  An operation has three arrays: `…_options` (layer, option),
`…_shapes` (layer, array, axis), filled up with 0, and `…_numbers`, all arrays one after the other.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

HERE = Path(__file__).resolve().parent

Layer = tuple[list[int], list[Tensor]]
Layers = Callable[[np.random.Generator], Iterator[Layer]]


def conv2d(rng: np.random.Generator) -> Iterator[Layer]:
    """Give stride, padding, dilation, groups, and x, w, b, y, dy, dx, dw, db."""
    while True:
        stride, padding, dilation, groups = _numbers(rng, (1, 3), (0, 2), (1, 3), (1, 3))
        size = _numbers(rng, (3, 7), (3, 7))
        kernel = _numbers(rng, (1, 3), (1, 3))
        if _fits(size, kernel, padding, dilation):
            n, c_in, c_out = _numbers(rng, (1, 2), (1, 2), (1, 2))
            x = _eighths(rng, n, groups * c_in, *size).requires_grad_()
            w = _eighths(rng, groups * c_out, c_in, *kernel).requires_grad_()
            b = _eighths(rng, groups * c_out).requires_grad_()
            y = functional.conv2d(x, w, b, stride, padding, dilation, groups)
            dy = _eighths(rng, *y.shape)
            back = torch.autograd.grad(y, (x, w, b), dy)
            yield [stride, padding, dilation, groups], [x, w, b, y, dy, *back]


def conv_transpose2d(rng: np.random.Generator) -> Iterator[Layer]:
    """Give stride, padding, output padding, and x, w, b, y."""
    while True:
        stride, padding = _numbers(rng, (1, 4), (0, 2))
        (extra,) = _numbers(rng, (0, stride - 1))
        size, kernel = _numbers(rng, (1, 4), (1, 4)), _numbers(rng, (1, 4), (1, 4))
        grown = [(i - 1) * stride + k + extra for i, k in zip(size, kernel, strict=True)]
        if min(grown) > 2 * padding:
            n, c_in, c_out = _numbers(rng, (1, 2), (1, 3), (1, 3))
            x, b = _eighths(rng, n, c_in, *size), _eighths(rng, c_out)
            w = _eighths(rng, c_in, c_out, *kernel)
            y = functional.conv_transpose2d(x, w, b, stride, padding, extra)
            yield [stride, padding, extra], [x, w, b, y]


def _pooling(rng: np.random.Generator, pool: Callable[..., Tensor]) -> Iterator[Layer]:
    """Give window, stride, padding, and x, y, dy, dx."""
    while True:
        k, stride = _numbers(rng, (1, 4), (1, 4))
        (padding,) = _numbers(rng, (0, k // 2))
        n, c, *size = _numbers(rng, (1, 2), (1, 3), (2, 7), (2, 7))
        if _fits(size, [k, k], padding, 1):
            x = _eighths(rng, n, c, *size).requires_grad_()
            y = pool(x, k, stride, padding)
            dy = _eighths(rng, *y.shape)
            yield [k, stride, padding], [x, y, dy, *torch.autograd.grad(y, x, dy)]


def max_pool2d(rng: np.random.Generator) -> Iterator[Layer]:
    """Pad with minus infinity, as torch does."""
    return _pooling(rng, functional.max_pool2d)


def avg_pool2d(rng: np.random.Generator) -> Iterator[Layer]:
    """Count the padding, as torch does unless told otherwise."""
    return _pooling(rng, functional.avg_pool2d)


def _numbers(rng: np.random.Generator, *ranges: tuple[int, int]) -> list[int]:
    """Draw a whole number from each range, ends included."""
    return [int(rng.integers(low, high + 1)) for low, high in ranges]


def _eighths(rng: np.random.Generator, *shape: int) -> Tensor:
    return torch.from_numpy(rng.integers(-16, 17, size=shape) / 8)


def _fits(size: list[int], kernel: list[int], padding: int, dilation: int) -> bool:
    pairs = zip(size, kernel, strict=True)
    return all(dilation * (k - 1) < i + 2 * padding for i, k in pairs)


def packed(layers: list[Layer]) -> dict[str, np.ndarray]:
    """Put layers of one operation into three arrays."""
    options, arrays = zip(*layers, strict=True)
    shapes = [[(*a.shape, 0, 0, 0)[:4] for a in each] for each in arrays]
    numbers = [a.detach().numpy().ravel() for each in arrays for a in each]
    return {
        "options": np.array(options, np.uint8),
        "shapes": np.array(shapes, np.uint8),
        "numbers": np.concatenate(numbers),
    }


COUNTS: dict[Layers, int] = {conv2d: 180, conv_transpose2d: 80, max_pool2d: 60, avg_pool2d: 60}

if __name__ == "__main__":
    rng = np.random.default_rng(20)
    stored = {
        f"{operation.__name__}_{part}": array
        for operation, count in COUNTS.items()
        for part, array in packed(list(islice(operation(rng), count))).items()
    }
    np.savez_compressed(HERE / "library.npz", **stored)
