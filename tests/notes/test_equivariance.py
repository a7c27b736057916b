"""The page on equivariance: its layers against scipy, and which shifts come through."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import ndimage, signal, stats

Page = dict[str, Any]
PAGE = "nonlinearity/equivariance"
ROUNDING = 1e-13


def test_the_row_on_a_ring_is_scipys_wrapped_correlation(page: Page) -> None:
    # scipy centres a kernel of two taps on its last one; the page begins at its first.
    wrapped = ndimage.correlate1d(page["row"], page["w"], mode="wrap", origin=-1)
    np.testing.assert_array_equal(page["ring_loop"](page["row"], page["w"], 1), wrapped)
    np.testing.assert_array_equal(page["ring_loop"](page["row"], page["w"], 2), wrapped[::2])


def test_a_wrapped_image_gives_scipys_wrapped_correlation(page: Page) -> None:
    rng = np.random.default_rng(1)
    x, w = rng.normal(size=(6, 7)), rng.normal(size=(3, 3))
    y = page["conv2d"](page["wrap"](x[None, None], 1), w[None, None])
    np.testing.assert_allclose(y[0, 0], ndimage.correlate(x, w, mode="wrap"), atol=1e-12)


@pytest.mark.parametrize(("layer", "stride"), [("stride 1", 1), ("stride 2", 2), ("stride 4", 4)])
def test_a_layer_is_equivariant_to_multiples_of_its_stride_alone(
    page: Page, layer: str, stride: int
) -> None:
    for t, error in enumerate(page["errors"][layer]):
        assert (error < ROUNDING) == (t % stride == 0), t


def test_max_pooling_is_equivariant_to_even_shifts_alone(page: Page) -> None:
    for t, error in enumerate(page["errors"]["max pool 2"]):
        assert (error < ROUNDING) == (t % 2 == 0), t


def test_the_global_average_is_invariant_up_to_rounding(page: Page) -> None:
    assert max(page["errors"]["mean"]) < ROUNDING


def test_the_shift_error_finds_the_exact_move(page: Page) -> None:
    x = np.random.default_rng(3).normal(size=(1, 2, 4, 8))
    assert page["shift_error"](lambda x: x, x, 3) == 0
    assert page["shift_error"](lambda x: np.roll(x, 1, axis=3) ** 2, x, 5) == 0
    assert page["shift_error"](lambda x: x * np.arange(8), x, 1) > 0.1


def test_a_shifted_row_is_pooled_as_in_the_lecture(page: Page) -> None:
    pooled = [row.tolist() for row in page["pooled"]]
    assert pooled == [[0, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 0]]


def test_only_a_global_average_makes_scores_invariant_in_all_twenty_networks(page: Page) -> None:
    every = page["every"]
    assert {name: rows.shape for name, rows in every.items()} == dict.fromkeys(every, (20, 9))
    for t in range(9):
        assert every["no stride"][:, t].max() < ROUNDING
        assert (every["average"][:, t] < ROUNDING).all() == (t % 4 == 0)
        assert (every["flatten"][:, t] < ROUNDING).all() == (t == 0)


def test_a_flatten_changes_more_than_an_average_by_a_sign_test(page: Page) -> None:
    every = page["every"]
    wins = int((every["flatten"][:, 1] > every["average"][:, 1]).sum())
    assert wins == page["wins"]
    assert stats.binomtest(wins, 20, alternative="greater").pvalue < 1e-3
    assert page["least"] < page["changes"]["flatten"][1] < page["most"]


def test_a_blur_before_the_stride_lowers_the_shift_error_of_every_image(page: Page) -> None:
    assert page["soft"].shape == (20,)
    assert (page["soft"] < 0.8 * page["sharp"]).all()


def test_a_smooth_image_is_an_easier_case(page: Page) -> None:
    assert page["smooth_error"] < 0.8 * page["errors"]["stride 2"][1]


def test_zeros_around_an_image_break_the_test_and_a_ring_does_not(page: Page) -> None:
    assert page["zero_padded"] > 0.1
    # away from the borders nothing is wrong: scipy, without padding
    x = np.random.default_rng(5).normal(size=(9, 9))
    still, moved = (
        ndimage.correlate(a, page["kernel"][0, 0], mode="constant") for a in (x, np.roll(x, 1, 1))
    )
    np.testing.assert_allclose(moved[1:-1, 2:-1], still[1:-1, 1:-2], atol=1e-12)


def test_blur_pool_blurs_the_maximum_of_each_window(page: Page) -> None:
    x = np.random.default_rng(4).normal(size=(6, 8))
    most = ndimage.maximum_filter(x, size=2, origin=-1, mode="wrap")
    soft = ndimage.correlate(most, np.outer([1, 2, 1], [1, 2, 1]) / 16, mode="wrap")
    y = page["blur_pool"](x[None, None])
    np.testing.assert_allclose(y[0, 0], soft[::2, ::2], atol=1e-14)


def test_zero_padding_uses_corners_edges_and_inside_4_6_and_9_times(page: Page) -> None:
    once = 9 * page["once"][0, 0]
    np.testing.assert_allclose([once[0, 0], once[0, 4], once[4, 4]], [4, 6, 9])
    assert np.isclose(page["twice"], 1).sum() == 25


def test_a_turned_image_needs_a_turned_kernel(page: Page) -> None:
    assert page["as_is"] > 0.5
    assert page["turned"] < ROUNDING
    assert page["alike"] < ROUNDING  # a kernel that looks the same when turned


def test_the_exercises_are_answered_right(
    page: Page, prose: Callable[[str], dict[str, str]]
) -> None:
    said = prose(PAGE)
    assert said["spikes[0].tolist()"] == "[0, 5, 0, 0]"
    assert said["spikes[1].tolist()"] == "[0, 0, 5, 0]"
    assert said["by_hand.tolist()"] == "[0, 0, 0, 0, 2, 7, 3, 0]"
    assert said["total"] == "32"
    assert said["total**2"] == "1,024"
    assert said["untouched"] == "484"
    assert page["untouched"] == (32 - 2 * 5) ** 2
    assert page["allowed"] == [3]
    assert said["tail.tolist()"] == "[0, 0, 1, 1]"


def test_an_enlarged_image_does_not_give_the_enlarged_output(page: Page) -> None:
    x, sobel = page["x"][0, 0], page["sobel"][0, 0]
    small = signal.correlate2d(x, sobel, "valid")
    large = signal.correlate2d(np.kron(x, np.ones((2, 2))), sobel, "valid")[1:-1, 1:-1]
    want = np.kron(small, np.ones((2, 2)))
    gap = np.abs(want - large).max() / np.abs(want).max()
    assert page["enlarged_gap"] == pytest.approx(gap)
