"""Answers on architectures, against windows and arrays that are counted one by one."""

import numpy as np

import questions_of_pages as questions
from counted_layers import held, places, through

PAGE = "architectures"


def lenet(
    side: int, filters: list[int], kernel: int, window: int, strides: list[int], name: int
) -> int:
    layers = [(kernel, strides[0]), (window, strides[1])] * len(filters)
    return np.empty((filters[-1], *[through(side, layers)] * 2)).size


def vgg(side: int, blocks: int, first: int, most: int, window: int) -> list[int]:
    maps = first
    for _ in range(blocks - 1):
        maps = min(maps + maps, most)
    return [maps, through(side, [(3, 1, 1), (window, window)] * blocks)]


def heads(channels: int, side: int, classes: int) -> int:
    flat, average = np.empty((classes, channels, side, side)), np.empty((classes, channels))
    return flat.size - average.size  # the biases are the same


def reduced(channels: int, narrow: int, filters: int, side: int, kernels: list[int]) -> float:
    large, small = kernels
    taps = [(channels, filters, large), (channels, narrow, small), (narrow, filters, large)]
    direct, down, after = (held(a, b, k, bias=False) * side**2 for a, b, k in taps)
    return direct / (down + after)


def residual(c_in: int, c_out: int, kernels: list[int], stride: int) -> int:
    ends = [(c_in, c_out), (c_out, c_out), (c_in, c_out)]
    pairs = zip(ends, kernels, strict=True)
    weights = sum(held(a, b, k, bias=False) for (a, b), k in pairs)
    return weights + sum(np.empty((2, c_out)).size for _ in kernels)


def shortcut(c_in: int, c_out: int, side: int, out: int, one: int, strides: list[int]) -> str:
    """Of all that gives the right shape, take what has the fewest weights."""
    shapes = {
        "the input as it is": (0, c_in, side),
        "a pooling of 2 × 2, and nothing else": (0, c_in, places(side, 2, 2)),
    }
    for s in strides:
        weights = held(c_in, c_out, one, bias=False)
        shapes[f"a 1 × 1 convolution with stride {s}"] = (weights, c_out, places(side, one, s))
    fits = [(weights, name) for name, (weights, c, w) in shapes.items() if (c, w) == (c_out, out)]
    return min(fits)[1]


def layers(blocks: list[int], each: int, stem: int, kernel: int) -> int:
    return len(["stem", *("conv" for many in blocks for _ in range(many * each)), "head"])


CHECKS = {
    "network-lenet": lenet,
    "network-vgg": vgg,
    "network-head": heads,
    "network-inception": lambda filters, reduce, kernels: len(
        np.concatenate([np.empty(f) for f in filters])
    ),
    "network-reduce": reduced,
    "network-residual": residual,
    "network-shortcut": shortcut,
    "network-name": layers,
}
EXPLAINED = "network-explain-shortcut"


@questions.checked(PAGE, CHECKS, EXPLAINED)
def test_answers_are_those_of_a_count(name):
    questions.agree(PAGE, name, CHECKS[name])


def test_the_names_of_the_paper_come_out():
    known = {(2, 2, 2, 2): {2: 18}, (3, 4, 6, 3): {2: 34, 3: 50}, (3, 4, 23, 3): {3: 101}}
    for one in questions.variants(PAGE, "network-name"):
        expected = known.get(tuple(one.given["blocks"]), {}).get(one.given["each"])
        assert expected in (None, one.answer)


def test_the_model_answer_compares_the_two_networks():
    for one in questions.variants(PAGE, EXPLAINED):
        shallow, deep = one.given["shallow"], one.given["deep"]
        assert deep > shallow
        assert {shallow, deep} <= set(questions.numbers(one.answer))
