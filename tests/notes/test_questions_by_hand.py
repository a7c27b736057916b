"""Answers by hand, against scipy, plain loops and measured slopes."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import signal

import questions_of_pages as questions

PAGE = "by-hand"
Array = NDArray[np.float64]


def slide(x: Array, k: Array, **_: int) -> Array:
    return signal.correlate2d(np.asarray(x), np.asarray(k), mode="valid")


def pooled(x: Array, window: int, stride: int, best: Callable[[list[float]], float]) -> Array:
    """Pool a map with plain loops."""
    starts = range(0, len(x) - window + 1, stride)
    taps = range(window)
    return np.array(
        [[best([x[r + a][c + b] for a in taps for b in taps]) for c in starts] for r in starts]
    )


def measured(loss: Callable[[Array], float], at: Array, h: float = 1e-4) -> Array:
    """Give the gradient of a loss by central differences, rounded to what it must be: whole."""
    found = np.zeros(at.shape)
    for place in np.ndindex(at.shape):
        step = np.zeros(at.shape)
        step[place] = h
        found[place] = (loss(at + step) - loss(at - step)) / (2 * h)
    assert np.allclose(found, found.round(), atol=1e-6)
    return found.round()


def pooling_gradient(X: Array, dY: Array, window: int, stride: int) -> Array:
    back = np.asarray(dY)
    return measured(
        lambda x: float((back * pooled(x, window, stride, max)).sum()), np.asarray(X, float)
    )


def kernel_gradient(X: Array, dY: Array, kernel: int, stride: int) -> Array:
    start = np.random.default_rng(0).normal(size=(kernel, kernel))
    return measured(lambda k: float((np.asarray(dY) * slide(X, k)).sum()), start)


def pixel_gradient(K: Array, dY: Array, image: int, **_: int) -> float:
    start = np.random.default_rng(0).normal(size=(image, image))
    return measured(lambda x: float((np.asarray(dY) * slide(x, K)).sum()), start)[1, 1]


def transposed(x: Array, k: Array, stride: int) -> Array:
    """Write the convolution as a matrix, and turn that over."""
    wide = (len(x) - 1) * stride + len(k)
    matrix = np.zeros((len(x), wide))
    for row in range(len(x)):
        matrix[row, row * stride : row * stride + len(k)] = k
    return matrix.T @ x


def dilated(x: Array, k: Array, dilation: int, stride: int) -> list[float]:
    spread = np.zeros(dilation * (len(k) - 1) + 1)
    spread[::dilation] = k
    return list(np.correlate(np.asarray(x, float), spread, mode="valid")[::stride])


def moved(strides: list[int], shift: int) -> int:
    """Follow two single bright pixels through the layers, and see how far apart they end."""
    first, second = 0, shift
    for s in strides:
        assert first % s == second % s == 0
        first, second = first // s, second // s
    return second - first


def fall(w: Array, x: Array, fill: int) -> Array:
    whole, found = float(np.vdot(w, x)), np.zeros(np.shape(x))
    for place in np.ndindex(found.shape):
        covered = np.array(x)
        covered[place] = fill
        found[place] = whole - float(np.vdot(w, covered))
    return found


CHECKS = {
    "hand-correlation": lambda X, K, stride: slide(X, K),
    "hand-true-convolution": lambda x, k: np.convolve(x, k, mode="valid"),
    "hand-channels": lambda x, w, b, channels: (
        sum(a * c for a, c in zip(np.ravel(x), np.ravel(w), strict=True)) + b
    ),
    "hand-even-patch": lambda K, brightness: slide(np.full((3, 3), brightness), K).item(),
    "hand-dilation": dilated,
    "hand-transposed": transposed,
    "hand-max-pooling": lambda X, window, stride: pooled(X, window, stride, max),
    "hand-average-pooling": lambda X, window, stride: pooled(
        X, window, stride, lambda seen: sum(seen) / len(seen)
    ),
    "hand-pooling-gradient": pooling_gradient,
    "hand-kernel-gradient": kernel_gradient,
    "hand-pixel-gradient": pixel_gradient,
    "hand-shift": moved,
    "hand-occlusion": fall,
}
EXPLAINED = "hand-explain-shift"


@questions.checked(PAGE, CHECKS, EXPLAINED)
def test_answers_are_those_of_scipy_loops_and_differences(name):
    questions.agree(PAGE, name, CHECKS[name])


def test_the_shift_to_explain_moves_no_map():
    for one in questions.variants(PAGE, EXPLAINED):
        stride, shift = one.given["stride"], one.given["shift"]
        row = np.random.default_rng(0).permutation(stride * 24)
        strided, after = row[::stride], np.roll(row, shift)[::stride]
        assert not any((np.roll(strided, by) == after).all() for by in range(24))
