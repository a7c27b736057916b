"""The page that does a whole backward pass by hand: every number against torch and fractions."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import signal, special

Array = NDArray[np.float64]
Page = dict[str, Any]
PAGE = "training/backward-by-hand"


@pytest.mark.parametrize("name", ["X", "K", "W", "c", "M", "A", "P", "z", "loss"])
def test_the_forward_pass_is_that_of_torch(
    page: Page, vectors: Callable[[str], dict[str, Array]], name: str
) -> None:
    np.testing.assert_allclose(page[name], vectors("backward_by_hand")[name], atol=1e-12)


@pytest.mark.parametrize("name", ["dX", "dK", "db", "dW", "dc", "dz", "dP", "dA", "dM"])
def test_every_gradient_is_that_of_torch(
    page: Page, vectors: Callable[[str], dict[str, Array]], name: str
) -> None:
    np.testing.assert_allclose(page[name], vectors("backward_by_hand")[name], atol=1e-12)


def loss(X: Array, K: Array, b: Array, W: Array, c: Array) -> float:
    """The loss by scipy, and by a loop over the windows."""
    a = np.maximum(signal.correlate2d(X, K, "valid") + b, 0)
    f = [a[i : i + 2, j : j + 2].max() for i in (0, 1) for j in (0, 1)]
    return float(-special.log_softmax(W @ f + c)[1])


@pytest.mark.parametrize("n", range(5))
def test_every_gradient_is_the_slope_that_is_measured(
    page: Page, slope: Callable[..., Array], n: int
) -> None:
    arrays = [page["X"], page["K"], np.array(page["b"]), page["W"], page["c"]]

    def varied(x: Array) -> float:
        return loss(*arrays[:n], x, *arrays[n + 1 :])

    expected = [page[name] for name in ("dX", "dK", "db", "dW", "dc")][n]
    np.testing.assert_allclose(slope(varied, arrays[n]), expected, atol=1e-8)


def test_all_gradients_are_quarters(page: Page) -> None:
    """The page promises pencil and paper: check it with fractions, from dz on."""
    for name in ("dz", "df", "dA", "dM", "dK", "dX", "dW"):
        for number in np.ravel(page[name]):
            assert Fraction(float(number)).limit_denominator(1000).denominator in (1, 2, 4)
    assert page["dK"] == pytest.approx(np.array([[0, -0.75], [-0.75, 0.75]]), abs=1e-12)
    assert page["dX"][0, 1] == pytest.approx(-0.75)


def test_the_step_lowers_the_loss_by_less_than_the_gradient_promises(page: Page) -> None:
    moved = [
        page[name] - 0.1 * page[f"d{name}"] if name != "X" else page["X"]
        for name in ("X", "K", "b", "W", "c")
    ]
    assert page["fell"] == pytest.approx(page["loss"] - loss(*moved))
    assert 0 < page["fell"] != pytest.approx(page["promised"], rel=0.05)


def test_a_gradient_from_every_position_would_show(page: Page) -> None:
    """The refuted belief could have been right: average pooling without ReLU reaches all nine."""
    everywhere = page["avg_pool2d_backward"](page["dP"][None, None], page["A"][None, None], 2, 1)
    assert np.count_nonzero(everywhere) > np.count_nonzero(page["dM"]) == 2


def test_the_exercises_are_answered_right(page: Page, said: dict[str, str]) -> None:
    assert page["other"] == pytest.approx([-0.25, 0.25])
    assert page["share"] == pytest.approx(-1 / 3)
    assert page["spread"][1, 1] == pytest.approx(page["dP"].sum() / 4)
    assert page["bug_b"] == pytest.approx(1.5)
    assert page["bits"] == 12
    assert page["still"] == 10
    calm = page["X"].copy()
    calm[3, 3] += 1
    assert loss(calm, page["K"], page["b"], page["W"], page["c"]) == pytest.approx(page["loss"])
    assert said["tried"] == "31"
