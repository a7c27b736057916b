"""The page on the head: its scores against scipy, and its counts against published ones."""

from typing import Any

import numpy as np
from scipy import signal

Page = dict[str, Any]
PAGE = "nonlinearity/head"


def test_the_worked_example_comes_out_as_by_hand(page: Page) -> None:
    assert page["full"] == [1 + 6 + 0.5, 2 + 3 - 1]
    assert page["average"] == [3 + 0.5, 1.5 + 2 - 1]


def test_a_fully_connected_head_is_scipys_correlation_at_its_one_place(page: Page) -> None:
    rng = np.random.default_rng(1)
    x, w, b = rng.normal(size=(3, 4, 5, 6)), rng.normal(size=(7, 4, 5, 6)), rng.normal(size=7)
    scores = page["full_head"](x, w.reshape(7, -1), b)
    for n, k in np.ndindex(3, 7):
        expected = signal.correlate(x[n], w[k], "valid").item() + b[k]
        assert np.isclose(scores[n, k], expected, rtol=0, atol=1e-12)


def test_the_loops_and_the_matrix_products_agree(page: Page) -> None:
    rng = np.random.default_rng(2)
    x, b = rng.normal(size=(3, 4, 5)), rng.normal(size=6)
    for loop, head, columns in (
        ("full_loop", "full_head", 60),
        ("average_loop", "average_head", 3),
    ):
        weights = rng.normal(size=(6, columns))
        np.testing.assert_allclose(
            page[loop](x, weights, b), page[head](x[None], weights, b)[0], atol=1e-12
        )


def test_the_global_average_forgets_places_and_the_flatten_does_not(page: Page) -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(1, 2, 2, 2))
    moved = x[..., ::-1]
    W, V, b = page["W"], page["V"], page["b"]
    mirrored = page["full_head"](page["mirrored"], W, b)[0]
    assert (mirrored != page["full"]).all()
    np.testing.assert_allclose(page["average_head"](moved, V, b), page["average_head"](x, V, b))
    assert not np.allclose(page["full_head"](moved, W, b), page["full_head"](x, W, b))


def test_vgg_16_has_its_published_parameters(page: Page, said: dict[str, str]) -> None:
    assert page["features"] == 14_714_688
    assert page["fc6"] == page["conv_parameters"](512, 4096, 7) == 102_764_544
    assert page["features"] + page["three"] == 138_357_544
    assert said["head_share"] == "89.4%"
    assert page["pooled"] == 513_000


def test_a_larger_image_gives_a_map_of_scores(page: Page) -> None:
    assert page["scores"].shape == (1, 2, 3, 4)


def test_the_mean_of_a_class_activation_map_is_the_score(page: Page) -> None:
    digit = page["digit"].astype(float)
    upright = np.abs(signal.correlate2d(digit, page["sobel"], "valid"))
    level = np.abs(signal.correlate2d(digit, page["sobel"].T, "valid"))
    np.testing.assert_allclose(page["cam"][0, 0], upright - level)
    np.testing.assert_allclose(page["cam"][0, 1], level - upright)
    assert np.isclose(page["score"][0, 0], (upright - level).mean())


def test_the_digit_has_more_upright_than_level_edges(page: Page) -> None:
    assert page["score"][0, 0] > 0 > page["score"][0, 1]


def test_vggs_head_takes_every_side_that_pools_to_seven(page: Page, said: dict[str, str]) -> None:
    def last(side: int) -> int:
        for _ in range(5):
            side = (side - 2) // 2 + 1
        return side

    fits = [side for side in range(100, 400) if last(side) == 7]
    assert page["sides"] == fits
    assert (said["sides[0]"], said["sides[-1]"]) == ("224", "255")


def test_only_an_activation_between_them_keeps_two_layers_from_being_affine(page: Page) -> None:
    assert page["affine"] == {"layer": True, "two_layers": True, "mlp": False}


def test_the_heads_cost_what_the_figure_says(page: Page) -> None:
    assert page["times"] == 123_642_856 / 14_714_688
    assert page["single"] == (512 * 49 + 1) * 1000
    assert page["pooled"] < 0.05 * page["features"]


def test_a_reshape_across_the_batch_mixes_the_examples(page: Page) -> None:
    (hasty, changed), (proper, same) = page["hasty"], page["proper"]
    assert hasty.shape == proper.shape
    assert not np.allclose(hasty[0], changed[0])
    np.testing.assert_array_equal(proper[0], same[0])
    np.testing.assert_array_equal(proper[0], page["full"])


def test_the_widest_squeezed_head_stays_within_the_limit(page: Page) -> None:
    def size(c: int) -> int:
        return (512 + 1) * c + (49 * c + 1) * 1000

    assert size(page["widest"]) <= 1_000_000 < size(page["widest"] + 1)
    assert page["squeezed"][page["widest"]] == size(page["widest"])
    assert page["widest"] == 20


def test_tiles_keep_the_means(page: Page) -> None:
    np.testing.assert_allclose(page["tiled_scores"], page["average"])


def test_the_exercises_are_answered_right(page: Page, said: dict[str, str]) -> None:
    assert said["small"] == "650"
    assert said["small_average"] == "170"
    assert said["resnet"] == "2,049,000"
    assert said["places**2"] == "16"
    assert said["quiz.mean()"] == "1"
    assert page["places"] == 10 - 6
