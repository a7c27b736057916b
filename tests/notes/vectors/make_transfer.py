"""Make the vectors for the network in PyTorch on the page about transfer.

The code between the two marks is what the page shows; a test holds the two together.
Run with any Python that has torch 2.13 and NumPy; torch is not a dependency of the tests:

    python tests/notes/vectors/make_transfer.py
"""

from pathlib import Path

import numpy as np

# fmt: off
# what the page shows begins here
import torch
from torch import nn

net = nn.Sequential(
    nn.Conv2d(1, 8, 3, padding=1),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Conv2d(8, 16, 3, padding=1),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Linear(64, 10),
)
loss_of = nn.CrossEntropyLoss()  # softmax inside


def new_head(net, classes, rate=0.01):
    """Freeze all but a last layer of its own."""
    for p in net.parameters():
        p.requires_grad = False
    net[-1] = nn.Linear(64, classes)
    return torch.optim.Adam(net[-1].parameters(), lr=rate)


def step(net, rule, x, y):
    rule.zero_grad()
    loss = loss_of(net(x), y)
    loss.backward()
    rule.step()
    return loss.item()

# what the page shows ends here
# fmt: on

HERE = Path(__file__).resolve().parent
LAYERS = {"1": 0, "2": 3, "3": 7}
"""Number of a layer in the notes -> its place in `net`."""


def put(weights: dict[str, np.ndarray]) -> None:
    """Give the network the weights of the notes, in 64 bits."""
    net.double()
    with torch.no_grad():
        for name, place in LAYERS.items():
            for part, key in (("weight", "w"), ("bias", "b")):
                if key + name in weights:
                    getattr(net[place], part).copy_(torch.from_numpy(weights[key + name]))


def made() -> dict[str, np.ndarray]:
    """Give weights, images x and digits y; scores, loss and gradients `dw1` to `db3`.

    Then a new head (5, 64), five steps of Adam on it: its losses, and where it ends.
    """
    rng = np.random.default_rng(31)
    shapes = {"w1": (8, 1, 3, 3), "b1": 8, "w2": (16, 8, 3, 3), "b2": 16, "w3": (10, 64), "b3": 10}
    arrays = {name: rng.normal(scale=0.3, size=shape) for name, shape in shapes.items()}
    put(arrays)
    arrays["x"], arrays["y"] = rng.uniform(size=(6, 1, 8, 8)), rng.integers(0, 5, size=6)
    x, y = torch.from_numpy(arrays["x"]), torch.from_numpy(arrays["y"])
    scores = net(x)
    loss = loss_of(scores, y)
    loss.backward()
    arrays |= {"scores": scores.detach().numpy(), "loss": np.array(loss.item())}
    for name, place in LAYERS.items():
        arrays["dw" + name] = net[place].weight.grad.numpy()
        arrays["db" + name] = net[place].bias.grad.numpy()
    rule = new_head(net, 5)
    arrays |= {"head_w": rng.normal(scale=0.3, size=(5, 64)), "head_b": rng.normal(size=5)}
    put({"w3": arrays["head_w"], "b3": arrays["head_b"]})
    arrays["losses"] = np.array([step(net, rule, x, y) for _ in range(5)])
    arrays["end_w"] = net[-1].weight.detach().numpy()
    arrays["end_b"] = net[-1].bias.detach().numpy()
    for name in ("1", "2"):
        kept = net[LAYERS[name]].weight.detach().numpy()
        assert np.array_equal(kept, arrays["w" + name])
    return arrays


if __name__ == "__main__":
    np.savez_compressed(HERE / "transfer.npz", **made())
