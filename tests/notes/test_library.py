"""The functions that pages hand on: against torch, scipy, and measured slopes."""

import importlib
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage, signal

Array = NDArray[np.float64]
Convolution = Callable[..., Array]
Slope = Callable[..., Array]
Layers = list[tuple[list[int], list[Array]]]

HOMES = {
    "convolution.output_size": ["output_size"],
    "convolution.correlation": ["correlate2d"],
    "convolution.channels": ["conv2d"],
    "convolution.matrix": ["conv2d_product"],
    "convolution.variants": ["conv_transpose2d"],
    "convolution.receptive_field": ["receptive_field"],
    "nonlinearity.pooling": ["max_pool2d", "avg_pool2d"],
    "training.backpropagation": [
        "conv2d_backward",
        "max_pool2d_backward",
        "avg_pool2d_backward",
    ],
}
"""page -> what it exports"""

POOLINGS = [(2, None, 0), (3, 2, 1), (3, 1, 1), (2, 3, 0), (4, 2, 2)]
"""window, stride, padding"""


@pytest.fixture(scope="module")
def library() -> SimpleNamespace:
    """Import the functions as any page does."""
    found: dict[str, Any] = {}
    for page, names in HOMES.items():
        module = importlib.import_module(f"notes.{page}")
        found |= {name: getattr(module, name) for name in names}
    return SimpleNamespace(**found)


@pytest.fixture(scope="module")
def by_torch(vectors: Callable[[str], dict[str, Array]]) -> Callable[[str], Layers]:
    """Give `by_torch("conv2d")`: options and arrays of each layer that `make_library.py` drew."""
    stored = vectors("library")

    def unpacked(name: str) -> Iterator[tuple[list[int], list[Array]]]:
        numbers, at = stored[f"{name}_numbers"], 0
        pairs = zip(stored[f"{name}_options"], stored[f"{name}_shapes"], strict=True)
        for options, shapes in pairs:
            arrays = []
            for padded in shapes.astype(int):
                shape = padded[padded > 0]
                end = at + int(np.prod(shape))
                arrays.append(numbers[at:end].reshape(shape))
                at = end
            yield options.tolist(), arrays
        assert at == numbers.size

    return lambda name: list(unpacked(name))


def close(found: Array, expected: Array, case: object = "") -> None:
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-11, err_msg=str(case))


def test_torch_has_computed_at_least_300_layers(by_torch: Callable[[str], Layers]) -> None:
    names = ("conv2d", "conv_transpose2d", "max_pool2d", "avg_pool2d")
    assert sum(len(by_torch(name)) for name in names) >= 300


def test_convolutions_are_those_of_torch(
    library: SimpleNamespace, by_torch: Callable[[str], Layers]
) -> None:
    for options, (x, w, b, y, *_) in by_torch("conv2d"):
        close(library.conv2d(x, w, b, *options), y, options)
        close(library.conv2d(x, w, None, *options), y - b[:, None, None], options)


def test_convolutions_have_the_gradients_of_torch(
    library: SimpleNamespace, by_torch: Callable[[str], Layers]
) -> None:
    for options, (x, w, _, _, dy, *expected) in by_torch("conv2d"):
        found = library.conv2d_backward(dy, x, w, *options)
        for one, other in zip(found, expected, strict=True):
            close(one, other, options)


def test_transposed_convolutions_are_those_of_torch(
    library: SimpleNamespace, by_torch: Callable[[str], Layers]
) -> None:
    for options, (x, w, b, y) in by_torch("conv_transpose2d"):
        close(library.conv_transpose2d(x, w, b, *options), y, options)


@pytest.mark.parametrize("kind", ["max", "avg"])
def test_poolings_and_their_gradients_are_those_of_torch(
    library: SimpleNamespace, by_torch: Callable[[str], Layers], kind: str
) -> None:
    pool = getattr(library, f"{kind}_pool2d")
    pool_backward = getattr(library, f"{kind}_pool2d_backward")
    for options, (x, y, dy, dx) in by_torch(f"{kind}_pool2d"):
        close(pool(x, *options), y, options)
        close(pool_backward(dy, x, *options), dx, options)


