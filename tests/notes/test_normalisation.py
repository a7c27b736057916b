"""The page on normalisation, against scipy, torch and central differences."""

import numpy as np
import pytest
from scipy import stats

PAGE = "training/normalisation"


def test_normalised_layers_forget_how_large_their_weights_began(page):
    for gain in (1, 4):
        theory = np.sqrt(gain / 2) ** np.arange(1, 21)
        assert page["plain"][gain] == pytest.approx(theory, rel=0.7)
    assert page["mended"][4][0] == pytest.approx(np.sqrt(0.5), rel=0.05)  # ReLU of a normal
    assert np.ptp(page["mended"][4]) < 0.05


def test_a_batch_of_four_is_normalised_as_known(page):
    assert page["by_hand"] == pytest.approx([-1.069, -0.5345, 0, 1.6036], abs=5e-5)
    assert page["by_hand"] == pytest.approx(stats.zscore([1, 2, 3, 6]))
    assert page["fed"] == pytest.approx(4.667, abs=5e-4)
    assert page["used"] == pytest.approx(3.5)


def test_batch_normalisation_gives_each_channel_mean_0_and_variance_1(page):
    rng = np.random.default_rng(3)
    x = 5 + 3 * rng.normal(size=(4, 3, 6, 7))
    running = page["fresh"](3)
    y = page["batch_norm"](x, np.full(3, 2.0), np.arange(3.0), running, train=True)
    assert y.mean(axis=(0, 2, 3)) == pytest.approx(np.arange(3.0))
    assert y.std(axis=(0, 2, 3)) == pytest.approx(np.full(3, 2.0), rel=1e-5)
    assert running["mean"] == pytest.approx(0.1 * x.mean(axis=(0, 2, 3)))
    assert running["var"] == pytest.approx(0.9 + 0.1 * x.var(axis=(0, 2, 3), ddof=1))


def test_at_inference_an_image_does_not_depend_on_its_neighbours(page):
    rng = np.random.default_rng(4)
    x, running = rng.normal(size=(4, 2, 3, 3)), {"mean": np.ones(2), "var": np.full(2, 4.0)}
    y = page["batch_norm"](x, np.ones(2), np.zeros(2), running, train=False)
    assert y == pytest.approx((x - 1) / 2, abs=1e-5)
    assert running["mean"] == pytest.approx([1, 1])


def test_normalisations_differ_in_their_axes(page):
    assert page["counts"] == {"batch": 6, "layer": 8, "instance": 8 * 6, "group": 8 * 3}


def test_a_folded_convolution_is_that_of_torch(page, vectors):
    torch = vectors("normalisation")
    running = {"mean": torch["mean"], "var": torch["var"]}
    found = page["fold_batch_norm"](torch["w"], torch["b"], torch["scale"], torch["shift"], running)
    assert found[0] == pytest.approx(torch["w_folded"])
    assert found[1] == pytest.approx(torch["b_folded"])
    assert (page["one_w"].item(), page["one_b"].item()) == (0.5, 0.5)


def test_group_normalisation_is_that_of_torch(page, vectors):
    torch = vectors("normalisation")
    scale, shift = torch["six_scale"], torch["six_shift"]
    for groups in (1, 2, 3, 6):
        found = page["group_norm"](torch["x"], groups, scale, shift)
        assert found == pytest.approx(torch[f"group_{groups}"], abs=1e-12)
    whole = page["group_norm"](torch["x"], 1, np.ones(6), np.zeros(6))
    assert whole == pytest.approx(torch["layer"], abs=1e-12)
    each = page["group_norm"](torch["x"], 6, np.ones(6), np.zeros(6))
    assert each == pytest.approx(torch["instance"], abs=1e-12)


def test_an_image_in_training_depends_on_its_neighbour(page):
    assert page["moves"] > 0.5
    assert np.array_equal(*page["alone"])


def test_resnet_18_learns_this_many_numbers_in_its_normalisations(page):
    """Its convolutions without biases and its head hold the others: 11,689,512 in all."""
    blocks = [(64, 64, 1), (64, 128, 2), (128, 256, 2), (256, 512, 2)]
    weights = 3 * 64 * 49 + 512 * 1000 + 1000
    for c_in, c_out, stride in blocks:
        weights += 9 * c_in * c_out + 3 * 9 * c_out * c_out
        weights += c_in * c_out if stride > 1 else 0
    assert weights + page["learned"] == 11_689_512


def test_the_layer_can_undo_itself(page):
    own = page["own"]
    assert page["undone"] == pytest.approx(own)
    bare = page["batch_norm"](own, *page["flat"], page["fresh"](3), train=True)
    assert np.abs(bare - own).max() > 1


def test_the_figure_numbers_the_maps_that_share_a_mean(page):
    assert page["instance"].ravel().tolist() == list(range(1, 13))


def test_the_answers_to_the_exercises(page):
    assert page["pair_norm"].tolist() == [-1, 1]
    assert page["after_two"] == pytest.approx(0.95)
    assert page["single"] == 0
    assert page["most_groups"] == 32
    assert page["shifted"] == pytest.approx(10)


def test_standardised_images_make_a_rounder_valley(page):
    """Of two standardised inputs and a bias the curvatures are 1 + r, 1 - r and 1."""
    r = abs(stats.pearsonr(*page["raw"].T).statistic)
    assert page["after"] == pytest.approx((1 + r) / (1 - r))
    x = np.column_stack([page["raw"], np.ones(1000)])
    assert page["before"] == pytest.approx(np.linalg.cond(x) ** 2)
