"""The page on initialisation and schedules, against theory."""

import math

import numpy as np
import pytest
from scipy import signal, stats

PAGE = "training/initialisation"


def test_the_he_standard_deviation_of_a_3_by_3_convolution_on_64_channels(page):
    assert page["n"] == 576
    assert page["he_std"](576) == pytest.approx(0.058926, abs=5e-7)


def test_he_keeps_the_signal_and_lecun_loses_it_by_the_root_of_two_a_layer(page):
    """The mean square of ReLU of a normal signal with mean square 2 is 1."""
    assert page["draws"][:, 1] == pytest.approx(np.ones(5), rel=0.1)
    assert 0.5 < page["draws"].min() < 1 < page["draws"].max() < 2
    assert page["he"] / page["lecun"] == pytest.approx(np.sqrt(2) ** np.arange(21))
    again = page["sizes_of"](4, 0)
    assert page["large"] == pytest.approx(again)
    assert 4e-4 < page["lecun"][-1] < 2e-3


def test_fan_out_is_what_keeps_a_gradient(page):
    """Weights of variance 1 / (k² · C_out) keep the mean square on the way back, inside."""
    rng = np.random.default_rng(6)
    c_in, c_out, k = 16, 32, 3
    w = rng.normal(size=(c_out, c_in, k, k)) / math.sqrt(page["fan_in"](c_out, k))
    dy = rng.normal(size=(c_out, 40, 40))
    dx = [
        sum(signal.convolve2d(dy[o], w[o, c], "valid") for o in range(c_out)) for c in range(c_in)
    ]
    assert np.mean(np.square(dx)) == pytest.approx(1, rel=0.1)
    assert page["n_out"] == 1152
    assert page["glorot"] == pytest.approx(math.sqrt(2 / (576 + 1152)))


def test_neurons_with_equal_weights_have_equal_gradients(page):
    assert np.ptp(page["equal"], axis=0) == pytest.approx([0, 0])
    assert page["equal"].any()
    assert np.ptp(page["random"], axis=0).min() > 0.01


def test_random_weights_on_the_way_out_alone_tell_neurons_apart(page):
    assert np.ptp(page["untied"], axis=0).min() > 0.01


def test_hidden_gradients_are_those_of_central_differences(page):
    rng = np.random.default_rng(5)
    w1, w2, x = rng.normal(size=(4, 2)), rng.normal(size=4), np.array([1.0, -2.0])
    found = page["hidden_gradient"](w1, w2)
    for place in np.ndindex(4, 2):
        h = np.zeros((4, 2))
        h[place] = 1e-6
        up, down = ((w2 @ np.tanh((w1 + s * h) @ x) - 1) ** 2 / 2 for s in (1, -1))
        assert found[place] == pytest.approx((up - down) / 2e-6, abs=1e-7)


def test_the_cosine_over_ten_steps(page):
    rates = page["rates"]
    assert rates[:3] == pytest.approx([0.1, 0.097553, 0.090451], abs=5e-7)
    assert rates[10] == pytest.approx(0, abs=1e-15)
    assert rates + rates[::-1] == pytest.approx(np.full(11, 0.1))


def test_the_other_schedules(page):
    t = np.arange(100)
    found = page["steps"](t, 40)
    assert found[[0, 39, 40, 79, 80]] == pytest.approx([0.1, 0.1, 0.01, 0.01, 0.001])
    warm = page["warm_up"](t, 10, lambda t: page["cosine"](t, 90))
    assert np.diff(warm[:11]) == pytest.approx(np.full(10, 0.1 / 11))
    assert warm.argmax() == 10
    assert warm[10] == pytest.approx(0.1)


def test_the_answers_to_the_exercises(page):
    assert page["he_std"](page["first"]) == pytest.approx(0.11664, abs=5e-6)
    assert page["half"] == pytest.approx(0.341421, abs=5e-7)
    assert page["grouped"] == 144
    assert page["last_warm"] == pytest.approx(0.1 * 5 / 6)
    assert page["forgotten"] == 3
    assert page["grown"] == pytest.approx(1.5**10)


def test_a_gradient_vanishes_or_explodes_by_the_root_of_two_a_layer(page):
    """The mean square of a gradient falls by half at a ReLU and is multiplied by the gain."""
    for gain in (1, 2, 4):
        theory = math.sqrt(gain / 2) ** 20
        found = [page["way_back"](gain, seed) / theory for seed in range(5)]
        assert 0.3 < min(found) < max(found) < 3


def test_uniform_weights_have_glorots_standard_deviation(page):
    spread = stats.uniform(-page["widest"], 2 * page["widest"]).std()
    assert spread == pytest.approx(math.sqrt(2 / 400))