def test_output_size_gives_the_shapes_of_torch(
    library: SimpleNamespace, by_torch: Callable[[str], Layers]
) -> None:
    for (stride, padding, dilation, _), (x, w, _, y, *_) in by_torch("conv2d"):
        for i, k, o in zip(x.shape[2:], w.shape[2:], y.shape[2:], strict=True):
            assert library.output_size(i, k, stride, padding, dilation) == o
    for kind in ("max", "avg"):
        for (k, stride, padding), (x, y, *_) in by_torch(f"{kind}_pool2d"):
            sizes = [library.output_size(i, k, stride, padding) for i in x.shape[2:]]
            assert sizes == list(y.shape[2:])


def test_output_size_leads_a_transposed_convolution_back(
    library: SimpleNamespace, by_torch: Callable[[str], Layers]
) -> None:
    for (stride, padding, _), (x, w, _, y) in by_torch("conv_transpose2d"):
        for i, k, o in zip(x.shape[2:], w.shape[2:], y.shape[2:], strict=True):
            assert library.output_size(o, k, stride, padding) == i


@pytest.mark.parametrize("kernel", [(1, 1), (2, 3), (5, 1), (6, 7)])
def test_correlate2d_is_scipys(library: SimpleNamespace, kernel: tuple[int, int]) -> None:
    rng = np.random.default_rng(1)
    x, k = rng.normal(size=(6, 7)), rng.normal(size=kernel)
    close(library.correlate2d(x, k), signal.correlate2d(x, k, "valid"))


@pytest.mark.parametrize(
    "options", [(1, 0, 1, 1), (2, 1, 1, 2), (1, 2, 2, 4), (3, 1, 2, 1), (2, 0, 3, 2)], ids=str
)
def test_conv2d_adds_up_scipys_correlations(
    library: SimpleNamespace, convolve_by_scipy: Convolution, options: tuple[int, ...]
) -> None:
    rng = np.random.default_rng(2)
    x, b = rng.normal(size=(2, 4, 9, 8)), rng.normal(size=8)
    w = rng.normal(size=(8, 4 // options[3], 3, 2))
    expected = convolve_by_scipy(x, w, *options) + b[:, None, None]
    close(library.conv2d(x, w, b, *options), expected)


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (1, 2), (2, 1), (3, 0)])
def test_the_product_of_matrices_is_the_same_convolution(
    library: SimpleNamespace, stride: int, padding: int
) -> None:
    rng = np.random.default_rng(3)
    x, w, b = rng.normal(size=(2, 3, 8, 7)), rng.normal(size=(4, 3, 3, 3)), rng.normal(size=4)
    expected = library.conv2d(x, w, b, stride, padding)
    close(library.conv2d_product(x, w, b, stride, padding), expected)


@pytest.mark.parametrize(("stride", "padding", "extra"), [(1, 0, 0), (2, 1, 1), (3, 2, 1)])
def test_a_transposed_convolution_is_scipys_true_convolution_of_the_spread_input(
    library: SimpleNamespace, stride: int, padding: int, extra: int
) -> None:
    rng = np.random.default_rng(4)
    x, w = rng.normal(size=(1, 3, 5, 4)), rng.normal(size=(3, 2, 4, 3))
    spread = np.zeros((3, 4 * stride + 1, 3 * stride + 1))
    spread[:, ::stride, ::stride] = x[0]
    found = library.conv_transpose2d(x, w, None, stride, padding, extra)
    for f in range(2):
        total = sum(signal.convolve2d(spread[m], w[m, f]) for m in range(3))
        total = np.pad(total, (0, extra))
        bottom, right = (side - padding for side in total.shape)
        close(found[0, f], total[padding:bottom, padding:right])


def test_max_pooling_is_scipys_maximum_filter_thinned(library: SimpleNamespace) -> None:
    x = np.random.default_rng(5).normal(size=(9, 10)) - 3
    filtered = ndimage.maximum_filter(x, size=3, mode="constant", cval=-np.inf)
    close(library.max_pool2d(x[None, None], 3, 2, 1)[0, 0], filtered[::2, ::2])


def test_average_pooling_is_scipys_uniform_filter_thinned(library: SimpleNamespace) -> None:
    x = np.random.default_rng(6).normal(size=(9, 10)) - 3
    filtered = ndimage.uniform_filter(x, size=3, mode="constant")
    close(library.avg_pool2d(x[None, None], 3, 2, 1)[0, 0], filtered[::2, ::2])


