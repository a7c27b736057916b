"""The page on saliency and occlusion: the linear check, and the network against differences."""

import numpy as np
import pytest
from scipy import stats

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


def test_every_pixel_without_a_slope_is_an_empty_one(page):
    """The awkward half of the check: both one-sided slopes, with another step than the page's."""
    image, h = page["image"], 1e-5
    for place in np.ndindex(8, 8):
        step = np.zeros((8, 8))
        step[place] = h
        here = page["score"](image)
        right = (page["score"](image + step) - here) / h
        left = (here - page["score"](image - step)) / h
        assert np.isclose(right, left, rtol=1e-3, atol=1e-3) == page["smooth"][place]
    assert not page["smooth"].all()
    assert (image[~page["smooth"]] == 0).all()


def test_empty_pixels_hold_a_part_of_the_gradient_of_every_image(page):
    shares = page["shares"]
    assert len(shares) == 100
    assert shares.min() > 0.1
    one = np.abs(page["slopes_of"](page["weights"], page["many"][:1]))[0]
    assert shares[0] == pytest.approx(one[page["many"][0, 0] == 0].sum() / one.sum())


def test_maps_of_untrained_networks_are_less_like_those_of_the_trained_one(page):
    """Spearman's correlation by scipy, with other seeds than the page's."""
    found = {False: [], True: []}
    for seed in (11, 12):
        net = page["untrained"](seed)
        for guided, pairs in found.items():
            maps = [
                np.abs(page["slopes_of"](w, page["many"], guided)).reshape(100, -1)
                for w in (page["weights"], net)
            ]
            pairs.append(np.mean([stats.spearmanr(*two)[0] for two in zip(*maps, strict=True)]))
    assert max(found[False]) < min(found[True])
    assert max(page["like"]["gradient"]) < min(page["like"]["guided"])


def test_guided_backpropagation_is_the_gradient_where_nothing_is_negative(page):
    rng = np.random.default_rng(0)
    net = {name: np.abs(rng.normal(size=part.shape)) for name, part in page["weights"].items()}
    plain, guided = (page["slopes_of"](net, page["many"][:3], kind) for kind in (False, True))
    np.testing.assert_allclose(guided, plain)
    plain, guided = (
        page["slopes_of"](page["weights"], page["many"][:3], kind) for kind in (False, True)
    )
    assert not np.allclose(guided, plain)


def test_the_answers_to_the_exercises(page):
    assert page["effect"].tolist() == [2, -4, 0]
    assert page["smallest_k"] == 5
    assert page["passes"] == 50
