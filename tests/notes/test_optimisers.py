"""The page on optimisers: its rules against formulas written out, and its valley against theory."""

import math

import numpy as np
import pytest

PAGE = "training/optimisers"


@pytest.mark.parametrize(
    ("rule", "weights"),
    [  # made with torch.optim 2.13
        ("sgd", [0.8, 0.64, 0.512]),
        ("momentum", [0.8, 0.46, 0.062]),
        ("nesterov", [0.62, 0.2224, -0.108352]),
        ("rmsprop", [0.683772, 0.498871, 0.369181]),
        ("adam", [0.9, 0.800412, 0.701586]),
        ("adamw", [0.89, 0.781572, 0.675101]),
    ],
)
def test_three_steps_on_a_square_are_those_of_torch(page, rule, weights):
    assert page["three"][rule] == pytest.approx(weights, abs=6e-7)


def test_look_ahead_nesterov_has_its_own_three_steps(page):
    assert page["look_ahead"] == pytest.approx([0.8, 0.496, 0.17792])


def test_steps_in_the_valley_are_the_known_ones(page):
    assert (page["at_04"], page["at_best"], page["with_momentum"]) == (161, 103, 30)


def test_steps_of_gradient_descent_follow_from_its_factors(page):
    """Loss after n steps: the sum of curvature · (1 - rate · curvature)^(2n) / 2."""
    for rate in (0.01, 0.04, 0.07, 1 / 13):
        n = page["steps_needed"](page["sgd"], rate=rate)
        losses = [sum(c * (1 - rate * c) ** (2 * k) for c in (1, 25)) / 2 for k in (n - 1, n)]
        assert losses[0] >= 1e-6 > losses[1]


def test_no_rate_shrinks_the_slower_direction_faster_than_the_best(page):
    slower = [
        max(abs(1 - r), abs(1 - 25 * r)) for r in (page["best"], *np.linspace(0.01, 0.08, 99))
    ]
    assert min(slower) == slower[0] == pytest.approx(12 / 13)
    assert page["at_075"] < page["at_best"]


def test_no_momentum_shrinks_the_slower_direction_faster_than_the_best(page):
    """The spectral radius of the step (w, v) -> (w, v), over a grid of rates and betas."""

    def slower(rate, beta):
        return max(
            abs(np.linalg.eigvals([[1 - rate * c, -rate * beta], [c, beta]])).max() for c in (1, 25)
        )

    rate, beta = page["best_momentum"].values()
    assert (rate, beta) == pytest.approx((1 / 9, 4 / 9))
    grid = [slower(r, b) for r in np.linspace(0.05, 0.15, 21) for b in np.linspace(0.2, 0.7, 21)]
    assert min(grid) >= slower(rate, beta) - 1e-6


def test_a_rate_of_081_diverges(page):
    heights = page["height"](page["too_large"])
    assert (np.diff(heights[20:]) > 0).all()
    assert page["steps_needed"](page["sgd"], limit=2000, rate=0.081) == math.inf


def test_without_correction_the_first_step_is_the_root_of_ten_too_long(page):
    assert page["uncorrected"] == pytest.approx(math.sqrt(10))


def test_momentum_is_a_sum_of_old_gradients(page):
    rng = np.random.default_rng(1)
    gradients = rng.normal(size=(6, 3, 2))
    w, state = np.zeros((3, 2)), {}
    for g in gradients:
        w, state = page["momentum"](w, g, state, rate=0.3, beta=0.8)
    velocities = [
        sum(0.8 ** (t - k) * gradients[k] for k in range(t + 1)) for t in range(len(gradients))
    ]
    assert np.allclose(w, -0.3 * sum(velocities))


def test_adam_averages_are_weighted_means_of_old_gradients(page):
    rng = np.random.default_rng(2)
    gradients = rng.normal(size=(7, 4))
    w, state = np.zeros(4), {}
    for g in gradients:
        before = w
        w, state = page["adam"](w, g, state, rate=0.05)
    first, second = (
        np.average(gradients**power, axis=0, weights=beta ** np.arange(7)[::-1])
        for power, beta in ((1, 0.9), (2, 0.999))
    )
    assert np.allclose(before - w, 0.05 * first / (np.sqrt(second) + 1e-8))


def test_a_penalty_does_not_change_adams_first_step_but_decay_does(page):
    penalties, apart = zip(*(page["first_step"](d) for d in (0, 0.1, 1)), strict=True)
    assert penalties == pytest.approx([0.9] * 3)
    assert apart == pytest.approx([0.9, 0.89, 0.8])


def test_batches_average_to_the_full_gradient(page):
    assert page["full"] == -3
    assert len(page["batches"]) == 6


def test_adam_needs_its_rate_chosen(page):
    assert max(page["adam_steps"]) > 20 * min(page["adam_steps"])
    assert min(page["adam_steps"]) > page["with_momentum"]


def test_the_answers_to_the_exercises(page):
    assert page["sgd_fast"][-1] == pytest.approx(0.75)
    assert page["edge"] == pytest.approx(0.05)
    assert page["terminal"] == pytest.approx(0.2)
    assert page["decayed"] == pytest.approx(1.988)
