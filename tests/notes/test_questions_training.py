"""Answers on training, against the formulas of PyTorch's documentation, in plain Python."""

import ast
import math
import statistics
from typing import Any

import numpy as np
from scipy import optimize, special

import questions_of_pages as questions

PAGE = "training"
Numbers = list[float]


def torch_sgd(
    w: float, gradients: Numbers, rate: float, beta: float = 0, decay: float = 0
) -> float:
    """torch.optim.SGD: weight decay, then the momentum buffer, then the step."""
    buffer: float | None = None
    for g in gradients:
        g = g + decay * w
        buffer = g if buffer is None else beta * buffer + g
        w = w - rate * buffer
    return w


def torch_adam(w: float, g: float, rate: float, b1: float, b2: float, decay: float = 0) -> float:
    """torch.optim.AdamW, first step."""
    w = w - rate * decay * w
    first, second = (1 - b1) * g, (1 - b2) * g * g
    step = first / (1 - b1**1) / (math.sqrt(second / (1 - b2**1)) + 1e-8)
    return w - rate * step


def neuron(w: Numbers, x: Numbers, b: float, upstream: float, names: Any) -> Numbers:
    """Move each parameter a little to both sides."""
    start, h = [*w, b], 1e-6

    def output(p: Numbers) -> float:
        return upstream * max(p[0] * x[0] + p[1] * x[1] + p[2], 0)

    found = []
    for n in range(3):
        up, down = list(map(float, start)), list(map(float, start))
        up[n], down[n] = up[n] + h, down[n] - h
        found.append(round((output(up) - output(down)) / (2 * h), 5))
    return found


def layer(W: list[Numbers], d: Numbers) -> Numbers:
    found = [0.0] * len(W[0])
    for o, row in enumerate(W):
        for i, weight in enumerate(row):
            found[i] += weight * d[o]
    return found


def normalised(x: Numbers, scale: float, shift: float) -> Numbers:
    x = list(map(float, x))
    mean, spread = statistics.fmean(x), statistics.pstdev(x)
    return [scale * (one - mean) / spread + shift for one in x]


def at_inference(
    mean: float, var: float, scale: float, shift: float, x: float, beside: Numbers
) -> float:
    return (x - mean) / math.sqrt(var) * scale + shift


def folded(
    w: float, b: float, mean: float, var: float, scale: float, shift: float, kernel: int
) -> Numbers:
    """Read weight and bias off the two layers at the inputs 0 and 1."""
    at = [at_inference(mean, var, scale, shift, w * x + b, []) for x in (0, 1)]
    return [at[1] - at[0], at[0]]


def he(c_in: int, c_out: int, kernel: int) -> float:
    """torch.nn.init.kaiming_normal_: gain / √fan_in, with the gain √2 of a ReLU."""
    return math.sqrt(2) / math.sqrt(np.empty((c_out, c_in, kernel, kernel))[0].size)


def after_layers(layers: int, a: float, n: int) -> float:
    square = 1.0  # mean square of the sums
    for _ in range(layers):
        square = n * (a / n) * (square / 2)  # half of a symmetric signal is left
    return square


def stepped(start: float, every: int, long: int, factor: float, t: int, first: int) -> float:
    """Go through the steps one by one."""
    rate = start
    for step in range(first, t + 1):
        since = step - long
        if since > 0 and since % every == 0:
            rate *= factor
    return rate


def reading(classes: int, epochs: list[int], train: Numbers, validation: Numbers) -> str:
    guess = math.log(classes)
    if train[-1] > 3 * guess:
        return "the learning rate is too high: lower it"
    if min(train) > 0.9 * guess:
        return "it does not learn at all: look for a bug"
    if validation[-1] > 1.2 * min(validation) and train[-1] == min(train):
        return "it overfits: stop earlier or regularise"
    assert validation[-1] == min(validation) < 0.6 * guess
    return "it is not finished: train longer"


