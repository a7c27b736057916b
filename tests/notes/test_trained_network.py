"""The page on the trained network: thresholds of its results, and its rivals against scipy."""

import numpy as np
import pytest
from scipy import stats
from scipy.ndimage import shift as moved_by_scipy
from scipy.spatial.distance import cdist

PAGE = "training/trained-network"


def test_the_network_is_the_one_of_the_training_run(page, namespace):
    there = namespace("training/training-run")
    assert all(page["weights"][name] is there["weights"][name] for name in there["weights"])
    assert page["right"]["CNN"][0].mean() == there["curves"][-1, 3]
    assert (page["right"]["CNN"] == there["five_right"]).all()


def test_all_methods_are_good_on_images_that_stay(page):
    plain = page["plain"]
    assert plain["CNN"] > 0.95
    assert plain["nearest neighbour"] > 0.97
    assert plain["MLP, 25 hidden"] > 0.96
    assert plain["MLP, 64 hidden"] > 0.96
    assert plain["logistic regression"] > 0.93


def test_nearest_neighbour_is_what_scipy_says(page):
    some = page["x_test"][:100]
    apart = cdist(some.reshape(100, -1), page["x"].reshape(-1, 64), "sqeuclidean")
    assert (page["nearest"](some)[0] == page["y"][apart.argmin(axis=1)]).all()


def test_the_sign_test_is_that_of_scipy(page):
    rng = np.random.default_rng(0)
    for bias in (0.1, 0.3, 0.5):
        one, other = rng.random(60) < 0.5, rng.random(60) < bias
        first, second, p = page["sign_test"](one, other)
        assert p == pytest.approx(stats.binomtest(first, first + second).pvalue)
    assert page["nine_to_one"] == (9, 1, pytest.approx(22 / 1024))


def test_dense_networks_have_the_gradients_that_are_measured(page):
    rng = np.random.default_rng(1)
    nets = {
        "w1": rng.normal(size=(2, 5, 64)) / 8,
        "b1": rng.normal(size=(2, 5)),
        "w2": rng.normal(size=(2, 3, 5)),
        "b2": rng.normal(size=(2, 3)),
    }
    x, d = rng.random((2, 1, 4, 8, 8)), rng.normal(size=(2, 4, 3))
    _, memory = page["dense_forward"](nets, x)
    found = page["dense_backward"](nets, memory, d)
    for name, part in nets.items():
        for _ in range(10):
            place = tuple(rng.integers(part.shape))
            sides = []
            for h in (1e-6, -1e-6):
                part[place] += h
                sides.append((d * page["dense_forward"](nets, x)[0]).sum())
                part[place] -= h
            assert (sides[0] - sides[1]) / 2e-6 == pytest.approx(found[name][place], abs=1e-6)


@pytest.mark.parametrize("by", [(0, 1), (0, -1), (-1, 0), (1, 0), (2, -3)])
def test_a_shift_is_what_scipy_says(page, by):
    some = page["x_test"][:3]
    np.testing.assert_allclose(page["shift"](some, *by), moved_by_scipy(some, (0, 0, *by), order=0))


def test_every_method_loses_by_a_shift_and_the_cnn_least_of_the_trained(page):
    after = page["after"]
    for name in page["methods"]:
        assert after[name] < page["plain"][name] - 0.1
    trained = ("MLP, 25 hidden", "MLP, 64 hidden", "logistic regression")
    assert after["CNN"] > max(after[name] for name in trained)


def test_the_cnn_beats_the_matched_mlp_on_moved_images_for_every_seed(page):
    for seed in range(5):
        one, other = (page["on_moved"][name][0, seed] for name in ("CNN", "MLP, 25 hidden"))
        assert (one & ~other).sum() > (other & ~one).sum()
    assert page["least_sure"] < 0.01


def test_moved_images_in_the_training_mend_the_cnn_for_every_seed(page):
    before = page["on_moved"]["CNN"].mean(axis=(0, 2))
    now = page["new_moved"]["CNN"].mean(axis=(0, 2))
    assert (now > before + 0.2).all()
    assert page["new_right"]["CNN"].mean(axis=1).min() > 0.93
    assert page["new_after"]["CNN"] > page["new_after"]["MLP, 25 hidden"] + 0.05


def test_a_jiggle_moves_each_image_by_at_most_one_pixel(page):
    some = page["x_test"][:50, 0]
    out = page["jiggled"](some, np.random.default_rng(2))
    moved = [moved_by_scipy(some, (0, i, j), order=0) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    hits = np.array([np.abs(out - each).max(axis=(1, 2)) < 1e-12 for each in moved])
    assert hits.any(axis=0).all()
    assert (hits.sum(axis=1) > 0).all()


def test_the_confusion_matrix_counts_every_test_image_once(page):
    confusion = page["confusion"]
    assert confusion.sum() == len(page["y_test"]) == 450
    assert (confusion.sum(axis=1) == np.bincount(page["y_test"], minlength=10)).all()


def test_the_rivals_have_their_counts(page):
    assert page["sizes"]["CNN"] == 1898
    assert page["sizes"]["logistic regression"] == 650
    assert page["sizes"]["MLP, 25 hidden"] == 64 * 25 + 25 + 25 * 10 + 10
    assert page["sizes"]["MLP, 64 hidden"] == 64 * 64 + 64 + 650
    assert page["wide"] == 6090
