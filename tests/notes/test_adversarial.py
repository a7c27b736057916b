"""The page on adversarial examples: against torch, differences, and trying out every sign."""

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest

PAGE = "seeing/adversarial"

Page = dict[str, Any]
Vectors = dict[str, np.ndarray]
NAMES = ("w1", "b1", "w2", "b2", "w3", "b3")


@pytest.fixture(scope="module")
def torch(vectors: Callable[[str], Vectors]) -> Vectors:
    return vectors("adversarial")


def test_one_step_is_torchs(page: Page, torch: Vectors) -> None:
    net = {name: torch[name] for name in NAMES}
    moved = page["fgsm"](net, torch["x"], torch["y"], 0.1)
    np.testing.assert_allclose(moved, torch["moved"], atol=1e-6)
    after = page["forward"](net, moved)["scores"]
    np.testing.assert_allclose(after, torch["after"], atol=1e-5)


def test_networks_side_by_side_have_torchs_slopes(page: Page, torch: Vectors) -> None:
    nets = {name: torch[name][None] for name in NAMES}
    x, y = torch["x"][:, 0][None, None], torch["y"][None]
    scores, memory = page["forward_many"](nets, x)
    slopes = page["input_slopes"](nets, memory, page["wrongness"](scores, y))
    np.testing.assert_allclose(slopes[0, 0], torch["slopes"][:, 0], atol=1e-5)
    moved = page["pushed"](nets, x, y, 0.1)
    np.testing.assert_allclose(moved[0, 0], torch["moved"][:, 0], atol=1e-6)


def test_no_other_change_of_that_size_raises_a_linear_score_more(page: Page) -> None:
    w = page["w"]
    gains = [0.1 * float(w @ np.array(signs)) for signs in product((-1, 0, 1), repeat=3)]
    assert page["gain"] == pytest.approx(max(gains)) == pytest.approx(0.6)


def test_signs_from_a_coin_have_the_deviation_of_the_formula(page: Page) -> None:
    w = np.array([2.0, -1.0, 3.0])
    changes = [float(w @ np.array(signs)) for signs in product((-1, 1), repeat=3)]
    assert np.mean(changes) == pytest.approx(0)
    assert np.std(changes) == pytest.approx(np.sqrt(14))
    assert page["strength"].max() <= 8


def test_every_step_stays_within_its_bound_and_within_the_image(page: Page) -> None:
    five, many, truth = page["five"], page["many"][:, :, :40], page["truth"][:, :40]
    for moved in (
        page["pushed"](five, many, truth, 0.1),
        page["iterated"](five, many, truth, 0.1),
    ):
        assert np.abs(moved - many).max() <= 0.1 + 1e-6
        assert 0 <= moved.min() <= moved.max() <= 1


def test_the_gradient_fools_where_a_coin_does_not(page: Page) -> None:
    at = page["at"]
    assert page["sizes"][at] == pytest.approx(0.1)
    assert (page["by_gradient"][at] < page["by_chance"][at] - 0.2).all()
    wrong = page["fgsm"](page["weights"], page["x"], page["y"], 0.1)
    named = page["forward"](page["weights"], wrong)["scores"].argmax(axis=1)
    right = sum(int(a == b) for a, b in zip(named, page["y"], strict=True)) / len(named)
    assert page["by_gradient"][at][0] == pytest.approx(right, abs=0.01)  # 32 bits there


def test_examples_carry_over_to_every_other_network(page: Page) -> None:
    others = page["carried"][~np.eye(5, dtype=bool)]
    assert len(others) == 20
    assert others.max() < page["by_luck"].min()
    assert page["carried"].diagonal().max() < others.min()


def test_a_step_down_the_loss_of_another_class_leads_there(page: Page) -> None:
    assert (page["aims"] != page["y"]).all()
    assert (page["said_so"] > page["by_itself"] + 0.1).all()


def test_training_against_the_step_helps_each_seed_and_less_against_several(page: Page) -> None:
    plain, against = page["plain"], page["against"]
    assert plain.shape == against.shape == (3, 5)
    assert (against[1:] > plain[1:]).all()
    assert (against[2] < against[1]).all()


def test_the_answers_to_the_exercises(page: Page) -> None:
    assert page["up"] == pytest.approx(0.5)
    assert page["coin_card"] == pytest.approx(0.1 * 7.5**0.5)
    assert page["ten_times"] == pytest.approx(150_528 * 0.00007)
    assert page["clipped"].tolist() == [0, 1]