def trained(lines: list[str]) -> np.ndarray | None:
    """Run six lines on a small problem; give the new weights and biases."""
    rng = np.random.default_rng(0)
    space: dict[str, Any] = {
        "np": np,
        "x": rng.normal(size=(5, 3)),
        "y": np.eye(4)[[0, 1, 3, 1, 2]],
        "W": rng.normal(size=(3, 4)),
        "b": rng.normal(size=4),
    }
    try:
        exec("\n".join(lines), space)
    except ValueError:
        return None  # the shapes do not fit
    return np.concatenate([np.ravel(space["W"]), np.ravel(space["b"])])


def right_step(rate: float) -> np.ndarray:
    """Take the step by measured slopes of scipy's softmax."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(5, 3)), np.eye(4)[[0, 1, 3, 1, 2]]
    start = np.concatenate([rng.normal(size=(3, 4)).ravel(), rng.normal(size=4)])

    def loss(p: np.ndarray) -> float:
        z = x @ p[:12].reshape(3, 4) + p[12:]
        return float(-(y * special.log_softmax(z, axis=1)).sum() / 5)

    steps = 1e-6 * np.eye(len(start))
    slopes = np.array([(loss(start + d) - loss(start - d)) / 2e-6 for d in steps])
    return start - rate * slopes


CORRECT = {
    1: "z = np.dot(x, W) + b[None]",
    2: "z = z - np.amax(z, axis=1)[:, None]",
    3: "p = np.exp(z) / np.sum(np.exp(z), axis=1)[:, None]",
    4: "d = (p - y) / x.shape[0]",
    5: "dW, db = np.dot(x.T, d), np.ones(len(d)) @ d",
    6: "W = W - RATE * dW; b = b - RATE * db",
}


def buggy(lines: list[str], rate: float, numbers: list[int]) -> str:
    """Put each line right in turn; one of them mends the step."""
    expected = right_step(rate)

    def mends(changed: list[str]) -> bool:
        got = trained(changed)
        return (
            got is not None
            and got.shape == expected.shape
            and np.allclose(got, expected, atol=1e-7)
        )

    assert not mends(lines), "there is no bug"
    assert len(ast.parse("\n".join(lines)).body) == len(numbers)
    mended = []
    for n, correct in CORRECT.items():
        changed = list(lines)
        changed[n - 1] = correct.replace("RATE", str(rate))
        if mends(changed):
            mended.append(n)
    [only] = mended
    return f"line {only}"


CHECKS = {
    "step-sgd": lambda w, g, rate: [torch_sgd(a, [b], rate) for a, b in zip(w, g, strict=True)],
    "step-momentum": lambda w, gradients, rate, beta, v: torch_sgd(w, gradients, rate, beta),
    "step-adam": torch_adam,
    "step-weight-decay": lambda w, g, rate, decay: torch_sgd(w, [g], rate, decay=decay),
    "step-adamw": lambda w, g, rate, decay: torch_adam(w, g, rate, 0.9, 0.999, decay),
    "back-neuron": neuron,
    "back-full": layer,
    "back-central-difference": lambda theta, h, power: float(
        # (a³ − b³) / (a − b) = a² + ab + b²
        (theta + h) ** 2 + (theta + h) * (theta - h) + (theta - h) ** 2
    ),
    "norm-batch": normalised,
    "norm-inference": at_inference,
    "norm-fold": folded,
    "init-he": he,
    "init-depth": after_layers,
    # what is handed on must have the mean x where one of 1 − p is kept
    "drop-scale": lambda p, x: optimize.brentq(lambda kept: (1 - p) * kept - x, 0, 100),
    "rate-cosine": lambda start, T, t, end: (
        end + (start - end) * math.cos(math.pi * t / T / 2) ** 2
    ),
    "rate-steps": stepped,
    "run-curve": reading,
    "run-bug": buggy,
}
EXPLAINED = "norm-explain-modes"


@questions.checked(PAGE, CHECKS, EXPLAINED)
def test_answers_are_those_of_pytorchs_formulas(name):
    questions.agree(PAGE, name, CHECKS[name])


def test_few_images_estimate_a_variance_badly():
    for one in questions.variants(PAGE, EXPLAINED):
        few, many = (
            np.random.default_rng(0).normal(size=(2000, n)).var(axis=1)
            for n in (one.given["images"], one.given["batch"])
        )
        assert few.std() > 2 * many.std()
