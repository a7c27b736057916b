"""Make the vectors for the pages on segmentation, Grad-CAM and adversarial examples, with torch.

Run with any Python that has torch 2.13 and NumPy; torch is not a dependency of the tests:

    python tests/notes/vectors/make_beyond.py

Numbers that go in are drawn by NumPy, and stored; what comes out is stored in 32 bits.
"""

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

HERE = Path(__file__).resolve().parent

Arrays = dict[str, np.ndarray]

UNET = {
    "w1": (6, 1, 3, 3),
    "w2": (8, 6, 3, 3),
    "w3": (16, 8, 3, 3),
    "v2": (16, 8, 2, 2),
    "w4": (8, 16, 3, 3),
    "v1": (8, 6, 2, 2),
    "w5": (6, 12, 3, 3),
    "w6": (2, 6),
}
DIGITS = {"w1": (8, 1, 3, 3), "w2": (16, 8, 3, 3), "w3": (10, 64)}


def drawn(rng: np.random.Generator, *shape: int, scale: float = 1.0) -> np.ndarray:
    """Give numbers that are short in binary."""
    return np.round(scale * rng.normal(size=shape) * 256) / 256


def tensors(arrays: Arrays) -> dict[str, torch.Tensor]:
    return {name: torch.tensor(part, requires_grad=True) for name, part in arrays.items()}


def short(found: dict[str, torch.Tensor]) -> Arrays:
    return {name: part.detach().numpy().astype(np.float32) for name, part in found.items()}


def segmentation() -> Arrays:
    """Give a small U-Net, one step up in it, its scores, its loss and all gradients."""
    rng = np.random.default_rng(11)
    net: Arrays = {}
    for name, shape in UNET.items():
        net[name] = drawn(rng, *shape, scale=0.3)
        size = shape[1] if name.startswith("v") else shape[0]
        net[name.replace("w", "b").replace("v", "c")] = drawn(rng, size, scale=0.1)
    x = drawn(rng, 3, 1, 16, 16)
    y = rng.integers(0, 2, size=(3, 16, 16))
    p = tensors(net)

    def conv(z: torch.Tensor, n: int) -> torch.Tensor:
        return torch.relu(functional.conv2d(z, p[f"w{n}"], p[f"b{n}"], padding=1))

    a1 = conv(torch.tensor(x), 1)
    a2 = conv(functional.max_pool2d(a1, 2), 2)
    a3 = conv(functional.max_pool2d(a2, 2), 3)
    u2 = functional.conv_transpose2d(a3, p["v2"], p["c2"], stride=2)
    a4 = conv(torch.cat([a2, u2], dim=1), 4)
    u1 = functional.conv_transpose2d(a4, p["v1"], p["c1"], stride=2)
    a5 = conv(torch.cat([a1, u1], dim=1), 5)
    scores = functional.conv2d(a5, p["w6"][:, :, None, None], p["b6"])
    loss = functional.cross_entropy(scores, torch.tensor(y))
    loss.backward()
    gradients = {f"d{name}": part.grad for name, part in p.items()}
    steps = {"a3": a3, "u2": u2, "a4": a4, "scores": scores, "loss": loss}
    return {**net, "x": x, "y": y, **short(steps), **short(gradients)}


def digits(seed: int) -> tuple[Arrays, np.ndarray]:
    rng = np.random.default_rng(seed)
    net: Arrays = {}
    for name, shape in DIGITS.items():
        net[name] = drawn(rng, *shape, scale=0.3)
        net[name.replace("w", "b")] = drawn(rng, shape[0], scale=0.1)
    return net, np.abs(drawn(rng, 5, 1, 8, 8, scale=0.5)).clip(0, 1)


def maps_and_scores(p: dict[str, torch.Tensor], x: torch.Tensor) -> tuple[torch.Tensor, ...]:
    first = torch.relu(functional.conv2d(x, p["w1"], p["b1"], padding=1))
    pooled = functional.max_pool2d(first, 2)
    maps = torch.relu(functional.conv2d(pooled, p["w2"], p["b2"], padding=1))
    flat = functional.max_pool2d(maps, 2).flatten(1)
    return maps, flat @ p["w3"].T + p["b3"]


def grad_cam() -> Arrays:
    """Give Grad-CAM of a digit for each of five images, by autograd and the paper's formula."""
    net, x = digits(12)
    p = tensors(net)
    maps, scores = maps_and_scores(p, torch.tensor(x))
    chosen = np.array([0, 3, 3, 7, 9])
    score = scores[torch.arange(5), torch.tensor(chosen)].sum()
    (slopes,) = torch.autograd.grad(score, maps)
    weights = slopes.mean(dim=(2, 3), keepdim=True)
    signed = (weights * maps).sum(dim=1)
    larger = functional.interpolate(
        torch.relu(signed)[:, None], scale_factor=2, mode="bilinear", align_corners=False
    )
    found = {"slopes": slopes, "cam": torch.relu(signed), "larger": larger[:, 0]}
    return {**net, "x": x, "chosen": chosen, **short(found)}


def adversarial() -> Arrays:
    """Give the slopes of the loss at the pixels, and what one step of FGSM makes of the images."""
    net, x = digits(13)
    p = tensors(net)
    pixels = torch.tensor(x, requires_grad=True)
    y = np.array([1, 1, 4, 6, 8])
    _, scores = maps_and_scores(p, pixels)
    functional.cross_entropy(scores, torch.tensor(y), reduction="sum").backward()
    moved = (pixels + 0.1 * pixels.grad.sign()).clamp(0, 1)
    _, after = maps_and_scores(p, moved)
    return {**net, "x": x, "y": y, **short({"slopes": pixels.grad, "moved": moved, "after": after})}


if __name__ == "__main__":
    for make in (segmentation, grad_cam, adversarial):
        np.savez_compressed(HERE / f"{make.__name__}.npz", **make())
