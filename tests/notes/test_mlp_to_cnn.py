"""The page from MLP to CNN: its three layers and their counts against scipy and by enumeration."""

from itertools import combinations

import numpy as np
import pytest
from scipy import linalg, signal

PAGE = "orientation/mlp-to-cnn"


@pytest.fixture
def rng():
    return np.random.default_rng(1)


def test_a_photograph_to_a_thousand_neurons_takes_150_million(page):
    assert page["photo"] == 150_529_000


def test_112_of_2016_pairs_of_pixels_are_neighbours(prose):
    pairs = list(combinations(np.ndindex(8, 8), 2))
    near = [(a, b) for a, b in pairs if abs(a[0] - b[0]) + abs(a[1] - b[1]) == 1]
    said = prose(PAGE)
    assert said["64 * 63 // 2"] == f"{len(pairs):,}" == "2,016"
    assert said["2 * 8 * 7"] == str(len(near)) == "112"


def test_the_convolution_is_scipys_correlation(page, rng):
    x, w = rng.normal(size=11), rng.normal(size=4)
    expected = signal.correlate(x, w, mode="valid") + 0.5
    np.testing.assert_allclose(page["convolution"](x, w, 0.5), expected, rtol=0, atol=1e-12)


def test_the_locally_connected_layer_is_a_dot_product_for_each_window(page, rng):
    x, w, b = rng.normal(size=7), rng.normal(size=(5, 3)), rng.normal(size=5)
    expected = [x[i : i + 3].dot(w[i]) + b[i] for i in range(5)]
    np.testing.assert_allclose(page["locally_connected"](x, w, b), expected, rtol=0, atol=1e-12)


def test_the_fully_connected_layer_is_a_matrix_product(page, rng):
    x, w, b = rng.normal(size=6), rng.normal(size=(4, 6)), rng.normal(size=4)
    expected = np.einsum("ij,j->i", w, x) + b
    np.testing.assert_allclose(page["fully_connected"](x, w, b), expected, rtol=0, atol=1e-12)


def test_the_shared_band_is_a_toeplitz_matrix(page):
    first = [*page["kernel"], 0, 0]
    expected = linalg.toeplitz([first[0], 0, 0], first)
    np.testing.assert_array_equal(page["shared"], expected)


def test_cutting_and_sharing_leave_18_then_12_then_4_numbers(page):
    assert page["free"] == {"full": 18, "local": 12, "shared": 4}


def test_the_three_layers_hold_448_and_458752_and_50348032(page):
    assert (page["conv"], page["local"], page["full"]) == (448, 458_752, 50_348_032)


def test_the_counts_are_those_of_the_arrays_that_a_layer_holds(page):
    side, c_in, c_out, k = 4, 2, 3, 3
    kernel = np.zeros((c_out, c_in, k, k))
    own = np.zeros((c_out, side, side, c_in, k, k))
    full = np.zeros((c_out * side * side, c_in * side * side))
    biases = c_out * side * side
    window = k * k * c_in
    assert (window + 1) * c_out == kernel.size + c_out
    assert (window + 1) * c_out * side * side == own.size + biases
    assert page["full_parameters"](c_in * side * side, biases) == full.size + biases


def test_locality_divides_by_110_and_sharing_by_the_places(page, prose):
    assert prose(PAGE)["full / local"] == "110"
    assert page["local"] == page["conv"] * 32 * 32


def test_only_the_convolution_moves_with_its_input(page):
    errors = page["errors"]
    assert errors["convolution"] == 0
    assert min(errors["locally connected"], errors["fully connected"]) > 0.1


def test_a_shift_changes_the_convolution_and_not_its_global_maximum(page):
    assert not np.array_equal(page["before"], page["after"])
    assert page["before"].max() == page["one"].max() == page["after"].max()


def test_a_small_window_is_invariant_in_part(page):
    same = page["pool"](page["before"]) == page["pool"](page["one"])
    assert 0 < same.sum() < same.size


def test_the_exercises_have_their_answers(page):
    assert page["mnist"] == 78_500
    assert page["unshared"] == 26 * 24 * 24 == 14_976
    assert page["longer"] == 9
