"""Make the vectors for the optimisers, normalisation and the initialisers that pages export.

Run with any Python that has torch 2.13 and NumPy; torch is not a dependency of the tests:

    python tests/notes/vectors/make_training.py
"""

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import torch
from torch import nn, optim
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_weights

HERE = Path(__file__).resolve().parent

Arrays = dict[str, np.ndarray]
Rule = Callable[[Iterable[torch.Tensor]], optim.Optimizer]

STEPS = 20

RULES: dict[str, Rule] = {
    "sgd": lambda w: optim.SGD(w, lr=0.05),
    "momentum": lambda w: optim.SGD(w, lr=0.05, momentum=0.8),
    "nesterov": lambda w: optim.SGD(w, lr=0.05, momentum=0.8, nesterov=True),
    "rmsprop": lambda w: optim.RMSprop(w, lr=0.05, alpha=0.95),
    "adam": lambda w: optim.Adam(w, lr=0.05, betas=(0.8, 0.99)),
    "adamw": lambda w: optim.AdamW(w, lr=0.05, weight_decay=0.2),
}


def optimisers() -> Arrays:
    """Give 20 steps of each rule: weights (STEPS + 1, 2, 3) on given gradients (STEPS, 2, 3)."""
    rng = np.random.default_rng(21)
    start, gradients = rng.normal(size=(2, 3)), rng.normal(size=(STEPS, 2, 3))
    arrays = {"start": start, "gradients": gradients}
    for name, make in RULES.items():
        w = nn.Parameter(torch.from_numpy(start.copy()))
        rule = make([w])
        path = [start]
        for g in gradients:
            w.grad = torch.from_numpy(g.copy())
            rule.step()
            path.append(w.detach().numpy().copy())
        arrays[name] = np.array(path)
    return arrays


def initialisation() -> Arrays:
    """Give batch normalisation forward, backward and in use, and the spreads of `nn.init`.

    `fans` is (number, 3): C_in, C_out, k; `spreads` is (number, 4): fan-in, and the standard
    deviations of He's, LeCun's and Glorot's rules, from torch's gains and fans.
    """
    rng = np.random.default_rng(22)
    arrays = {name: rng.normal(size=(4, 3, 5, 2)) for name in ("x", "later", "dy")}
    arrays |= {"scale": rng.normal(size=3), "shift": rng.normal(size=3)}
    layer = nn.BatchNorm2d(3, dtype=torch.float64)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(arrays["scale"]))
        layer.bias.copy_(torch.from_numpy(arrays["shift"]))
    x = torch.from_numpy(arrays["x"]).requires_grad_()
    y = layer(x)
    y.backward(torch.from_numpy(arrays["dy"]))
    arrays |= {"y": y.detach().numpy(), "dx": x.grad.numpy()}
    arrays |= {"d_scale": layer.weight.grad.numpy(), "d_shift": layer.bias.grad.numpy()}
    arrays |= {"mean": layer.running_mean.numpy(), "var": layer.running_var.numpy()}
    layer.eval()
    arrays["in_use"] = layer(torch.from_numpy(arrays["later"])).detach().numpy()
    fans = [(3, 8, 3), (64, 64, 3), (3, 64, 7), (300, 100, 1)]
    arrays["fans"] = np.array(fans)
    arrays["spreads"] = np.array([_spreads(*fan) for fan in fans])
    return arrays


def _spreads(c_in: int, c_out: int, k: int) -> tuple[float, ...]:
    into, out = nn.init._calculate_fan_in_and_fan_out(torch.empty(c_out, c_in, k, k))
    he = nn.init.calculate_gain("relu") / into**0.5
    lecun = nn.init.calculate_gain("linear") / into**0.5
    return into, he, lecun, (2 / (into + out)) ** 0.5


def normalisation() -> Arrays:
    """Give a convolution (4, 6, 3, 3) with its batch normalisation folded in, and group, layer
    and instance normalisation of x (3, 6, 4, 5)."""
    rng = np.random.default_rng(24)
    arrays = {"x": rng.normal(size=(3, 6, 4, 5)), "w": rng.normal(size=(4, 6, 3, 3))}
    arrays |= {name: rng.normal(size=4) for name in ("b", "scale", "shift", "mean")}
    arrays["var"] = rng.uniform(0.5, 4, size=4)
    given = {name: torch.from_numpy(array) for name, array in arrays.items()}
    folded = fuse_conv_bn_weights(
        given["w"], given["b"], given["mean"], given["var"], 1e-5, given["scale"], given["shift"]
    )
    for name, part in zip(("w_folded", "b_folded"), folded, strict=True):
        arrays[name] = part.detach().numpy()
    arrays |= {"six_scale": rng.normal(size=6), "six_shift": rng.normal(size=6)}
    scale, shift = (torch.from_numpy(arrays[name]) for name in ("six_scale", "six_shift"))
    for groups in (1, 2, 3, 6):
        arrays[f"group_{groups}"] = functional.group_norm(given["x"], groups, scale, shift).numpy()
    arrays["layer"] = functional.layer_norm(given["x"], (6, 4, 5)).numpy()
    arrays["instance"] = functional.instance_norm(given["x"]).numpy()
    return arrays


def regularisation() -> Arrays:
    """Give the loss of smoothed labels: logits (5,) and a loss for each label and each ε."""
    logits = np.random.default_rng(23).normal(scale=2, size=5)
    epsilons = np.array([0.0, 0.1, 0.5])
    z = torch.from_numpy(logits)[None]
    losses = [
        [
            functional.cross_entropy(z, torch.tensor([label]), label_smoothing=float(eps)).item()
            for eps in epsilons
        ]
        for label in range(5)
    ]
    return {"logits": logits, "epsilons": epsilons, "losses": np.array(losses)}


if __name__ == "__main__":
    for page in (optimisers, initialisation, normalisation, regularisation):
        np.savez_compressed(HERE / f"{page.__name__}.npz", **page())
