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


def test_swapping_only_half_of_a_pair_is_a_bug_that_shows(page):
    assert page["wrong_order"] < page["right"]


def test_most_maps_mix_digits(page):
    """Counted again, from the maps."""
    peaks = page["a"]["relu 2"].max(axis=(2, 3))
    mixed = 0
    for f in range(16):
        best = np.argsort(-peaks[:, f], kind="stable")[:9]
        mixed += len(set(page["y"][best].tolist())) > 1
    assert page["many"] == 9
    assert page["mixed"] == mixed > 8


def test_how_even_a_filter_is_lies_between_changes_and_a_blur(page):
    even = page["even"]
    assert even.shape == (8,)
    assert ((even >= 0) & (even <= 1)).all()
    by_hand = [abs(w.sum()) / abs(w).sum() for w in page["weights"]["w1"][:, 0]]
    np.testing.assert_allclose(even, by_hand)


def test_the_answers_to_the_exercises(page):
    assert page["narrow_maps"] * 40 + 10 <= 300 < page["narrow_maps"] * 40 + 50
    assert page["numbers"] == [512, 128, 256, 64]
    assert page["slices"] == 128
