"""Make the vectors for the pages on activations, pooling, and softmax with cross-entropy.

Run with any Python that has torch 2 and NumPy; torch is not a dependency of the tests:

    python tests/notes/vectors/make_nonlinearity.py
"""

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

HERE = Path(__file__).resolve().parent

ACTIVATIONS = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": functional.relu,
    "leaky_relu": functional.leaky_relu,
    "elu": functional.elu,
    "gelu": functional.gelu,
    "gelu_tanh": lambda x: functional.gelu(x, approximate="tanh"),
    "silu": functional.silu,
}

POOLINGS = [
    (2, None, 0),
    (3, 2, 0),
    (3, 2, 1),
    (2, 1, 1),
    (3, 1, 1),
    (2, 3, 0),
    (4, 2, 2),
    (7, 1, 0),
]
"""window, stride, padding"""


def activations() -> dict[str, np.ndarray]:
    """Values and slopes of each activation, float64, on x (51,) in [-10, 10] with 0 in it."""
    x = torch.cat([torch.linspace(-10, 10, 41), torch.linspace(-1, 1, 10)]).double()
    arrays = {"x": x.numpy()}
    for name, function in ACTIVATIONS.items():
        point = x.clone().requires_grad_()
        y = function(point)
        (slope,) = torch.autograd.grad(y.sum(), point)
        arrays[name], arrays[f"{name}_slope"] = y.detach().numpy(), slope.numpy()
    return arrays


def pooling(rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Both poolings of x (2, 3, 7, 8) with every window, stride and padding of `POOLINGS`."""
    x = torch.from_numpy(rng.normal(size=(2, 3, 7, 8)) - 1)  # mostly negative: padding shows
    arrays = {"x": x.numpy()}
    for k, stride, padding in POOLINGS:
        case = f"{k}_{stride or k}_{padding}"
        arrays[f"max_{case}"] = functional.max_pool2d(x, k, stride, padding).numpy()
        arrays[f"avg_{case}"] = functional.avg_pool2d(x, k, stride, padding).numpy()
    arrays["global"] = functional.adaptive_avg_pool2d(x, 1)[:, :, 0, 0].numpy()
    return arrays


def softmax_cross_entropy(rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Logits (6, 5), the last two rows extreme, and what torch makes of them."""
    logits = rng.normal(scale=3, size=(6, 5))
    logits[4:] *= 200
    z = torch.from_numpy(logits).requires_grad_()
    labels = torch.from_numpy(rng.integers(5, size=6))
    loss = functional.cross_entropy(z, labels)
    (gradient,) = torch.autograd.grad(loss, z)
    return {
        "logits": logits,
        "labels": labels.numpy(),
        "softmax": functional.softmax(z, dim=1).detach().numpy(),
        "log_softmax": functional.log_softmax(z, dim=1).detach().numpy(),
        "loss": loss.detach().numpy(),
        "summed": functional.cross_entropy(z, labels, reduction="sum").detach().numpy(),
        "gradient": gradient.numpy(),
    }


if __name__ == "__main__":
    np.savez_compressed(HERE / "activations.npz", **activations())
    np.savez_compressed(HERE / "pooling.npz", **pooling(np.random.default_rng(15)))
    np.savez_compressed(
        HERE / "softmax_cross_entropy.npz", **softmax_cross_entropy(np.random.default_rng(18))
    )
