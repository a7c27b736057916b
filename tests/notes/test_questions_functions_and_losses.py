"""Answers on functions and losses, against scipy and measured slopes."""

import math
from collections.abc import Callable

import numpy as np
from scipy import special

import questions_of_pages as questions

PAGE = "functions-and-losses"


def slope(f: Callable[[float], float], x: float, h: float = 1e-6) -> float:
    return (f(x + h) - f(x - h)) / (2 * h)


def vanishing(layers: int, weight: float) -> float:
    """Look for the steepest point of the stack's layers, and multiply."""
    factor = 1.0
    for _ in range(layers):
        factor *= weight * max(slope(special.expit, x / 10) for x in range(-50, 51))
    return factor


def learns(w: int, b: int, x: list[int]) -> int:
    """Count the inputs for which a small change of w changes the output."""
    h = 1e-6
    return sum(max((w + h) * one + b, 0) != max((w - h) * one + b, 0) for one in x)


def gradient(p: list[float], label: int, **_: int) -> list[float]:
    """Measure the loss at logits that give these probabilities."""
    z = np.log(p)
    steps = 1e-6 * np.eye(3)
    return [
        (special.logsumexp(z + d) - (z + d)[label] - special.logsumexp(z - d) + (z - d)[label])
        / 2e-6
        for d in steps
    ]


def smoothed(classes: int, eps: float) -> float:
    """PyTorch, CrossEntropyLoss, label_smoothing: a mixture with the uniform distribution."""
    mixture = [(1 - eps) * (k == 0) + eps * (1 / classes) for k in range(classes)]
    assert math.isclose(sum(mixture), 1)
    return mixture[0]


CHECKS = {
    "function-leaky-relu": lambda x, alpha: [max(0, one) + alpha * min(0, one) for one in x],
    "function-sigmoid-slope": lambda y: slope(special.expit, special.logit(y)),
    "function-tanh-slope": lambda y: slope(math.tanh, math.log((1 + y) / (1 - y)) / 2),
    "function-vanishing": vanishing,
    "function-silent": learns,
    "loss-softmax": lambda logits, classes, **given: special.softmax(logits)[given["class"]],
    "loss-cross-entropy": lambda logits, label, classes: (
        -special.log_softmax(np.asarray(logits, float))[label]
    ),
    "loss-batch": lambda p: sum(math.log(1 / one) for one in p) / 3,
    "loss-gradient": gradient,
    "loss-guess": lambda classes: float(special.logsumexp(np.zeros(classes))),
    "loss-smoothing": smoothed,
}
EXPLAINED = "loss-explain-first"


@questions.checked(PAGE, CHECKS, EXPLAINED)
def test_answers_are_those_of_scipy_and_differences(name):
    questions.agree(PAGE, name, CHECKS[name])


def test_the_first_loss_to_explain_is_far_above_a_guess():
    for one in questions.variants(PAGE, EXPLAINED):
        classes, first = one.given["classes"], one.given["first"]
        guess = float(special.logsumexp(np.zeros(classes)))
        assert first > 4 * guess
        assert f"ln {classes} = {guess:.2f}" in one.answer
