"""The page from MLP to CNN: its three layers and their counts against scipy and by enumeration."""

from itertools import combinations

import numpy as np
import pytest
from scipy import linalg, signal, special, stats

PAGE = "orientation/mlp-to-cnn"


@pytest.fixture
def rng():
    return np.random.default_rng(1)


def test_a_photograph_to_a_thousand_neurons_takes_150_million(page):
    assert page["photo"] == 150_529_000


def test_one_such_layer_outweighs_the_published_count_of_vgg_16(page):
    assert page["vgg16"] == 138_357_544 < page["photo"]


def test_112_of_2016_pairs_of_pixels_are_neighbours(page):
    pairs = list(combinations(np.ndindex(8, 8), 2))
    near = [(a, b) for a, b in pairs if abs(a[0] - b[0]) + abs(a[1] - b[1]) == 1]
    assert page["pairs"] == len(pairs) == 2016
    assert page["neighbours"] == len(near) == 112


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
    assert prose(PAGE)["by_locality"] == "110"
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


@pytest.fixture
def small(rng, page):
    """Both networks in float64, with their inputs and labels."""
    x, y = rng.normal(size=(6, 12, 12)), rng.integers(10, size=6)
    nets = {}
    for name, view, shapes in [
        ("cnn", "as_windows", [(25, 3), (12, 10)]),
        ("mlp", "as_rows", [(144, 5), (5, 10)]),
    ]:
        net = [part.astype(float) for part in page["begin"](rng, *shapes)]
        net[1] += 0.1
        nets[name] = net, page[view](x)
    return x, y, nets


@pytest.mark.parametrize("name", ["cnn", "mlp"])
def test_the_slopes_of_both_networks_are_central_differences(page, small, slope, name):
    _, y, nets = small
    net, x = nets[name]

    def loss(part, i):
        scores = page[name]([*net[:i], part, *net[i + 1 :]], x)
        return -special.log_softmax(scores, axis=1)[np.arange(len(y)), y].mean()

    for i, found in enumerate(page[name](net, x, y)):
        expected = slope(lambda part, i=i: loss(part, i), net[i])
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-8)


def test_the_small_cnn_is_a_convolution_and_a_maximum_over_4_by_4(page, small):
    x, _, nets = small
    net, view = nets["cnn"]
    w1, b1, w2, b2 = net
    scores = page["cnn"](net, view)
    for image, found in zip(x, scores, strict=True):
        maps = [
            np.maximum(signal.correlate2d(image, k.reshape(5, 5), "valid") + b, 0)
            for k, b in zip(w1.T, b1, strict=True)
        ]
        pooled = [[m[r : r + 4, c : c + 4].max() for m in maps] for r in (0, 4) for c in (0, 4)]
        np.testing.assert_allclose(found, np.ravel(pooled) @ w2 + b2, rtol=0, atol=1e-12)


def test_shuffling_the_pixels_changes_nothing_for_an_mlp(page):
    rng = np.random.default_rng(0)
    x, y = page["scattered"](rng, np.arange(60))
    x = page["as_rows"](x).astype(float)
    rule = rng.permutation(144)
    net = [part.astype(float) for part in page["begin"](rng, (144, 7), (7, 10))]
    mixed = [net[0][rule], *net[1:]]
    plain = page["train"](page["mlp"], list(net), x, y, np.random.default_rng(1), epochs=3)
    moved = page["train"](page["mlp"], mixed, x[:, rule], y, np.random.default_rng(1), epochs=3)
    expected = page["mlp"](plain, x)
    np.testing.assert_allclose(page["mlp"](moved, x[:, rule]), expected, rtol=0, atol=1e-8)


def test_training_and_test_digits_are_not_the_same(page):
    for seed in range(page["seeds"]):
        order = np.random.default_rng(seed).permutation(1797)
        assert not set(order[: max(page["amounts"])]) & set(order[-600:])


def test_locality_and_sharing_pay_only_where_they_hold(page):
    cnn, wide, mixed = (page["right"][name] for name in ("CNN", "MLP, wide", "CNN, shuffled"))
    assert cnn.shape == (3, 5)
    assert (cnn - wide > 0.05).all()
    assert (mixed[-1] < wide[-1]).all()
    assert (cnn - mixed > 0.1).all()
    # each seed is on the same side, as in a binomial test
    assert page["by_luck"] == stats.binomtest(5, 5).pvalue


def test_the_matched_mlp_has_about_as_many_parameters(page):
    learned = page["learned"]
    assert learned["CNN"] == 26 * 16 + 65 * 10 == 1066
    assert learned["MLP, matched"] == 145 * 7 + 8 * 10 == 1095
    assert learned["MLP, wide"] == 145 * 128 + 129 * 10 == 19_850


def test_the_exercises_have_their_answers(page):
    assert (page["maps_local"], page["maps_conv"]) == (0, 10_000 // 26)
    assert page["mnist"] == 78_500
    assert page["unshared"] == 26 * 24 * 24 == 14_976
    assert page["longer"] == 9
