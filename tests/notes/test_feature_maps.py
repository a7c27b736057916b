"""The page on filters and feature maps: its maps against scipy."""

import numpy as np
from scipy.signal import correlate2d

PAGE = "seeing/feature-maps"


def test_the_first_maps_are_what_scipy_says(page):
    weights = page["weights"]
    for f in range(8):
        answer = correlate2d(page["image"], weights["w1"][f, 0], mode="same") + weights["b1"][f]
        np.testing.assert_allclose(page["a"]["conv 1"][page["pick"], f], answer, atol=1e-12)


def test_maps_have_the_shapes_that_the_page_names(page):
    shapes = {name: part.shape[1:] for name, part in page["a"].items()}
    assert shapes["conv 1"] == (8, 8, 8)
    assert shapes["pool 1"] == (8, 4, 4)
    assert shapes["conv 2"] == (16, 4, 4)
    assert shapes["pool 2"] == (16, 2, 2)


def test_pooling_leaves_fewer_zeros_than_it_finds(page):
    silent = page["silent"]
    assert silent["pool 1"] < silent["relu 1"]
    assert silent["pool 2"] < silent["relu 2"]


def test_swapping_filters_changes_no_score(page):
    np.testing.assert_allclose(page["swapped"], page["a"]["scores"], atol=1e-9)


def test_most_maps_mix_digits(page):
    assert page["mixed"] >= 8
