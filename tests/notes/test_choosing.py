"""The page on choosing settings: chances, noise and the parts of an error, by other means."""

import numpy as np
import pytest
from scipy import stats

PAGE = "training/choosing"


def test_the_chance_of_a_hit_is_that_of_a_binomial(page, said):
    for share, runs in ((0.05, 9), (0.05, 60), (0.1, 4)):
        assert page["hit"](share, runs) == pytest.approx(stats.binom.sf(0, runs, share))
    assert page["by_grid"] == pytest.approx(3 * 0.05 / (1 - 0.05), abs=0.02)
    assert said["needed"] == "59"


def test_the_rate_matters_and_the_decay_does_not(page):
    assert page["by_decay"] < page["by_rate"] / 5
    assert page["lowest"] < page["best_rate"] < page["highest"]


def test_the_range_test_turns_not_far_from_the_best_rate(page):
    assert 1 / 10 < page["lowest_at"] / page["best_rate"] < 10
    assert page["falls_at"] < page["lowest_at"]


def test_the_gradient_of_each_image_is_that_of_the_network_alone(page, namespace):
    run = namespace("training/training-run")
    net = run["start"](np.random.default_rng(0))
    at = page["some"][:4]
    a = run["forward"](net, page["x"][at][:, None])
    grad, _ = run["backward"](net, a, run["cross_entropy_gradient"](a["scores"], page["y"][at]))
    flat = np.concatenate([grad[name].ravel() for name in page["grad"]])
    np.testing.assert_allclose(page["each"][:4].mean(axis=0), flat, atol=1e-5)


def test_the_noise_goes_with_one_over_the_root_of_the_batch(page):
    assert np.polyfit(np.log(page["batches"]), np.log(page["noise"]), 1)[0] == pytest.approx(
        -0.5, abs=0.05
    )


def test_folds_hold_every_image_once(page):
    parts = page["folds"](23, 5, np.random.default_rng(1))
    assert sorted(np.concatenate(parts)) == list(range(23))
    assert {len(part) for part in parts} == {4, 5}


def test_five_folds_are_nearer_to_the_truth_than_one_split(page):
    assert page["crossed"] < page["one_split"]
    assert 0.5 < page["redrawn"].min() < page["redrawn"].max() <= 1


def test_the_best_of_many_equal_settings_looks_too_good(page):
    """The mean of the largest of 30 binomials, from its distribution."""
    counts = np.arange(271)
    below = stats.binom.cdf(counts, 270, 0.95) ** 30
    expected = (counts * np.diff(below, prepend=0)).sum() / 270
    assert page["best_shown"] == pytest.approx(expected, abs=0.001)
    assert expected > 0.96


def test_bias_and_variance_are_those_of_theory(page):
    mean = np.sin(2 * np.pi * page["px"])
    for k in (1, 4, 12):
        exact = (mean[page["nearest"][:, :k]].mean(axis=1) - page["truth"]) ** 2
        assert page["bias"][k - 1] == pytest.approx(exact.mean(), abs=0.002)
        assert page["variance"][k - 1] == pytest.approx(0.4**2 / k, rel=0.15)


def test_the_answers_to_the_exercises(page):
    assert page["four_of_ten"] == pytest.approx(0.3439)
    assert (page["trainings"], page["by_ten"], page["quarter"]) == (20, 64, 2)
    assert page["rest"] == pytest.approx(0.13)
