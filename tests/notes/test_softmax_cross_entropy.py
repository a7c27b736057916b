"""The page on softmax and cross-entropy: its functions against scipy and torch."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import special


@pytest.fixture(scope="module")
def page(namespace: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    return namespace("nonlinearity/softmax-cross-entropy")


@pytest.fixture(scope="module")
def said(prose: Callable[[str], dict[str, str]]) -> dict[str, str]:
    return prose("nonlinearity/softmax-cross-entropy")


@pytest.fixture(scope="module")
def torch(vectors: Callable[[str], dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    return vectors("softmax_cross_entropy")


def test_softmax_and_its_logarithm_are_those_of_torch(
    page: dict[str, Any], torch: dict[str, np.ndarray]
) -> None:
    np.testing.assert_allclose(page["softmax"](torch["logits"]), torch["softmax"], atol=1e-15)
    np.testing.assert_allclose(
        page["log_softmax"](torch["logits"]), torch["log_softmax"], rtol=1e-12, atol=1e-15
    )


def test_loss_and_gradient_are_those_of_torch(
    page: dict[str, Any], torch: dict[str, np.ndarray]
) -> None:
    loss = page["cross_entropy"](torch["logits"], torch["labels"])
    assert loss == pytest.approx(float(torch["loss"]), rel=1e-12)
    assert loss * 6 == pytest.approx(float(torch["summed"]), rel=1e-12)
    np.testing.assert_allclose(
        page["cross_entropy_gradient"](torch["logits"], torch["labels"]),
        torch["gradient"],
        atol=1e-15,
    )


def test_softmax_is_that_of_scipy_along_the_last_of_any_number_of_axes(
    page: dict[str, Any],
) -> None:
    for shape in [(4,), (3, 4), (2, 3, 4)]:
        z = np.random.default_rng(7).normal(scale=10, size=shape)
        np.testing.assert_allclose(page["softmax"](z), special.softmax(z, axis=-1), rtol=1e-12)
        np.testing.assert_allclose(
            page["log_softmax"](z), special.log_softmax(z, axis=-1), rtol=1e-12, atol=1e-15
        )


def test_the_gradient_is_a_central_difference(page: dict[str, Any]) -> None:
    rng = np.random.default_rng(8)
    logits, labels, h = rng.normal(size=(3, 5)), np.array([4, 0, 0]), 1e-6
    for place in np.ndindex(logits.shape):
        step = np.zeros_like(logits)
        step[place] = h
        up = page["cross_entropy"](logits + step, labels)
        down = page["cross_entropy"](logits - step, labels)
        gradient = page["cross_entropy_gradient"](logits, labels)[place]
        assert (up - down) / (2 * h) == pytest.approx(gradient, abs=1e-9)


def test_the_loops_and_the_arrays_agree(page: dict[str, Any]) -> None:
    np.testing.assert_allclose(page["softmax_loop"]([0.3, -1, 2]), special.softmax([0.3, -1, 2]))


def test_huge_logits_neither_overflow_nor_warn(page: dict[str, Any]) -> None:
    with np.errstate(all="raise", under="ignore"):
        probabilities = page["softmax"](np.array([1000.0, 1001.0, 1002.0]))
        assert np.isfinite(page["cross_entropy"](np.array([[0.0, 1e4]]), np.array([0])))
    np.testing.assert_allclose(probabilities.round(4), [0.0900, 0.2447, 0.6652])
    assert np.isnan(page["naive"]).all()


def test_the_worked_example_gives_the_numbers_of_the_lecture(
    page: dict[str, Any], said: dict[str, str]
) -> None:
    np.testing.assert_allclose(
        page["softmax"](page["logits"][0]), [0.659, 0.2424, 0.0986], atol=5e-5
    )
    assert said["losses_loop(logits, labels)[0]"] == "0.41703"
    assert said["losses_loop(logits, labels)[1]"] == "3.65318"
    assert said["sum(losses_loop(logits, labels))"] == "4.07021"
    assert said["cross_entropy(logits, labels)"] == "2.03510"
    assert said["cross_entropy(np.zeros((1, 10)), np.array([3]))"] == "2.3026"


def test_softmax_taken_twice_costs_even_where_the_prediction_is_perfect(
    page: dict[str, Any],
) -> None:
    perfect = page["cross_entropy"](np.eye(3), np.arange(3))
    assert perfect == pytest.approx(np.log(np.e + 2) - 1)


def test_two_classes_are_a_sigmoid(page: dict[str, Any]) -> None:
    z = page["logits"][:, :2]
    np.testing.assert_allclose(page["softmax"](z)[:, 1], special.expit(z[:, 1] - z[:, 0]))
    np.testing.assert_allclose(page["squashed"], special.expit(z[:, 1] - z[:, 0]))


def test_the_exercises_are_answered_right(page: dict[str, Any], said: dict[str, str]) -> None:
    np.testing.assert_allclose(page["quarter"], [0.25, 0.75])
    assert page["one"].sum() == pytest.approx(0, abs=1e-15)
    assert said["cross_entropy(np.zeros((1, 100)), np.array([0]))"] == "4.6052"
    assert page["first"] / np.log(2) == pytest.approx(-np.log2(special.softmax([2, 1, 0.1])[0]))
