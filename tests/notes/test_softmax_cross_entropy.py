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
    assert (said["each[0]"], said["each[1]"]) == ("0.41703", "3.65318")
    assert (said["averaged"], said["summed"]) == ("2.03510", "4.07021")
    assert said["loss"] == "2.03510"
    assert said["chance"] == "2.3026"


def test_the_one_loss_is_the_mean_and_the_sum_is_its_variant(
    page: dict[str, Any], torch: dict[str, np.ndarray]
) -> None:
    loss = page["cross_entropy"](torch["logits"], torch["labels"])
    assert loss == pytest.approx(float(torch["loss"]))  # reduction="mean", the default
    assert loss != pytest.approx(float(torch["summed"]))
    # exp(−N L) is the probability of getting every label right
    rows = np.arange(len(page["labels"]))
    right = special.softmax(page["logits"], axis=1)[rows, page["labels"]]
    assert np.exp(-len(rows) * page["loss"]) == pytest.approx(np.prod(right))


def test_dividing_by_the_sum_makes_no_probabilities(page: dict[str, Any]) -> None:
    assert page["naive_share"].sum() == pytest.approx(1)
    assert page["naive_share"].min() < 0


def test_first_losses_are_log_10_only_where_the_last_layer_starts_small(
    page: dict[str, Any],
) -> None:
    starts = {name: np.array(runs) for name, runs in page["starts"].items()}
    assert all(len(runs) == 40 for runs in starts.values())
    np.testing.assert_allclose(starts["zero"], np.log(10))
    assert np.abs(starts["small"] - np.log(10)).max() < 0.03
    assert starts["he"].min() > np.log(10)
    assert starts["he"].max() > 3.5


def test_the_first_loss_is_that_of_a_network_of_scipys_layers(
    page: dict[str, Any], convolve_by_scipy: Callable[..., np.ndarray]
) -> None:
    rng, x = np.random.default_rng(3), page["digits"]
    for shape in [(8, 1, 3, 3), (16, 8, 3, 3)]:
        w = rng.normal(scale=np.sqrt(2 / np.prod(shape[1:])), size=shape)
        maps = np.maximum(convolve_by_scipy(x, w, p=1), 0)
        n, c, h, _ = maps.shape
        x = maps.reshape(n, c, h // 2, 2, h // 2, 2).max(axis=(3, 5))
    scores = np.sqrt(2 / 64) * x.reshape(n, -1) @ rng.normal(size=(64, 10))
    losses = -special.log_softmax(scores, axis=1)[np.arange(n), page["truths"]]
    assert page["starts"]["he"][3] == pytest.approx(losses.mean())


def test_squared_differences_leave_no_slope_where_the_answer_is_badly_wrong(
    page: dict[str, Any],
) -> None:
    p = special.softmax([0, 10, 0])
    y = np.array([1, 0, 0])
    by_hand = 2 * p[0] * ((p - y)[0] - ((p - y) * p).sum())
    assert page["slope_squared"] == pytest.approx(by_hand, rel=1e-4)
    assert page["slope_entropy"] == pytest.approx(p[0] - 1)
    assert page["slope_entropy"] / page["slope_squared"] > 1000


def test_softmax_taken_twice_costs_even_where_the_prediction_is_perfect(
    page: dict[str, Any],
) -> None:
    perfect = page["cross_entropy"](np.eye(3), np.arange(3))
    assert perfect == pytest.approx(np.log(np.e + 2) - 1) == page["best_again"]
    assert page["again"] == pytest.approx(
        -special.log_softmax(special.softmax(page["logits"], axis=1), axis=1)[[0, 1], [0, 2]].mean()
    )


def test_two_classes_are_a_sigmoid(page: dict[str, Any]) -> None:
    z = page["logits"][:, :2]
    np.testing.assert_allclose(page["softmax"](z)[:, 1], special.expit(z[:, 1] - z[:, 0]))
    np.testing.assert_allclose(page["squashed"], special.expit(z[:, 1] - z[:, 0]))


def test_the_exercises_are_answered_right(page: dict[str, Any], said: dict[str, str]) -> None:
    np.testing.assert_allclose(page["quarter"], [0.25, 0.75])
    assert page["one"].sum() == pytest.approx(0, abs=1e-15)
    assert said["hundred"] == "4.6052"
    assert page["bits"] == pytest.approx(-np.log2(special.softmax([2, 1, 0.1])[0]))
    assert page["rows_bug"].sum() == pytest.approx(3)  # each of three columns adds up to one
    assert not np.allclose(page["rows_bug"], 1)
    assert page["reached"] == pytest.approx(0.99)
    assert page["needed"] == pytest.approx(np.log(9 * 99))
    assert page["shifted"] == pytest.approx(page["loss"])


def test_three_times_the_logits_decide_alike_and_are_surer_even_where_wrong(page):
    logits, labels = page["logits"], page["labels"]
    plain, tripled = special.softmax(logits, axis=1), special.softmax(3 * logits, axis=1)
    assert (plain.argmax(axis=1) == tripled.argmax(axis=1)).all()
    assert plain.argmax(axis=1)[1] != labels[1]
    assert page["confident"] == pytest.approx(plain[1].max())
    assert page["tripled"] == pytest.approx(tripled[1].max())
    assert page["tripled"] > page["confident"]


def test_the_slopes_of_softmax_are_measured_ones_of_scipys(page: dict[str, Any]) -> None:
    z, h = np.array([2, 1, 0.1]), 1e-6
    for k, e in enumerate(np.eye(3)):
        measured = (special.softmax(z + h * e) - special.softmax(z - h * e)) / (2 * h)
        assert page["jacobian"][:, k] == pytest.approx(measured, abs=1e-9)


def test_a_temperature_of_two_is_scipys_softmax_of_half_the_logits(page: dict[str, Any]) -> None:
    assert page["warm"] == pytest.approx(special.softmax([1, 0.5, 0.05]))