@pytest.mark.parametrize("options", [(1, 0, 1, 1), (2, 1, 1, 2), (1, 2, 2, 1), (3, 1, 2, 2)])
def test_conv2d_has_the_gradients_that_are_measured(
    library: SimpleNamespace, slope: Slope, options: tuple[int, ...]
) -> None:
    rng = np.random.default_rng(7)
    x, b = rng.normal(size=(2, 2, 6, 5)), rng.normal(size=4)
    w = rng.normal(size=(4, 2 // options[3], 3, 2))
    dy = rng.normal(size=library.conv2d(x, w, b, *options).shape)

    def loss(x: Array, w: Array, b: Array) -> float:
        return float((dy * library.conv2d(x, w, b, *options)).sum())

    dx, dw, db = library.conv2d_backward(dy, x, w, *options)
    # The loss is linear in each argument, so that a step of any size measures without error.
    close(dx, slope(lambda x: loss(x, w, b), x, h=1.0))
    close(dw, slope(lambda w: loss(x, w, b), w, h=1.0))
    close(db, slope(lambda b: loss(x, w, b), b, h=1.0))


@pytest.mark.parametrize(("k", "stride", "padding"), POOLINGS)
@pytest.mark.parametrize("kind", ["max", "avg"])
def test_poolings_have_the_gradients_that_are_measured(
    library: SimpleNamespace, slope: Slope, kind: str, k: int, stride: int | None, padding: int
) -> None:
    rng = np.random.default_rng(8)
    x = rng.permutation(56).reshape(1, 1, 7, 8) - 60.0  # no two equal, all negative
    pool = getattr(library, f"{kind}_pool2d")
    dy = rng.normal(size=pool(x, k, stride, padding).shape)
    expected = slope(lambda x: float((dy * pool(x, k, stride, padding)).sum()), x, h=0.25)
    close(getattr(library, f"{kind}_pool2d_backward")(dy, x, k, stride, padding), expected)


@pytest.mark.parametrize(
    "layers", [[(3, 1, 1)] * 3, [(3, 2, 1), (2, 1, 3), (3, 1, 2)], [(5, 3, 1), (1, 2, 1)]]
)
def test_the_receptive_field_is_what_moves_one_number_of_conv2d(
    library: SimpleNamespace, layers: list[tuple[int, int, int]]
) -> None:
    x = np.eye(40)[:, None, None]  # 40 rows of pixels, each with another one poked
    for k, stride, dilation in layers:
        x = library.conv2d(x, np.ones((1, 1, 1, k)), None, stride, 0, dilation)
    reached = np.flatnonzero(x[:, 0, 0, 0])
    field, jump = library.receptive_field(layers)
    assert reached[-1] + 1 == field
    assert np.flatnonzero(x[:, 0, 0, 1])[0] == jump


def test_a_kernel_for_other_channels_is_refused(library: SimpleNamespace) -> None:
    x, w = np.ones((1, 3, 4, 4)), np.ones((2, 1, 2, 2))
    assert library.conv2d(x, np.ones((3, 1, 2, 2)), groups=3).shape == (1, 3, 3, 3)
    with pytest.raises(ValueError, match="3 channels, not 1"):
        library.conv2d(x, w)


def test_a_window_that_does_not_fit_is_refused(library: SimpleNamespace) -> None:
    x = np.ones((1, 1, 3, 3))
    for call in (
        lambda: library.output_size(3, 5),
        lambda: library.conv2d(x, np.ones((1, 1, 2, 2)), dilation=3),
        lambda: library.max_pool2d(x, 4),
        lambda: library.avg_pool2d(x, 4),
    ):
        with pytest.raises(ValueError, match="window"):
            call()


def test_no_function_changes_what_it_is_given(
    library: SimpleNamespace, by_torch: Callable[[str], Layers]
) -> None:
    options, (x, w, b, y, *_) = by_torch("conv2d")[0]
    before = [a.copy() for a in (x, w, b, y)]
    library.conv2d(x, w, b, *options)[:] = 0
    for gradient in library.conv2d_backward(y, x, w, *options):
        gradient[:] = 0
    library.max_pool2d(x, 1)[:] = 0
    library.max_pool2d_backward(x, x, 1)[:] = 0
    library.avg_pool2d_backward(x, x, 1)[:] = 0
    library.conv_transpose2d(y, w)[:] = 0
    for array, kept in zip((x, w, b, y), before, strict=True):
        np.testing.assert_array_equal(array, kept)
