"""The page on the trained network: thresholds of its results, and its rivals against scipy."""

import numpy as np
import pytest
from scipy.ndimage import shift as moved_by_scipy
from scipy.spatial.distance import cdist

PAGE = "training/trained-network"


def test_the_network_is_the_one_of_the_training_run(page, namespace):
    there = namespace("training/training-run")
    assert all(page["weights"][name] is there["weights"][name] for name in there["weights"])
    assert page["plain"]["CNN"] == there["curves"][-1, 3]


def test_all_methods_are_good_on_images_that_stay(page):
    plain = page["plain"]
    assert plain["CNN"] > 0.95
    assert plain["nearest neighbour"] > 0.97
    assert plain["MLP"] > 0.96
    assert plain["logistic regression"] > 0.93


def test_nearest_neighbour_is_what_scipy_says(page):
    some = page["x_test"][:100]
    apart = cdist(some.reshape(100, -1), page["known"], "sqeuclidean")
    assert (page["nearest"](some) == page["y"][apart.argmin(axis=1)]).all()


@pytest.mark.parametrize("by", [(0, 1), (0, -1), (-1, 0), (1, 0), (2, -3)])
def test_a_shift_is_what_scipy_says(page, by):
    some = page["x_test"][:3]
    np.testing.assert_allclose(page["shift"](some, *by), moved_by_scipy(some, (0, 0, *by), order=0))


def test_every_method_loses_by_a_shift_and_the_cnn_least_of_the_trained(page):
    after = page["after"]
    for name in page["methods"]:
        assert after[name] < page["plain"][name] - 0.1
    assert after["CNN"] > max(after["MLP"], after["logistic regression"])


def test_the_confusion_matrix_counts_every_test_image_once(page):
    confusion = page["confusion"]
    assert confusion.sum() == len(page["y_test"]) == 450
    assert (confusion.sum(axis=1) == np.bincount(page["y_test"], minlength=10)).all()


def test_the_rivals_have_their_counts(page):
    assert page["sizes"]["CNN"] == 1898
    assert page["sizes"]["logistic regression"] == 650
    assert page["sizes"]["MLP"] == 64 * 64 + 64 + 650
