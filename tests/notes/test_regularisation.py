"""The page on regularisation, against closed forms and scipy."""

import numpy as np
import pytest
from scipy import optimize, special, stats

PAGE = "training/regularisation"


def test_a_decayed_weight_is_at_the_minimum(page):
    for h, a, strength in ((10, 2, 0.5), (1, 2, 0.5), (0.1, 2, 0.5), (3, -4, 1)):
        found = optimize.minimize_scalar(
            lambda w: h * (w - a) ** 2 / 2 + strength * w**2 / 2  # noqa: B023
        )
        assert page["decayed"](h, a, strength) == pytest.approx(found.x, abs=1e-6)


def test_the_decayed_fit_is_the_minimum_of_error_and_penalty(page):
    train, y = page["train"], page["y"]

    def loss(w):
        return page["error"](train, w, y) / 2 + 0.2 * (w @ w) / 2

    found = optimize.minimize(loss, np.zeros(12), tol=1e-10)
    assert page["fit"](0.2) == pytest.approx(found.x, abs=1e-4)


def test_decay_trades_training_error_for_a_better_curve(page):
    assert (np.diff(page["errors"]) > 0).all()
    assert 0 < page["chosen"] < len(page["strengths"]) - 1
    assert page["new_errors"][page["chosen"]] < page["new_errors"][0] / 2
    norms = [np.linalg.norm(w) for w in page["fits"]]
    assert (np.diff(norms) < 0).all()


def test_the_validation_set_chooses_and_the_truth_does_not(page):
    found = [
        np.mean((page["cosines"](page["valid_x"]) @ w - page["valid_y"]) ** 2) for w in page["fits"]
    ]
    assert page["chosen"] == int(np.argmin(found))
    assert page["chosen"] != int(page["new_errors"].argmin())  # it could have been another


def test_choosing_by_validation_helps_in_most_draws_of_the_noise(page):
    free, chosen, best = page["many"].T
    assert (best <= chosen).all()
    assert page["helped"] == (chosen < free).sum() > 75


def test_gradient_descent_overfits_after_its_best_step(page):
    assert (np.diff(page["history"]) < 0).all()
    assert page["back_to"] == int(np.argmin(page["valid_history"]))
    assert 0 < page["back_to"] < 60
    assert page["new_history"][-1] > 2 * page["new_history"][page["back_to"]]


def test_gradient_descent_follows_its_closed_form(page):
    """w after n steps of least squares: (1 - (1 - rate · s²)^n) / s along each singular vector."""
    u, s, vt = np.linalg.svd(page["train"] / np.sqrt(15), full_matrices=False)
    grown = (1 - (1 - 0.04 * s**2) ** 301) / s
    assert page["w"] == pytest.approx(vt.T @ (grown * (u.T @ page["y"] / np.sqrt(15))))


def test_patience_counts_measurements_since_the_best(page):
    best_step = page["best_step"]
    assert best_step([5, 4, 3, 4, 5, 2], patience=2) == (4, 2)
    assert best_step([5, 4, 3, 4, 5, 2], patience=3) == (5, 5)
    assert best_step([3, 2, 1], patience=1) == (2, 2)


def test_shifted_training_images_help_on_shifted_tests(page):
    images, centred, moved = page["table"].T
    assert images.tolist() == [15, 135, 375]
    assert (np.diff(page["draws"][:, :, 2], axis=1) > 0).all()  # in each of five draws
    assert moved[0] + 0.1 < moved[1] < moved[2]
    assert moved[2] > 0.9
    assert min(centred) > 0.9


def test_shifts_keep_every_pixel(page):
    picture = page["pictures"][0]
    moved = page["shift"](picture, 2, -2)
    assert moved.sum() == picture.sum()
    assert np.array_equal(moved[2:, :-2], picture[:-2, 2:])


def test_mirrored_strokes_are_no_better_than_a_coin(page):
    assert page["plain"] > 0.9
    assert page["mirrored"] == pytest.approx(0.5, abs=0.12)


def test_smoothed_losses_mix_the_label_with_chance(page):
    z = np.array([2.0, 1.0, 0.1])
    log_p = special.log_softmax(z)
    assert page["hard"] == pytest.approx(-log_p[0])
    assert page["soft"] == pytest.approx(-0.9 * log_p[0] - 0.1 * log_p.mean())


def test_the_best_distance_and_what_is_left_of_the_loss(page):
    q = page["q"]
    assert q.sum() == pytest.approx(1)
    assert (q[0], q[1]) == pytest.approx((0.91, 0.01))
    assert page["gap"] == pytest.approx(np.log(91))
    assert page["left"] == pytest.approx(stats.entropy(q))
    found = optimize.minimize_scalar(
        lambda g: page["smoothed_loss"](np.append(g, np.zeros(9)), 0, 0.1)
    )
    assert found.x == pytest.approx(page["gap"], abs=1e-5)
    assert found.fun == pytest.approx(page["left"])


def test_the_answers_to_the_exercises(page):
    assert page["one_weight"] == 3
    assert page["shrink"] == pytest.approx(0.9048, abs=5e-5)
    assert page["four"].tolist() == pytest.approx([0.05, 0.05, 0.85, 0.05])
    assert page["crops"] == 162
    assert page["stop_at"] == (4, 2)
    assert page["no_label"] == pytest.approx(page["flat_loss"])


def test_one_number_means_several_penalties(page):
    """λ w² beside a sum of N squares is the λ/2 w² beside a mean of half squares at λ/N."""
    x, y = page["train"], page["y"]

    def loss(w):
        return ((x @ w - y) ** 2).sum() + 4.5 * (w @ w)

    found = optimize.minimize(loss, np.zeros(12), tol=1e-12)
    assert page["fit"](0.3) == pytest.approx(found.x, abs=1e-4)
    assert page["summed"](0.3) != pytest.approx(found.x, abs=1e-2)


def test_dropout_keeps_the_mean_and_adds_a_quarter_of_variance(page):
    assert page["mean_out"] == pytest.approx(1)
    assert page["var_out"] == pytest.approx(0.25)
    kept = stats.bernoulli(0.8)
    assert page["var_out"] == pytest.approx(kept.var() / 0.8**2)
    assert set(np.unique(page["sample"])) == {0.0, 1.25}
    x = np.arange(3.0)
    assert page["dropout"](x, 0.5, np.random.default_rng(0), train=False) is x


def test_scaling_in_training_and_at_inference_scales_twice(page):
    assert page["doubly"] == pytest.approx(0.8)
    assert page["bare"].mean() == pytest.approx(page["unscaled"], abs=0.01)


def test_three_dropouts_let_half_of_the_numbers_through(page):
    assert page["survivors"] == pytest.approx(stats.binom.pmf(3, 3, 0.8))


def test_an_l1_penalty_has_its_minimum_where_scipy_finds_it(page):
    for a in (2, 0.7, 0.3, -1.5):
        found = optimize.minimize_scalar(
            lambda w: (w - a) ** 2 / 2 + 0.5 * abs(w),  # noqa: B023
            bounds=(-4, 4),
            method="bounded",
            options={"xatol": 1e-9},
        )
        assert page["with_l1"](a, 0.5) == pytest.approx(found.x, abs=1e-5)
    assert page["lasso"] == [1.5, 0]
    assert page["ridge"] == pytest.approx([4 / 3, 0.2])


def test_thinned_networks_average_to_the_whole_one(page):
    assert len({tuple(mask) for mask in page["masks"].tolist()}) == 8
    assert page["thinned"].mean() == pytest.approx(2 * 1 - 1 * 4 + 3 * 2)
    assert np.ptp(page["thinned"]) > 1
