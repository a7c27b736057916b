"""Answers on sizes, against windows that are moved one by one and pixels that are traced back."""

import math

import pytest

import questions_of_pages as questions
from counted_layers import places, through, width_seen

PAGE = "sizes"


def same(kernel: int, dilation: int, stride: int) -> int:
    return next(p for p in range(99) if places(200, kernel, stride, p, dilation) == 200)


def same_after(size: int, kernel: int, stride: int) -> int:
    """TensorFlow, module tf.nn, “Notes on padding”."""
    left = size % stride
    total = max(kernel - (left or stride), 0)
    return total - total // 2


def ceiled(size: int, window: int, stride: int) -> int:
    """Add windows until no pixel is left over, unless one would begin beyond the end."""
    count = 1
    while (count - 1) * stride + window < size and count * stride < size:
        count += 1
    return count


def transposed(size: int, stride: int, kernel: int, padding: int, output_padding: int) -> int:
    written = {at * stride + tap for at in range(size) for tap in range(kernel)}
    return len(range(min(written), max(written) + 1)) - padding - padding + output_padding


def wrong_row(size: int, layers: list[list[int]], claimed: list[int]) -> str:
    before = [size, *claimed]
    wrong = [n for n, layer in enumerate(layers) if places(before[n], *layer) != claimed[n]]
    [only] = wrong
    return ["conv1", "pool1", "conv2", "conv3"][only]


def kernel_of(size: int, stride: int, padding: int, out: int) -> int:
    """Try all kernels; the last window must end with the padding."""
    [only] = [
        k
        for k in range(1, size)
        if places(size, k, stride, padding) == out
        and (out - 1) * stride + k == size + padding + padding
    ]
    return only


def depth(kernel: int, wanted: int, stride: int) -> int:
    return next(n for n in range(1, 200) if width_seen([(kernel, stride, 1)] * n) >= wanted)


def flattened(size: int, poolings: int, filters: int, window: int) -> int:
    side = through(size, [(window, window)] * poolings)
    return len([0 for _ in range(filters) for _ in range(side) for _ in range(side)])


CHECKS = {
    "size-stride-padding": lambda size, kernel, stride, padding: places(
        size, kernel, stride, padding
    ),
    "size-dilation": places,
    "size-same-padding": same,
    "size-tensorflow-same": same_after,
    "size-ceil-mode": ceiled,
    "size-transposed": transposed,
    "size-chain": through,
    "size-wrong-shape": wrong_row,
    "size-which-kernel": kernel_of,
    "receptive-field-strides": lambda kernels, strides: width_seen(
        [(k, s, 1) for k, s in zip(kernels, strides, strict=True)]
    ),
    "receptive-field-dilations": lambda kernel, dilations, stride: width_seen(
        [(kernel, stride, d) for d in dilations]
    ),
    "receptive-field-depth": depth,
    "size-flatten": flattened,
}


@questions.checked(PAGE, CHECKS)
def test_answers_are_those_of_a_count(name):
    questions.agree(PAGE, name, CHECKS[name])


def test_a_window_is_moved_as_pytorchs_formula_says():
    for i, k, s, p, d in [(224, 7, 2, 3, 1), (32, 3, 1, 2, 2), (10, 3, 2, 0, 1), (55, 3, 2, 0, 1)]:
        formula = math.floor((i + 2 * p - d * (k - 1) - 1) / s + 1)
        assert places(i, k, s, p, d) == formula


def test_a_check_that_is_wrong_is_noticed():
    with pytest.raises(AssertionError):
        questions.agree(PAGE, "size-dilation", lambda **given: places(**given) + 1)
