"""Make the vectors for the sizes of pooled maps, rounded down and rounded up.

Run with any Python that has torch 2 and NumPy; torch is not a dependency of the tests:

    python tests/notes/vectors/make_pooling_sizes.py
"""

from itertools import product
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

HERE = Path(__file__).resolve().parent


def sizes() -> np.ndarray:
    """Rows of i, k, s, p, and what torch makes of them without and with `ceil_mode`."""
    rows = []
    for i, k, s in product((5, 6, 7, 13, 55, 112), (2, 3, 5), (1, 2, 3, 4)):
        for p in range(k // 2 + 1):
            x = torch.zeros(1, 1, i, i)
            floor, up = (functional.max_pool2d(x, k, s, p, ceil_mode=c) for c in (False, True))
            rows.append((i, k, s, p, floor.shape[2], up.shape[2]))
    return np.array(rows)


def main() -> None:
    np.savez_compressed(HERE / "pooling_sizes.npz", sizes=sizes())


if __name__ == "__main__":
    main()
