"""Words and history: the functions against scipy, the counts against the arrays of the papers."""

import numpy as np
import pytest
from scipy import signal, special

PAGE = "exam/words"


def test_softplus_swish_and_prelu_are_those_of_scipy_and_of_their_definitions(page):
    x = np.linspace(-30, 30, 241)
    np.testing.assert_allclose(page["softplus"](x), -special.log_expit(-x), rtol=1e-12)
    for beta in (0, 0.5, 1, 3):
        np.testing.assert_allclose(page["swish"](x, beta), x * special.expit(beta * x), rtol=1e-12)
    for a in (0.01, 0.25, 0.9):
        expected = [value if value > 0 else a * value for value in x]
        np.testing.assert_allclose(page["prelu"](x, a), expected, rtol=1e-12)


def test_softplus_is_farthest_from_relu_at_zero(page):
    assert page["above"].max() == pytest.approx(np.log(2))
    assert page["above"].argmax() == 20


def test_a_large_beta_comes_near_relu(page):
    x = np.linspace(-4, 4, 41)
    assert page["nearly"] == pytest.approx(np.abs(x * special.expit(50 * x) - x.clip(0)).max())
    assert page["nearly"] < 0.01


def test_the_cells_are_a_filter_and_a_maximum(page):
    kernel = np.array([[-1, 2, -1]] * 3)
    for column in range(9):
        image = page["bar"](column)
        answers = np.maximum(signal.correlate2d(image, kernel, "valid"), 0)
        assert page["simple"](image) == answers[3, 3]
        assert page["complex_cell"](image) == answers[3].max()


def test_the_complex_cell_is_invariant_where_the_simple_cell_is_not(page):
    assert page["one"].tolist() == [0, 0, 0, 0, 6, 0, 0, 0, 0]
    assert page["all_of_it"][1:-1].tolist() == [6] * 7
    assert page["lying"] == [0, 0]


def test_the_network_of_1989_holds_what_its_paper_prints(page):
    """As in the arrays of github.com/karpathy/lecun1989-repro: biases are not shared."""
    weights = [np.empty(shape) for shape in [(12, 1, 5, 5), (12, 8, 5, 5), (192, 30), (30, 10)]]
    biases = [np.empty(shape) for shape in [(12, 8, 8), (12, 4, 4), (30,), (10,)]]
    held = [w.size + b.size for w, b in zip(weights, biases, strict=True)]
    assert page["own"] == held == [1068, 2592, 5790, 310]
    assert sum(held) == 9760
    assert page["no_sharing"] == 64_660  # the paper's connections
    shared = sum(w.size for w in weights) + 12 + 12 + 30 + 10
    assert sum(page["as_today"]) == shared != 9760


def test_pooling_by_a_maximum_has_nothing_to_learn(page):
    """12 and 32 trainable parameters, as the paper prints for S2 and S4; a maximum has none."""
    assert page["learned"] == {"S2": 12, "S4": 32}
    assert page["added"] == np.mean(page["window"]) != page["window"].max()


def test_the_scaled_tanh_keeps_one(page):
    assert page["squashed"] == pytest.approx(1, abs=1e-4)


def test_events_stand_in_order(page):
    years = [year for year, _ in page["events"]]
    assert years == sorted(years)
    assert (len(years), page["early"], page["late"]) == (14, 6, 7)


def test_the_exercises_have_their_answers(page):
    assert page["silu_two"] == pytest.approx(2 / (1 + np.exp(-2)))
    assert page["half_beta"] == pytest.approx(2 / (1 + np.exp(-1)))
    assert page["softplus_minus"] == pytest.approx(np.log(1 + np.exp(-2)))
