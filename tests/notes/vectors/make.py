"""Make the reference results of the convolution pages with torch, one function a page.

The project does not depend on torch: run this by hand where it is installed, and commit the files.

    pip install torch==2.13.0 numpy
    python tests/notes/vectors/make.py
"""

from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

HERE = Path(__file__).resolve().parent

Arrays = dict[str, np.ndarray]


def correlation() -> Arrays:
    """Give a plain correlation, and one with two channels and a bias."""
    rng = np.random.default_rng(1)
    x, k = rng.normal(size=(7, 6)), rng.normal(size=(3, 2))
    deep_x, deep_k = rng.normal(size=(2, 5, 5)), rng.normal(size=(2, 3, 3))
    bias = np.array([0.5])
    return {
        "x": x,
        "k": k,
        "y": _conv2d(x[None], k[None])[0],
        "deep_x": deep_x,
        "deep_k": deep_k,
        "bias": bias,
        "deep_y": _conv2d(deep_x, deep_k, bias=bias)[0],
    }


def kernels_by_hand() -> Arrays:
    """Give both Sobel maps of a noise image."""
    x = np.random.default_rng(2).normal(size=(8, 9))
    sobel = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    return {
        "x": x,
        "sx": _conv2d(x[None], sobel[None])[0],
        "sy": _conv2d(x[None], sobel.T[None])[0],
    }


def output_size() -> Arrays:
    """Give the sizes of many layers, and a padded and strided correlation.

    `layers` is (number, 6): i, k, s, p, d and the size that torch gives; `ceiled` is (number, 5):
    i, k, s, p and the size of a pooling with `ceil_mode`.
    """
    layers = []
    for i, k, s, p, d in product(
        (5, 10, 32, 224), (1, 3, 4, 7), (1, 2, 3, 4), (0, 1, 3), (1, 2, 3)
    ):
        if i + 2 * p >= d * (k - 1) + 1:
            layer = nn.Conv1d(1, 1, k, stride=s, padding=p, dilation=d)
            layers.append((i, k, s, p, d, layer(torch.zeros(1, 1, i)).shape[-1]))
    ceiled = []
    for i, k, s, p in product(
        (5, 7, 10, 28, 55, 112), (1, 2, 3, 4, 7), (1, 2, 3, 4, 5), (0, 1, 2, 3)
    ):
        if p <= k // 2 and i + 2 * p >= k:
            pool = nn.MaxPool1d(k, stride=s, padding=p, ceil_mode=True)
            ceiled.append((i, k, s, p, pool(torch.zeros(1, 1, i)).shape[-1]))
    rng = np.random.default_rng(3)
    x, k = rng.normal(size=(9, 8)), rng.normal(size=(3, 3))
    taps = torch.tensor([1.0, 2, 3])[None, None]
    dilated = functional.conv1d(torch.arange(1.0, 8)[None, None], taps, dilation=2)
    return {
        "layers": np.array(layers),
        "ceiled": np.array(ceiled),
        "x": x,
        "k": k,
        "y": _conv2d(x[None], k[None], stride=2, padding=1)[0],
        "dilated": dilated[0, 0].numpy(),
    }


def counting_parameters() -> Arrays:
    """Give what torch's layers hold.

    `conv` is (number, 6): C_in, C_out, k, bias, groups, parameters; `full` is (number, 4): D_in,
    D_out, bias, parameters; `norm` is C, learned numbers, buffers without the counter of batches.
    """
    convs = [
        (3, 10, 3, 1, 1),
        (3, 16, 3, 1, 1),
        (1, 8, 3, 1, 1),
        (8, 16, 3, 1, 1),
        (64, 64, 3, 1, 1),
    ]
    convs += [(64, 64, 7, 1, 1), (32, 64, 3, 0, 1), (64, 128, 3, 0, 2), (3, 96, 11, 1, 1)]
    fulls = [(64, 10, 1), (256, 10, 1), (100, 7, 0)]
    norm = nn.BatchNorm2d(64)
    buffers = sum(b.numel() for name, b in norm.named_buffers() if name.startswith("running"))
    return {
        "conv": np.array(
            [(*c, _held(nn.Conv2d(*c[:3], bias=bool(c[3]), groups=c[4]))) for c in convs]
        ),
        "full": np.array([(*f, _held(nn.Linear(*f[:2], bias=bool(f[2])))) for f in fulls]),
        "norm": np.array([64, _held(norm), buffers]),
    }


def _held(module: nn.Module) -> int:
    return sum(p.numel() for p in module.parameters())


def _conv2d(
    x: np.ndarray, k: np.ndarray, *, bias: np.ndarray | None = None, **how: int
) -> np.ndarray:
    """Correlate (C, H, W) with one filter (C, k, k): (1, H_out, W_out)."""
    offset = None if bias is None else torch.from_numpy(bias)
    y = functional.conv2d(torch.from_numpy(x)[None], torch.from_numpy(k)[None], offset, **how)
    return y[0].numpy()


PAGES: tuple[Callable[[], Arrays], ...] = (
    correlation,
    kernels_by_hand,
    output_size,
    counting_parameters,
)

if __name__ == "__main__":
    for page in PAGES:
        np.savez_compressed(HERE / f"{page.__name__}.npz", **page())
