"""The page on the whole pipeline: its walk, its layers and its slopes, each checked another way."""

import numpy as np
import pytest
from scipy import signal, special

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


def test_each_output_takes_a_window_of_products(page):
    products = {}
    for name in ("w1", "w2"):
        outputs = 8 * 64 if name == "w1" else 16 * 16
        products[name] = outputs * page["net"][name][0].size
    assert products == {"w1": 4608, "w2": 18_432}
    assert [p for *_, p in page["walk"] if p] == [*products.values(), page["net"]["w3"].size]
    assert page["work"] == 23_680


def test_the_picture_is_the_least_sure_of_those_named_right(page):
    p = special.softmax(page["forward"](page["unseen"], page["net"])[-1], axis=1)
    right = p.argmax(axis=1) == page["truth"]
    assert p[page["pick"]].max() == pytest.approx(p[right].max(axis=1).min())
    assert right[page["pick"]]


def test_a_whole_batch_gives_what_scipy_gives_image_by_image(page, rng):
    w1, b1, w2, b2, w3, b3 = (
        rng.normal(size=s) for s in [(8, 1, 3, 3), 8, (16, 8, 3, 3), 16, (10, 64), 10]
    )
    batch = rng.normal(size=(3, 1, 8, 8))
    net = {"w1": w1, "b1": b1, "w2": w2, "b2": b2, "w3": w3, "b3": b3}
    scores = page["forward"](batch, net)[-1]
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


def test_ten_equal_scores_cost_the_loss_of_chance(page, said):
    assert page["chance"] == pytest.approx(np.log(10), abs=1e-12)
    assert said["chance"] == "2.3026"


def test_random_weights_cost_more_than_chance_from_every_seed(page):
    # begun, on the page, is one run; the same start from twenty other seeds
    x, y = page["unseen"], page["truth"]
    for seed in range(20):
        rng = np.random.default_rng(seed)
        net = {}
        for i, shape in enumerate([(8, 1, 3, 3), (16, 8, 3, 3), (10, 64)], 1):
            net[f"w{i}"] = rng.normal(scale=np.sqrt(2 / np.prod(shape[1:])), size=shape)
            net[f"b{i}"] = np.zeros(shape[0])
        scores = special.log_softmax(page["forward"](x, net)[-1], axis=1)
        assert -scores[np.arange(len(y)), y].mean() > np.log(10)


def test_the_slope_of_the_loss_is_its_central_difference(page, rng, slope):
    scores, target = rng.normal(size=(1, 10)), page["target"]
    found = page["softmax"](scores) - page["y"]
    expected = slope(lambda z: page["loss_of"](z, target), scores)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-8)


def test_the_first_slope_is_minus_nine_tenths_and_a_tenth(page):
    expected = np.full(10, 0.1) - np.eye(10)[page["target"]]
    np.testing.assert_allclose(page["slope"], expected, rtol=0, atol=1e-12)


def test_a_step_against_the_slope_lowers_the_loss(page):
    assert 0.1 < page["stepped"] < page["chance"] - 0.1


def test_only_layers_are_missed_at_inference(page):
    # ReLU and pooling are layers that learn nothing, and the network needs them
    assert page["whole"] > 0.95
    assert max(page["linear"], page["corner"]) < page["whole"] - 0.05
    scores = page["forward"](page["unseen"], page["net"])[-1]
    chosen = special.softmax(scores, axis=1).argmax(axis=1)
    assert (chosen == scores.argmax(axis=1)).all()


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
    assert page["colour_sum"] == 224 + 1168 + 10_250
    assert page["bare_sum"] == 80 + 1168 + 10_250
    assert page["busy_sum"] == 4608 + 73_728 + 10_240
    assert page["largest"] == (1500 - 80 - 10) // (73 + 40)
    assert page["quarter"] == pytest.approx(np.log(4), abs=1e-12)
