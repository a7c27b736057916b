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
    names = ("alexnet", "alexnet_paper", "alexnet_torch", "resnet", "googlenet", "odd", "dilated")
    assert [page["output_size"](*page[name]) for name in names] == [55, 54, 55, 112, 55, 4, 32]
    assert [page["size_up"](*page[name]) for name in names] == [55, 55, 56, 113, 56, 5, 32]
    assert page["exact"](*page["resnet"]) == 112.5


def test_sizes_that_are_rounded_up_agree_with_torchs_ceil_mode(page, vectors):
    layers = vectors("output_size")["ceiled"]
    assert len(layers) > 200
    assert [page["size_up"](*row[:4]) for row in layers] == layers[:, 4].tolist()


def test_the_two_roundings_differ_exactly_where_a_remainder_is_left(page):
    for i, k, s in product(range(1, 20), range(1, 6), range(1, 5)):
        if i >= k:
            differ = page["size_up"](i, k, s) - page["output_size"](i, k, s)
            # the one window that rounding up adds begins within the input, or is left out
            start = page["output_size"](i, k, s) * s
            assert differ == int((i - k) % s > 0 and start < i)


def test_alexnets_224_is_55_rounded_up_as_in_its_released_code(page):
    i, k, s, p = page["alexnet_paper"]
    modules = 1 + int(np.ceil((2 * p + i - k) / float(s)))  # cuda-convnet2, layer.py
    assert page["rounded"] == {"down": 54, "up": modules}
    assert modules == 55
    assert page["missing"] == 3


def test_layers_without_padding_use_up_an_image(page):
    assert page["sizes"] == list(range(20, 0, -2))


def test_valid_is_the_floor_formula_written_with_a_ceiling(page):
    for i, k, s, d in product(range(1, 30), range(1, 6), range(1, 6), range(1, 4)):
        if i > d * (k - 1):
            assert page["valid"](i, k, s, d) == page["output_size"](i, k, s, 0, d)


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


def test_uses_of_a_corner_an_edge_and_an_inner_pixel_are_4_6_9(page):
    assert (page["corner"], page["edge"], page["inner"]) == (4, 6, 9)
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


def test_all_conventions_give_the_same_size_for_resnets_first_layer(page):
    i, k, s, p = page["resnet"]
    here = page["output_size"](i, k, s, p)
    assert (i - k + 2 * p + s) // s == here  # padding in total
    assert -(-i // s) == here  # SAME
    assert page["as_total"] == 111


def test_answers_of_the_drill_are_right(page, prose):
    shown = prose(PAGE)
    assert shown["output_size(*one)"] == "14"
    assert shown["output_size(*second)"] == "31"
    assert shown["undilated"] == "32"
    assert shown["output_size(*pool)"] == "27"
    assert shown["keeps"] == "6"
    assert (page["wrong"], page["correct"]) == (31, 32)
    assert page["halving"] == [(2, 0), (4, 1), (6, 2)]
    assert shown["skipped"] == "3"


def test_the_sizes_that_a_reader_can_choose_are_counted_right(frames):
    shown = frames(PAGE)
    sizes = zip(
        *(map(int, shown[name]) for name in ("stride", "padding", "dilation", "size")), strict=True
    )
    for stride, padding, dilation, size in sizes:
        starts = range(0, 5 + 2 * padding - 2 * dilation, stride)
        assert size == len(starts)
