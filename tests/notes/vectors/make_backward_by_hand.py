"""Make the gradients of the small network of the page on a whole backward pass, with torch.

Run with any Python that has torch 2.13 and NumPy; torch is not a dependency of the tests:

    python tests/notes/vectors/make_backward_by_hand.py
"""

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

HERE = Path(__file__).resolve().parent


def backward_by_hand() -> dict[str, np.ndarray]:
    """Give X, K, b, W, c, what every layer gives, and the gradients of the loss at all of it."""
    arrays = {
        "X": [[2, 2, 3, 0], [0, 1, 3, 3], [1, 1, 1, 0], [0, 2, 0, 0]],
        "K": [[1, 0], [-1, 2]],
        "b": [-3],
        "W": [[-1, 1, 1, 0], [1, 0, -1, 1]],
        "c": [np.log(3), 0],
    }
    leaves = {
        name: torch.tensor(array, dtype=torch.float64, requires_grad=True)
        for name, array in arrays.items()
    }
    X, K, b, W, c = leaves.values()
    M = functional.conv2d(X[None, None], K[None, None], b)
    A = functional.relu(M)
    P = functional.max_pool2d(A, 2, 1)
    z = functional.linear(P.flatten(1), W, c)
    kept = {"M": M, "A": A, "P": P, "z": z}
    for tensor in kept.values():
        tensor.retain_grad()
    loss = functional.cross_entropy(z, torch.tensor([1]))
    loss.backward()
    found = {"loss": loss.detach().numpy()}
    for name, tensor in (leaves | kept).items():
        found[name] = tensor.detach().numpy().squeeze()
        found[f"d{name}"] = tensor.grad.numpy().squeeze()
    return found


if __name__ == "__main__":
    np.savez_compressed(HERE / "backward_by_hand.npz", **backward_by_hand())
