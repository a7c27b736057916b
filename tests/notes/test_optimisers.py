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
    first, stays = zip(*page["adam_below"], strict=True)
    assert first[0] > 20 * first[2]
    assert max(stays) > 20 * min(stays)


def test_adam_with_a_fixed_rate_comes_back_above(page):
    """Follow Adam by its formulas, and look for the last step with a loss above 1e-6."""
    w, m, s, above = np.ones(2), np.zeros(2), np.zeros(2), []
    curvature = np.array([1.0, 25.0])
    for t in range(1, page["watched"] + 1):
        if (curvature * w**2).sum() / 2 >= 1e-6:
            above.append(t - 1)
        g = curvature * w
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        w = w - 0.1 * (m / (1 - 0.9**t)) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
    assert above.index(page["adam_first"][2] - 1) == page["adam_first"][2] - 1  # until then, all
    assert max(above) > 1000 < page["late"]


def test_steps_to_stay_are_those_after_the_last_one_above(page):
    """Gradient descent and momentum never come back; Adam at rate 0.1 does."""
    for rule, settings in (("sgd", {"rate": 0.04}), ("momentum", page["best_momentum"])):
        first, stays = page["below"](page[rule], **settings)
        assert first == stays
    first, stays = page["below"](page["adam"], rate=0.1)
    assert first < stays


def test_the_rates_at_the_top_do_what_their_factors_say(page):
    for rate, end in zip(page["chosen_rates"], page["ends"], strict=True):
        expected = sum(c * (1 - rate * c) ** 200 for c in (1, 25)) / 2
        assert end == pytest.approx(expected, rel=1e-6)


def test_whether_the_first_step_is_too_long_depends_on_the_betas(page):
    assert page["uncorrected"] == pytest.approx(math.sqrt(10))
    assert page["other_betas"] == pytest.approx(1 / math.sqrt(10))


def test_the_paper_and_torch_mean_another_lambda(page):
    assert page["by_paper"] == pytest.approx(0.89)  # torch's AdamW with weight_decay 0.1
    assert page["same_number"] == pytest.approx(0.8)


def test_the_answers_to_the_exercises(page):
    assert page["sgd_fast"][-1] == pytest.approx(0.75)
    assert page["edge"] == pytest.approx(0.05)
    assert page["terminal"] == pytest.approx(0.2)
    assert page["decayed"] == pytest.approx(1.988)
    assert page["bug"] == pytest.approx(page["three"]["sgd"][-1])
    assert page["w"] == pytest.approx(page["three"]["momentum"][-1])
    assert page["room"]["momentum"] < 256 < page["room"]["Adam"]
    assert page["up_and_down"] == [1, -1, 1, -1]


def test_adagrad_divides_by_the_root_of_all_squares_so_far(page):
    second = 0.9 - 0.1 * 1.8 / math.sqrt(2**2 + 1.8**2)
    third = second - 0.1 * 2 * second / math.sqrt(2**2 + 1.8**2 + (2 * second) ** 2)
    assert page["sum_path"] == pytest.approx([0.9, second, third])


def test_a_saddle_is_left_by_a_tenth_of_the_distance_in_each_step(page):
    assert page["left_after"] == math.ceil(math.log(1e6) / math.log(1.1))
