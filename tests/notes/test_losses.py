"""The page on likelihood and losses: functions against scipy, numbers by counting."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import special, stats


@pytest.fixture(scope="module")
def page(namespace: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    return namespace("nonlinearity/losses")


def test_the_likelihood_of_a_coin_is_largest_at_the_share_of_heads(page: dict[str, Any]) -> None:
    binomial = stats.binom.pmf(7, 10, page["p"]) / math.comb(10, 7)
    np.testing.assert_allclose(page["likelihood"], binomial, rtol=1e-10)
    assert page["best"] == pytest.approx(0.7)
    assert page["lowest"] == pytest.approx(stats.bernoulli(0.7).entropy(), rel=1e-12)


def test_the_divergence_is_that_of_scipy_and_zero_times_log_zero_is_zero(
    page: dict[str, Any],
) -> None:
    rng = np.random.default_rng(3)
    q, p = rng.dirichlet(np.ones(5), size=(2, 20))
    q[:4, 0] = 0
    expected = special.rel_entr(q, p).sum(axis=-1)
    np.testing.assert_allclose(page["kl_divergence"](q, p), expected, rtol=1e-12)
    assert page["forth"] == pytest.approx(stats.entropy([0.7, 0.2, 0.1], [0.5, 0.3, 0.2]))
    assert page["back"] == pytest.approx(stats.entropy([0.5, 0.3, 0.2], [0.7, 0.2, 0.1]))
    assert page["crossed"] == pytest.approx(page["own"] + page["forth"])


def test_binary_cross_entropy_is_the_logarithm_of_the_logistic_function(
    page: dict[str, Any],
) -> None:
    z, y = np.meshgrid(np.linspace(-800, 800, 41), np.linspace(0, 1, 11))
    expected = -y * special.log_expit(z) - (1 - y) * special.log_expit(-z)
    np.testing.assert_allclose(page["binary_cross_entropy"](z, y), expected, rtol=1e-12)
    assert page["wrong_sure"] == pytest.approx(math.log(1 + math.exp(2)))
    assert page["many_labels"].sum() == pytest.approx(
        2 * math.log(1 + math.exp(-3)) + math.log(1 + math.exp(-4))
    )


def test_the_hinge_adds_up_what_each_wrong_class_lacks(page: dict[str, Any]) -> None:
    rng = np.random.default_rng(4)
    for z in rng.normal(scale=2, size=(30, 6)):
        for true in range(6):
            by_hand = 0.0
            for k in range(6):
                if k != true:
                    by_hand += max(0.0, z[k] - z[true] + 1)
            assert page["hinge_loss"](z, true) == pytest.approx(by_hand, abs=1e-12)
    assert page["exercise"] == pytest.approx(0.5 + 3.0)


def test_the_mean_over_the_classes_is_a_third_of_the_sum(page: dict[str, Any]) -> None:
    # torch 2.13: MultiMarginLoss()(tensor([[2, 1.5, -1]]), tensor([0])) is 0.1667
    assert page["mean_over_classes"] == pytest.approx(0.1667, abs=5e-5)
    assert page["mean_over_classes"] != page["hinge_loss"](page["scores"], 0)


def test_squares_of_probabilities_are_flat_where_the_answer_is_most_wrong(
    page: dict[str, Any],
) -> None:
    p = special.expit(-3.975)  # the middle of the first step in the figure
    by_calculus = (1 - p) / (2 * p * (1 - p) ** 2)
    assert page["slower"] == pytest.approx(by_calculus, rel=2e-3)
    assert page["slower"] > 10


def test_precision_and_recall_are_counts(page: dict[str, Any]) -> None:
    rng = np.random.default_rng(5)
    said, truth = rng.random((2, 500)) < 0.3
    hits = sum(1 for a, b in zip(said, truth, strict=True) if a and b)
    called = sum(1 for a in said if a)
    positive = sum(1 for b in truth if b)
    assert page["precision_recall"](said, truth) == pytest.approx((hits / called, hits / positive))
    nothing = page["precision_recall"](np.zeros(3, bool), np.ones(3, bool))
    assert math.isnan(nothing[0])
    assert nothing[1] == 0


def test_the_eights_of_the_test_digits_are_counted_one_by_one(page: dict[str, Any]) -> None:
    probabilities = np.exp(page["given"])
    truth = page["truth"]
    hits = false = missed = 0
    for row, digit in zip(probabilities, truth, strict=True):
        says = row[8] > 0.5
        hits += bool(says and digit == 8)
        false += bool(says and digit != 8)
        missed += bool(not says and digit == 8)
    assert page["at_half"] == pytest.approx((hits / (hits + false), hits / (hits + missed)))
    assert page["f1"] == pytest.approx(2 * hits / (2 * hits + false + missed))
    for k, share in zip((1, 2, 5), page["top"], strict=True):
        among = [
            digit in np.argsort(-row)[:k] for row, digit in zip(probabilities, truth, strict=True)
        ]
        assert share == pytest.approx(np.mean(among))


def test_the_detector_of_the_exercise(page: dict[str, Any]) -> None:
    assert page["exact"] == pytest.approx(0.986)
    assert (page["precise"], page["recalled"]) == pytest.approx((0.4, 0.8))
    assert page["harmonic"] == pytest.approx(8 / 15)


def test_smoothed_labels_cannot_cost_less_than_their_entropy(page: dict[str, Any]) -> None:
    assert page["floor_smooth"] == pytest.approx(stats.entropy([0.91] + [0.01] * 9))
