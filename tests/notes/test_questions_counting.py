"""Answers on counts, against arrays that are made in the shapes of the layers, and their sizes."""

import numpy as np

import questions_of_pages as questions
from counted_layers import held, places, width_seen

PAGE = "counting"


def separable(c_in: int, c_out: int, kernel: int, **_: int) -> int:
    return np.empty((c_in, 1, kernel, kernel)).size + np.empty((c_out, c_in, 1, 1)).size


def work(c_in: int, c_out: int, kernel: int, size: int, stride: int, padding: int) -> int:
    """One product for every weight at every position, counted a position at a time."""
    side, each = places(size, kernel, stride, padding), held(c_in, c_out, kernel, bias=False)
    return sum(each for _ in range(side) for _ in range(side))


def unrolled(
    images: int, channels: int, size: int, kernel: int, stride: int, padding: int
) -> list[int]:
    starts = range(-padding, size + padding - kernel + 1, stride)
    rows = [(n, r, c) for n in range(images) for r in starts for c in starts]
    return [len(rows), np.empty((channels, kernel, kernel)).size]


def most_filters(channels: int, kernel: int, budget: int) -> int:
    filters = 0
    while held(channels, filters + 1, kernel) <= budget:
        filters += 1
    return filters


def design(
    channels: int, seen: int, budget: int, designs: dict[str, list[list[int]]], stride: int
) -> str:
    [only] = [
        name
        for name, layers in designs.items()
        if width_seen((k, stride, d) for k, d, _ in layers) >= seen
        and sum(held(channels, channels, k, groups=g, bias=False) for k, _, g in layers) <= budget
    ]
    return only


def small_kernels(channels: int, small: int, kernel: int, large: int) -> int:
    assert width_seen([(kernel, 1, 1)] * small) == large
    each = held(channels, channels, kernel, bias=False)
    return held(channels, channels, large, bias=False) - sum(each for _ in range(small))


def bottleneck(wide: int, narrow: int, kernels: list[int]) -> int:
    ends = [wide, narrow, narrow, wide]
    steps = zip(ends, ends[1:], kernels, strict=False)
    return sum(held(a, b, k, bias=False) for a, b, k in steps)


CHECKS = {
    "count-convolution": lambda c_in, c_out, kernel, size: held(c_in, c_out, kernel),
    "count-normalised": lambda c_in, c_out, kernel: (
        held(c_in, c_out, kernel, bias=False) + np.empty((2, c_out)).size
    ),
    "count-fully-connected": lambda channels, side, units: (
        np.empty((units, channels, side, side)).size + np.empty(units).size
    ),
    "count-small-kernels": small_kernels,
    "count-multiply-adds": work,
    "count-groups": held,
    "count-separable": separable,
    "count-separable-share": lambda c_in, c_out, kernel: (
        100 * separable(c_in, c_out, kernel) / held(c_in, c_out, kernel, bias=False)
    ),
    "count-bottleneck": bottleneck,
    "count-activation-memory": lambda images, channels, side, **_: (
        np.empty((images, channels, side, side), np.float32).nbytes / 1024**2
    ),
    "count-adam-memory": lambda c_in, c_out, kernel: sum(
        held(c_in, c_out, kernel) for _ in ("parameter", "gradient", "mean", "mean square")
    ),
    "count-unrolled": unrolled,
    "count-most-filters": most_filters,
    "count-choose-design": design,
}
EXPLAINED = "count-explain-sharing"


@questions.checked(PAGE, CHECKS, EXPLAINED)
def test_answers_are_the_sizes_of_arrays(name):
    questions.agree(PAGE, name, CHECKS[name])


def test_the_model_answer_names_the_number_of_parameters():
    for one in questions.variants(PAGE, EXPLAINED):
        given = one.given
        count = held(given["c_in"], given["c_out"], given["kernel"])
        assert set(questions.numbers(one.answer)) == {count} == {given["held"]}
