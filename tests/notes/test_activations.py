"""The page on activations: its functions against scipy, torch and central differences."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import optimize, special, stats

NAMES = ["sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu", "silu"]
POINTS = np.array([-3.0, -1.0, 0.0, 1.0, 3.0])


@pytest.fixture(scope="module")
def page(namespace: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    return namespace("nonlinearity/activations")


@pytest.fixture(scope="module")
def said(prose: Callable[[str], dict[str, str]]) -> dict[str, str]:
    return prose("nonlinearity/activations")


def pair(page: dict[str, Any], name: str) -> tuple[Callable[..., Any], Callable[..., Any]]:
    return (np.tanh if name == "tanh" else page[name]), page[f"{name}_slope"]


@pytest.mark.parametrize("name", NAMES)
def test_values_and_slopes_are_those_of_torch(
    page: dict[str, Any], vectors: Callable[[str], dict[str, np.ndarray]], name: str
) -> None:
    f, slope = pair(page, name)
    torch = vectors("activations")
    np.testing.assert_allclose(f(torch["x"]), torch[name], rtol=1e-12, atol=1e-15)
    # torch's slope of tanh, 1 − tanh², cancels for large |x|, as ours does
    np.testing.assert_allclose(slope(torch["x"]), torch[f"{name}_slope"], rtol=1e-7, atol=1e-15)


@pytest.mark.parametrize("name", NAMES)
def test_slopes_are_central_differences(page: dict[str, Any], name: str) -> None:
    f, slope = pair(page, name)
    x, h = np.linspace(-6, 6, 400), 1e-5  # an even number of points: none on the kink at 0
    np.testing.assert_allclose(slope(x), (f(x + h) - f(x - h)) / (2 * h), atol=1e-9)


def test_sigmoid_gelu_and_silu_are_those_of_scipy(page: dict[str, Any]) -> None:
    x = np.linspace(-30, 30, 61)
    np.testing.assert_allclose(page["sigmoid"](x), special.expit(x), rtol=1e-13)
    np.testing.assert_allclose(page["gelu"](x), x * stats.norm.cdf(x), rtol=1e-11)
    np.testing.assert_allclose(page["silu"](x), x * special.expit(x), rtol=1e-13)


@pytest.mark.parametrize("name", NAMES)
def test_no_activation_warns_or_overflows_far_out(page: dict[str, Any], name: str) -> None:
    f, slope = pair(page, name)
    far = np.array([-1e3, 1e3])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert np.isfinite(f(far)).all()
        assert np.isfinite(slope(far)).all()


def test_the_slope_at_the_kink_is_the_one_that_torch_takes(
    page: dict[str, Any], vectors: Callable[[str], dict[str, np.ndarray]]
) -> None:
    torch = vectors("activations")
    at_zero = torch["x"] == 0
    assert at_zero.any()
    for name in ("relu", "leaky_relu", "elu"):
        assert (torch[f"{name}_slope"][at_zero] == page[f"{name}_slope"](0.0)).all()


def test_two_affine_layers_collapse_to_the_weights_and_bias_shown(page: dict[str, Any]) -> None:
    np.testing.assert_array_equal(page["W"], [-1, 0])
    assert page["b"] == 3.5


def test_the_best_affine_fit_of_xor_is_one_half_everywhere(page: dict[str, Any]) -> None:
    np.testing.assert_allclose(page["best_fit"], 0.5, atol=1e-12)
    assert page["error"] == pytest.approx(0.25, abs=1e-12)


def test_two_relus_are_xor(page: dict[str, Any]) -> None:
    np.testing.assert_array_equal(page["output"], [0, 1, 1, 0])


def test_the_table_shows_every_function_at_every_point(page: dict[str, Any]) -> None:
    reference = {
        "sigmoid": special.expit,
        "tanh": np.tanh,
        "ReLU": lambda x: np.maximum(x, 0.0),
        "leaky ReLU": lambda x: np.where(x > 0, x, 0.01 * x),
        "ELU": lambda x: np.where(x > 0, x, np.expm1(x)),
        "GELU": lambda x: x * stats.norm.cdf(x),
        "SiLU": lambda x: x * special.expit(x),
    }
    assert list(page["table"]) == list(reference)
    np.testing.assert_array_equal(page["places"], POINTS)
    for name, function in reference.items():
        np.testing.assert_allclose(page["table"][name][0], function(POINTS), atol=1e-14)
        slope = page["activations"][name][1]
        np.testing.assert_array_equal(page["table"][name][1], slope(POINTS))


def test_the_minima_of_gelu_and_silu_are_found(page: dict[str, Any], said: dict[str, str]) -> None:
    gelu = optimize.minimize_scalar(lambda x: x * stats.norm.cdf(x), (-2, -1, 0), tol=1e-12)
    silu = optimize.minimize_scalar(lambda x: x * special.expit(x), (-2, -1, 0), tol=1e-12)
    assert page["gelu_at"] == pytest.approx(gelu.x, abs=1e-6)
    assert page["silu_at"] == pytest.approx(silu.x, abs=1e-6)
    assert (said["gelu(gelu_at)"], said["gelu_at"]) == ("-0.16997", "-0.7518")
    assert (said["silu(silu_at)"], said["silu_at"]) == ("-0.278465", "-1.278465")


def test_the_numbers_on_saturation_are_those_of_the_lecture(page: dict[str, Any]) -> None:
    assert page["sigmoid_slope"](0.0) == 0.25
    assert page["sigmoid_slope"](10.0) == pytest.approx(4.5396e-5, rel=1e-4)
    assert page["sigmoid_slope"](0.0) ** 10 == pytest.approx(9.5367e-7, rel=1e-4)
    assert page["tanh_slope"](3.0) == pytest.approx(0.00987, abs=5e-6)
    assert page["gelu"](-1.0) == pytest.approx(-0.158655, abs=5e-7)
    assert page["leaky_relu_slope"](-3.0) == 0.01


def test_the_approximated_gelu_is_that_of_torch(
    page: dict[str, Any], vectors: Callable[[str], dict[str, np.ndarray]]
) -> None:
    torch = vectors("activations")
    np.testing.assert_allclose(page["gelu_tanh"](torch["x"]), torch["gelu_tanh"], atol=1e-14)
    assert page["gelu_tanh"](3.0) == pytest.approx(2.996363, abs=5e-7)
    assert page["gelu"](3.0) == pytest.approx(2.99595, abs=5e-7)


def test_elu_kinks_at_0_unless_alpha_is_1(page: dict[str, Any]) -> None:
    h = 1e-7
    for alpha in (0.5, 1.0, 2.0):
        left = (page["elu"](0.0, alpha) - page["elu"](-h, alpha)) / h
        right = (page["elu"](h, alpha) - page["elu"](0.0, alpha)) / h
        assert left == pytest.approx(alpha, rel=1e-6)
        assert np.isclose(left, right) == (alpha == 1)
        assert page["elu_slope"](0.0, alpha) == alpha


def test_the_slope_of_softplus_is_the_sigmoid(page: dict[str, Any]) -> None:
    x, h = np.linspace(-5, 5, 41), 1e-5
    rise = (np.logaddexp(0, x + h) - np.logaddexp(0, x - h)) / (2 * h)
    np.testing.assert_allclose(rise, page["sigmoid"](x), atol=1e-9)


def test_only_relu_has_no_slope_at_all_far_on_the_left(page: dict[str, Any]) -> None:
    assert [name for name, slope in page["far"].items() if slope == 0] == ["ReLU"]
    assert page["far"]["ELU"] == pytest.approx(np.exp(-10))
    silu = special.expit(-10) * (1 - 10 * special.expit(10))
    assert page["far"]["SiLU"] == pytest.approx(silu)


def test_no_answer_fits_xor_better_than_the_four_on_the_first_screen(
    page: dict[str, Any], said: dict[str, str]
) -> None:
    assert (said["best_fit[0]"], said["error"]) == ("0.5", "0.25")
    rng = np.random.default_rng(1)
    for W in rng.normal(size=(200, 3)):  # affine maps, deep or not
        answers = page["columns"] @ W
        assert np.mean((answers - page["target"]) ** 2) >= page["error"] - 1e-12


def test_the_exercises_on_transfer_are_answered_right(page: dict[str, Any]) -> None:
    assert page["twice"] == pytest.approx(
        special.expit(special.expit(2)) * special.expit(-special.expit(2))
    )
    assert page["twice"] > page["sigmoid_slope"](2.0)
    assert page["deepest"] == 4
    assert 0.25**5 < 1e-3 <= page["left_over"]
    assert page["six"]["ReLU"] == 1
    assert page["six"]["tanh"] == pytest.approx((1 - np.tanh(1) ** 2) ** 6)
    assert sum(page["layers"]) == 8 * 16 + 16 + 16 * 16 + 16 + 16 * 4 + 4
    assert page["collapsed"] == 8 * 4 + 4


def test_folding_a_tent_doubles_its_pieces(page: dict[str, Any]) -> None:
    counts = [page["pieces"](line) for line in page["folded"].values()]
    assert counts == [2, 4, 8, 16, 32]
    # a sum of ten ReLUs with kinks of their own has one piece more than it has kinks
    x = np.linspace(0, 1, 4097)
    kinks = np.arange(1, 11) / 16
    assert page["pieces"]((np.maximum(x[:, None] - kinks, 0)).sum(axis=1)) == 11


def test_only_the_last_of_the_three_biases_kills_the_unit(page: dict[str, Any]) -> None:
    on = [np.mean(page["data"].sum(axis=1) + bias > 0) for bias in (0, -2, -10)]
    assert on[0] > on[1] > 0
    assert on[2] == 0


def test_slopes_are_largest_at_0_and_die_where_outputs_reach_their_ends(
    page: dict[str, Any],
) -> None:
    x = np.linspace(-20, 20, 801)
    for f, slope, ends in (
        (page["sigmoid"], page["sigmoid_slope"], (0, 1)),
        (page["tanh"], page["tanh_slope"], (-1, 1)),
    ):
        slopes = slope(x)
        assert x[slopes.argmax()] == 0
        dead = slopes < 1e-3
        apart = np.abs(np.subtract.outer(f(x[dead]), ends)).min(axis=1)
        assert apart.max() < 2e-3
        assert slope(np.array([0.0, 1.0])).min() > 0.15  # alive at the inputs 0 and 1
