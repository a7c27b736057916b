"""The page on gradient checks: its measured slopes, and the mistakes that they find."""

from typing import Any

import numpy as np
import pytest
from scipy import optimize, signal, special

Page = dict[str, Any]
PAGE = "training/gradient-checks"


def test_the_best_step_for_central_differences_is_a_hundred_thousandth(page: Page) -> None:
    assert page["steps"][page["best"]] == pytest.approx(1e-5)
    assert 1e-12 < page["two_sides"][page["best"]] < 5e-11


def test_the_error_falls_with_the_square_of_the_step_until_it_is_rounding(page: Page) -> None:
    one, two = np.array(page["one_side"]), np.array(page["two_sides"])
    np.testing.assert_allclose(two[:3] / two[1:4], 100, rtol=0.02)
    np.testing.assert_allclose(one[:5] / one[1:6], 10, rtol=0.05)
    # Taylor: h²/6 · |f'''|, and cos for the third derivative of sin
    np.testing.assert_allclose(two[1:3], [1e-4 / 6 * np.cos(1), 1e-6 / 6 * np.cos(1)], rtol=1e-3)
    assert two[-1] > 1e3 * two.min()


def test_thirty_two_bits_are_too_few(page: Page) -> None:
    assert min(page["rough"]) > 1e5 * min(page["two_sides"])
    assert page["rough"][-1] == pytest.approx(np.cos(1))  # nothing moves: the slope is 0


def test_the_network_is_what_scipy_makes_of_it(page: Page) -> None:
    w, b, v = page["w"], page["b"], page["v"]
    image = np.pad(page["image"] / 16, 1)
    maps = [signal.correlate2d(image, w[:, c].reshape(3, 3), "valid") + b[c] for c in range(4)]
    hidden = np.maximum(np.stack(maps, axis=-1), 0).reshape(-1)
    expected = -special.log_softmax(hidden @ v)[page["label"]]
    assert page["loss"](w, b, v) == pytest.approx(expected, abs=1e-12)


def test_the_gradients_are_those_that_scipy_measures(page: Page) -> None:
    w, b, v = page["w"], page["b"], page["v"]
    parts = np.cumsum([w.size, b.size])

    def loss(flat: np.ndarray) -> float:
        one, two, three = np.split(flat, parts)
        return page["loss"](one.reshape(w.shape), two, three.reshape(v.shape))

    flat = np.concatenate([p.reshape(-1) for p in (w, b, v)])
    found = optimize.approx_fprime(flat, loss, 1e-7)
    analytic = np.concatenate([g.reshape(-1) for g in page["gradients"](w, b, v)])
    np.testing.assert_allclose(analytic, found, rtol=0, atol=1e-6)


def test_the_right_backward_pass_passes(page: Page) -> None:
    assert page["passed"] < 1e-8


def test_measuring_leaves_the_parameters_as_they_were(page: Page) -> None:
    parameters = [page["w"].copy(), page["b"].copy()]
    page["measure"](lambda w, b: float((w**2).sum() + b.sum()), parameters)
    np.testing.assert_array_equal(parameters[0], page["w"])
    np.testing.assert_array_equal(parameters[1], page["b"])


def test_every_planted_mistake_is_found(page: Page) -> None:
    right, *wrong = page["errors"]
    assert right < 1e-8
    assert len(wrong) == 4
    assert min(wrong) > 1e-3


def test_a_mistake_of_both_passes_is_not_found(page: Page) -> None:
    assert page["agreed"] < 1e-8


def test_zero_biases_put_blank_patches_on_the_kink(page: Page) -> None:
    blank = int((page["patches"] == 0).all(axis=1).sum())
    assert page["kinks"] == 4 * blank > 0
    w, b, v = page["at_zero"]
    assert page["relative_error"](w, page["measured_zero"][0]) < 1e-7
    assert page["relative_error"](b, page["measured_zero"][1]) == page["failed"] > 1e-2
    assert page["relative_error"](v, page["measured_zero"][2]) < 1e-7


def test_on_the_kink_half_of_what_comes_back_is_measured(page: Page) -> None:
    z, _, log_p = page["run"](page["w"], page["zero"], page["v"])
    dense = (page["v"] @ (np.exp(log_p) - np.eye(10)[page["label"]])).reshape(z.shape)
    half = np.where(z == 0, dense / 2, 0).sum(axis=0)
    # The loss bends at a kink, so that the error goes with h = 1e-5 and not with its square.
    np.testing.assert_allclose(page["at_zero"][1] + half, page["measured_zero"][1], atol=1e-5)


def test_the_exercises_are_answered_right(said: dict[str, str]) -> None:
    assert said["by_hand"] == "12.01"
    assert said["by_one_side"] == "12.61"
    assert said["each"] == "3,796"
    assert said["relative_error(*pair)"] == "0.024"
    assert said["central(relu, 0, 0.01)"] == "0.50"
    assert said["central(relu, 0.001, 0.01)"] == "0.55"
    assert said["2 * sum(p.size for p in parameters)"] == "5,200"
    assert said["drifted"] == "24.02"
    assert said["sampled"] == "500"


def test_a_falling_loss_does_not_tell_the_wrong_gradient_from_the_right_one(page: Page) -> None:
    for losses in (page["right_run"], page["wrong_run"]):
        assert (np.diff(losses) < 0).all()
    assert page["wrong_run"][-1] < 2 * page["right_run"][-1]
    uphill = page["falling"](lambda dw, db, dv: (-dw, -db, -dv))  # it could have told
    assert uphill[-1] > uphill[0]


def test_a_tie_in_a_window_halves_the_slope_unless_all_move_together(page: Page) -> None:
    h = 1e-3
    assert (max(0.7 + h, 0.7) - max(0.7 - h, 0.7)) / (2 * h) == pytest.approx(0.5)
    assert page["to_each"] == pytest.approx(0.5)
    assert page["together"] == pytest.approx(1)
