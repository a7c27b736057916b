"""The page on the whole pipeline: its walk, its layers and its slopes, each checked another way."""

import numpy as np
import pytest
from scipy import ndimage, signal, special

PAGE = "orientation/pipeline"


@pytest.fixture(scope="module")
def said(prose):
    return prose(PAGE)


@pytest.fixture
def rng():
    return np.random.default_rng(5)


def correlated(image, w, b):
    """Correlate (C, H, W) with scipy, zeros around it."""
    maps = [
        sum(signal.correlate2d(c, k, mode="same") for c, k in zip(image, filt, strict=True))
        for filt in w
    ]
    return np.array(maps) + b[:, None, None]


def test_the_small_network_has_80_and_1168_and_650_parameters(page):
    assert [count for *_, count, _ in page["walk"] if count] == [80, 1168, 650]
    assert page["parameters"] == 1898


def test_the_shapes_of_the_walk_are_those_of_the_arrays(page):
    shapes = [shape for _, shape, *_ in page["walk"]]
    assert shapes == [(1, 8, 8), (8, 8, 8), (8, 4, 4), (16, 4, 4), (16, 2, 2), (10,)]
    *volumes, _, scores = page["forward"](page["x"], page["net"])
    assert [array.shape[1:] for array in (page["x"], *volumes, scores)] == shapes


def test_the_loops_make_4608_and_18432_and_640_products(page):
    assert [products for *_, products in page["walk"] if products] == [4608, 18432, 640]
    assert page["done"] == page["work"] == 23_680


def test_both_convolutions_are_scipys(page, rng):
    x, w, b = rng.normal(size=(3, 6, 5)), rng.normal(size=(4, 3, 3, 3)), rng.normal(size=4)
    expected = correlated(x, w, b)
    np.testing.assert_allclose(page["conv_loop"](x, w, b)[0], expected, rtol=0, atol=1e-12)
    fast = page["conv2d"](x[None], w, b, padding=1)[0]
    np.testing.assert_allclose(fast, expected, rtol=0, atol=1e-12)


def test_both_poolings_are_scipys_maximum_filter(page, rng):
    x = rng.normal(size=(3, 6, 8))
    expected = ndimage.maximum_filter(x, size=(1, 2, 2), origin=(0, -1, -1))[:, ::2, ::2]
    np.testing.assert_array_equal(page["pool_loop"](x), expected)
    np.testing.assert_array_equal(page["max_pool2d"](x[None], 2)[0], expected)


def test_a_whole_batch_gives_what_scipy_gives_image_by_image(page, rng):
    w1, b1, w2, b2, w3, b3 = (
        rng.normal(size=s) for s in [(8, 1, 3, 3), 8, (16, 8, 3, 3), 16, (10, 64), 10]
    )
    batch = rng.normal(size=(3, 1, 8, 8))
    scores = page["forward"](batch, [(w1, b1), (w2, b2), (w3, b3)])[-1]
    for image, found in zip(batch, scores, strict=True):
        maps = image
        for w, b in [(w1, b1), (w2, b2)]:
            maps = np.maximum(correlated(maps, w, b), 0)
            c, height, width = maps.shape
            maps = maps.reshape(c, height // 2, 2, width // 2, 2).max(axis=(2, 4))
        np.testing.assert_allclose(found, w3 @ maps.ravel() + b3, rtol=1e-12, atol=1e-10)


def test_the_softmax_is_scipys_even_for_large_scores(page, rng):
    z = rng.normal(scale=500, size=(4, 10))
    expected = special.softmax(z, axis=1)
    np.testing.assert_allclose(page["softmax"](z), expected, rtol=1e-9, atol=1e-300)


def test_a_last_layer_of_zeros_costs_the_loss_of_chance(page, said):
    assert page["chance"] == pytest.approx(np.log(10), abs=1e-12)
    assert said["chance"] == said["np.log(10)"] == "2.3026"


def test_the_slope_of_the_loss_is_its_central_difference(page, rng):
    scores = rng.normal(size=(1, 10))
    found = page["softmax"](scores)[0] - page["y"]
    h = 1e-6
    expected = [
        (page["loss_of"](scores + h * e) - page["loss_of"](scores - h * e)) / (2 * h)
        for e in np.eye(10)
    ]
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-8)


def test_the_first_slope_is_minus_nine_tenths_and_a_tenth(page):
    expected = np.full(10, 0.1) - np.eye(10)[4]
    np.testing.assert_allclose(page["first_slope"], expected, rtol=0, atol=1e-12)


def test_the_loss_falls_at_every_step_to_almost_nothing(page):
    assert (np.diff(page["losses"]) < 0).all()
    assert page["losses"][-1] < 0.2
    assert page["out"].argmax() == page["target"] == 4


def test_four_sizes_of_image_fit_the_last_layer(page):
    fitting = [side for side, count in page["fits"].items() if count == 64]
    assert fitting == [8, 9, 10, 11]
    for side in page["fits"]:
        image = np.zeros((1, 1, side, side))
        if side in fitting:
            assert page["forward"](image, page["net"])[-1].shape == (1, 10)
        else:
            with pytest.raises(ValueError, match="matmul"):
                page["forward"](image, page["net"])


def test_the_exercises_have_their_answers(page):
    assert sum(page["colour"]) == 224 + 1168 + 10_250
    assert sum(page["bare"]) == 80 + 1168 + 10_250
    assert sum(page["busier"]) == 4608 + 73_728 + 10_240
    assert page["quarter"] == pytest.approx(np.log(4), abs=1e-12)
