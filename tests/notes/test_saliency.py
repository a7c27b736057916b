"""The page on saliency and occlusion: the linear check, and the network against differences."""

import numpy as np
import pytest

PAGE = "seeing/saliency"


def test_a_linear_score_has_its_weights_as_gradient_and_products_as_occlusion(page):
    assert page["f"](page["x"]) == 8
    np.testing.assert_allclose(page["slopes"], [[1, -2], [0, 3]], atol=1e-9)
    np.testing.assert_array_equal(page["falls"], [[4, -2], [0, 6]])


def test_the_prose_says_what_the_check_gives(prose):
    assert prose(PAGE)["f(x)"] == "8"
    assert prose(PAGE)["falls.sum()"] == "8"


def test_saliency_agrees_with_central_differences_away_from_kinks(page):
    image = page["image"] + np.random.default_rng(0).uniform(0.01, 0.05, (8, 8))
    exact = page["saliency"](image)
    for place in np.ndindex(8, 8):
        step = np.zeros((8, 8))
        step[place] = 1e-6
        slope = (page["score"](image + step) - page["score"](image - step)) / 2e-6
        assert slope == pytest.approx(exact[place], rel=1e-5, abs=1e-6)


def test_occlusion_agrees_with_covering_one_patch_after_another(page):
    image = page["image"]
    for i, j in [(0, 0), (3, 4), (6, 6)]:
        covered = image.copy()
        covered[i : i + 2, j : j + 2] = 0
        fall = page["score"](image) - page["score"](covered)
        assert page["fall"][i, j] == pytest.approx(fall, abs=1e-9)


def test_an_empty_pixel_has_a_slope_and_no_occlusion(page):
    assert page["share"] > 0
    np.testing.assert_allclose(page["single"][page["empty"]], 0, atol=1e-9)
