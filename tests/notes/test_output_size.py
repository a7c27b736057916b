"""The page on output size: its functions against torch, scipy and published layers."""

from itertools import product

import numpy as np
import pytest
from scipy import signal

PAGE = "convolution/output-size"


@pytest.mark.parametrize(
    ("layer", "size"),
    [
        ((227, 11, 4, 0), 55),
        ((224, 11, 4, 0), 54),
        ((224, 11, 4, 2), 55),
        ((224, 7, 2, 3), 112),
        ((10, 3, 2, 0), 4),
        ((32, 3, 1, 2, 2), 32),
    ],
)
def test_known_layers_have_their_sizes(page, layer, size):
    assert page["output_size"](*layer) == size
    assert page["count_places"](*layer) == size


def test_the_table_of_layers_holds_the_known_ones(page):
    names = ("alexnet", "alexnet_paper", "alexnet_torch", "resnet", "odd", "dilated")
    assert [page["output_size"](*page[name]) for name in names] == [55, 54, 55, 112, 4, 32]
    assert page["before_rounding"](*page["resnet"]) == 112.5


def test_sizes_agree_with_torch(page, vectors):
    layers = vectors("output_size")["layers"]
    assert len(layers) > 400
    assert [page["output_size"](*row[:5]) for row in layers] == layers[:, 5].tolist()


def test_walking_agrees_with_the_formula_wherever_a_window_fits(page):
    for i, k, s, p, d in product(range(1, 12), range(1, 6), range(1, 5), range(4), range(1, 4)):
        if i + 2 * p > d * (k - 1):
            assert page["output_size"](i, k, s, p, d) == page["count_places"](i, k, s, p, d)


def test_a_window_that_does_not_fit_is_an_error(page):
    with pytest.raises(ValueError, match="window of 5 on 3 pixels"):
        page["output_size"](3, 5)
    assert page["output_size"](3, 3) == 1


def test_the_dilated_example_agrees_with_torch(page, vectors):
    x, w, d = page["x"], page["w"], 2
    places = page["output_size"](x.size, w.size, dilation=d)
    starts = range(places)
    result = [int(x[start : start + d * (w.size - 1) + 1 : d] @ w) for start in starts]
    assert page["y"] == result == vectors("output_size")["dilated"].tolist() == [22, 28, 34]


@pytest.mark.parametrize("name", ["strided_loop", "strided"])
@pytest.mark.parametrize(("stride", "padding"), [*product((1, 2, 3), (0, 1, 2))])
def test_strided_and_padded_correlation_agrees_with_scipy(page, name, stride, padding):
    rng = np.random.default_rng(5)
    x, k = rng.normal(size=(7, 9)), rng.normal(size=(3, 2))
    full = signal.correlate2d(np.pad(x, padding), k, mode="valid")
    found = page[name](x, k, stride=stride, padding=padding)
    np.testing.assert_allclose(found, full[::stride, ::stride], atol=1e-12)


@pytest.mark.parametrize("name", ["strided_loop", "strided"])
def test_strided_and_padded_correlation_agrees_with_torch(page, vectors, name):
    v = vectors("output_size")
    np.testing.assert_allclose(page[name](v["x"], v["k"], stride=2, padding=1), v["y"], atol=1e-12)


def test_uses_of_a_corner_an_edge_and_an_inner_pixel_are_4_6_9(page, prose):
    shown = prose(PAGE)
    assert [shown[f"same[{a}] * same[{b}]"] for a, b in ((0, 0), (0, 2), (2, 2))] == ["4", "6", "9"]
    ones = np.ones((5, 5))
    # Each window spreads a one over its taps: full correlation of the map of windows.
    windows = signal.correlate2d(ones, np.ones((3, 3)), mode="same")
    assert (np.outer(page["same"], page["same"]) == windows).all()


def test_full_padding_uses_all_pixels_equally(page):
    assert set(page["uses"](5, 3, padding=2).tolist()) == {3}


def test_the_rest_that_a_stride_leaves_is_never_used(page):
    assert page["uses"](10, 3, 2).tolist() == [1, 1, 2, 1, 2, 1, 2, 1, 1, 0]


@pytest.mark.parametrize(
    ("i", "k", "stride", "dilation", "zeros"),
    [(224, 7, 2, 1, (2, 3)), (13, 6, 5, 1, (1, 2)), (32, 3, 1, 2, (2, 2)), (9, 1, 3, 1, (0, 0))],
)
def test_tensorflow_same_pads_as_documented(page, i, k, stride, dilation, zeros):
    assert page["tensorflow_same"](i, k, stride, dilation) == zeros


def test_all_conventions_give_the_same_size_for_resnets_first_layer(page, prose):
    i, k, s, p = page["resnet"]
    here = page["output_size"](i, k, s, p)
    assert (i - k + 2 * p + s) // s == here  # padding in total
    assert -(-i // s) == here  # SAME
    assert prose(PAGE)["(i + p - k) // s + 1"] == "111"


def test_answers_of_the_drill_are_right(prose):
    shown = prose(PAGE)
    assert shown["output_size(*first)"] == "14"
    assert shown["output_size(*second)"] == "31"
    assert shown["output_size(*second[:4])"] == "32"
    assert shown["output_size(*pool)"] == "27"
    assert shown["same_padding(kept[1], kept[2])"] == "6"


def test_the_sizes_that_a_reader_can_choose_are_counted_right(frames):
    shown = frames(PAGE)
    sizes = zip(
        *(map(int, shown[name]) for name in ("stride", "padding", "dilation", "size")), strict=True
    )
    for stride, padding, dilation, size in sizes:
        starts = range(0, 5 + 2 * padding - 2 * dilation, stride)
        assert size == len(starts)
