"""The page on Grad-CAM: against torch, its sums against the score, its maps against covering."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import ndimage, stats

PAGE = "seeing/grad-cam"

Page = dict[str, Any]
Vectors = dict[str, np.ndarray]
NAMES = ("w1", "b1", "w2", "b2", "w3", "b3")


@pytest.fixture(scope="module")
def torch(vectors: Callable[[str], Vectors]) -> Vectors:
    return vectors("grad_cam")


def test_slopes_and_maps_are_those_of_torch(page: Page, torch: Vectors) -> None:
    net = {name: torch[name] for name in NAMES}
    a = page["forward"](net, torch["x"])
    slopes = page["map_slopes"](net, a, torch["chosen"])
    np.testing.assert_allclose(slopes, torch["slopes"], atol=1e-5)
    cam = page["grad_cam"](net, a, torch["chosen"])
    np.testing.assert_allclose(cam, torch["cam"], atol=1e-5)
    np.testing.assert_allclose(page["enlarged"](cam), torch["larger"], atol=1e-5)
    assert torch["cam"].max() > 0.05


def test_maps_are_enlarged_as_scipy_does(page: Page) -> None:
    cam = np.random.default_rng(0).random((1, 4, 4))
    at = ((np.arange(8) + 0.5) / 2 - 0.5).clip(0, 3)
    expected = ndimage.map_coordinates(cam[0], np.meshgrid(at, at, indexing="ij"), order=1)
    np.testing.assert_allclose(page["enlarged"](cam)[0], expected, atol=1e-12)


def test_after_a_global_average_the_gradients_give_the_class_activation_map(page: Page) -> None:
    """By differences of a score that is written out here."""
    maps, v = page["two"], page["v"]
    found = np.zeros(2)
    for f in range(2):
        slopes = []
        for place in np.ndindex(2, 2):
            moved = maps.copy()
            moved[(f, *place)] += 1e-4
            slopes.append((v @ (moved - maps).mean(axis=(1, 2))) / 1e-4)
        found[f] = np.mean(slopes)
    np.testing.assert_allclose(page["alpha"], found, rtol=1e-6)
    assert page["by_cam"].tolist() == [[1, 4], [6, 3]]
    np.testing.assert_allclose(page["by_gradient"], np.array([[1, 4], [6, 3]]) / 4)


def test_products_with_their_own_slopes_add_up_to_the_score(page: Page) -> None:
    for n in (0, 7, 100):
        total = page["exact"][n].sum() + page["weights"]["b3"][page["said"][n]]
        assert total == pytest.approx(page["scores"][n].max())
    grad_cam_sums = page["again"].sum(axis=(1, 2)) + page["weights"]["b3"][page["said"]]
    assert not np.allclose(grad_cam_sums, page["best"], rtol=0.1)


def test_covering_is_done_cell_by_cell(page: Page) -> None:
    net, x = page["one_of"](0), page["x"][:3]
    fall = page["falls_of"](net, x, page["y"][:3])
    here = page["forward"](net, x)["scores"]
    for n, i, j in [(0, 0, 0), (1, 2, 3), (2, 3, 1)]:
        covered = x[n : n + 1].copy()
        for r in (0, 1):
            for c in (0, 1):
                covered[0, 0, 2 * i + r, 2 * j + c] = 0
        digit = page["y"][n]
        after = page["forward"](net, covered)["scores"][0, digit]
        assert fall[n, i, j] == pytest.approx(here[n, digit] - after)


def test_the_hottest_cell_of_grad_cam_may_matter_less_than_any(page: Page) -> None:
    assert len(page["hot"]) == 5
    assert (page["hot"] < page["shared"]).any()
    assert (page["own"] > page["hot"]).all()
    assert (page["own"] > page["shared"]).all()
    assert min(page["idle"]) > 0.1


def test_likeness_is_spearmans(page: Page) -> None:
    net = page["untrained"](3)
    maps = [
        page["signed_cam"](one, page["forward"](one, page["x"][:100]), page["y"][:100])
        for one in (page["weights"], net)
    ]
    pairs = zip(*(m.reshape(100, 16) for m in maps), strict=True)
    expected = np.mean([stats.spearmanr(a, b)[0] for a, b in pairs])
    assert page["likeness"](net) == pytest.approx(expected, abs=0.05)  # ties
    assert max(page["random_like"] + page["trained_like"]) < 0.5


def test_the_answers_to_the_exercises(page: Page) -> None:
    assert page["weights_card"] == pytest.approx(0.1)
    assert (page["signed"], page["kept"]) == (-1, 0)
    assert (page["coarse"], page["positions"]) == (32, 49)
