"""The page on pooling: its functions against torch, and what they make of its examples."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

PAGE = "nonlinearity/pooling"


@pytest.fixture(scope="module")
def torch(vectors: Callable[[str], dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    return vectors("pooling")


def test_both_poolings_are_those_of_torch_in_every_case(
    page: dict[str, Any], torch: dict[str, np.ndarray]
) -> None:
    cases = [name for name in torch if name.startswith(("max_", "avg_"))]
    assert len(cases) == 16
    for case in cases:
        kind, *sizes = case.split("_")
        pooled = page[f"{kind}_pool2d"](torch["x"], *map(int, sizes))
        assert pooled.shape == torch[case].shape, case
        np.testing.assert_allclose(pooled, torch[case], rtol=0, atol=1e-13, err_msg=case)


def test_the_stride_is_the_window_when_none_is_given(
    page: dict[str, Any], torch: dict[str, np.ndarray]
) -> None:
    np.testing.assert_array_equal(page["max_pool2d"](torch["x"], 2), torch["max_2_2_0"])


def test_global_pooling_gives_one_mean_per_channel(
    page: dict[str, Any], torch: dict[str, np.ndarray]
) -> None:
    np.testing.assert_allclose(page["global_avg_pool"](torch["x"]), torch["global"], atol=1e-14)


def test_the_loops_and_the_windows_agree(page: dict[str, Any]) -> None:
    x = np.random.default_rng(5).normal(size=(6, 7))
    for k, s in [(2, 2), (3, 2), (3, 1)]:
        loop = page["pool_loop"](x, k, s, np.max)
        np.testing.assert_array_equal(page["max_pool2d"](x[None, None], k, s)[0, 0], loop)


@pytest.mark.parametrize("padding", [-1, 2])
def test_more_padding_than_half_the_window_is_refused(page: dict[str, Any], padding: int) -> None:
    with pytest.raises(ValueError, match="padding"):
        page["max_pool2d"](np.ones((1, 1, 4, 4)), 3, 1, padding)


def test_pooling_leaves_its_input_alone(page: dict[str, Any]) -> None:
    x = np.arange(16.0).reshape(1, 1, 4, 4)
    page["max_pool2d"](x, 3, 2, 1)[:] = 0
    page["avg_pool2d"](x, 2)[:] = 0
    np.testing.assert_array_equal(x, np.arange(16.0).reshape(1, 1, 4, 4))


def test_the_worked_example_gives_the_numbers_of_the_lecture(
    page: dict[str, Any], said: dict[str, str]
) -> None:
    np.testing.assert_array_equal(page["largest"], [[6, 4], [7, 8]])
    np.testing.assert_array_equal(page["mean"], [[3.75, 2.25], [4, 3.5]])
    assert said["x.mean()"] == "3.375"


def test_one_number_is_the_largest_of_three_overlapping_windows(page: dict[str, Any]) -> None:
    wide = np.array(page["wide"], float)
    pooled = page["max_pool2d"](wide[None, None], 3, stride=2)[0, 0]
    np.testing.assert_array_equal(pooled, [[7, 7], [7, 9]])
    assert wide[2, 2] == 7


def test_padding_with_zeros_would_win_over_negative_activations(page: dict[str, Any]) -> None:
    np.testing.assert_array_equal(page["right"], [[[[-1, -2], [-3, -4]]]])
    np.testing.assert_array_equal(page["wrong"], np.zeros((1, 1, 2, 2)))


def test_a_shift_by_one_pixel_changes_what_max_pooling_gives(page: dict[str, Any]) -> None:
    def pooled(shift: int) -> list[float]:
        row = np.roll([0.0, 0, 1, 1, 0, 0, 0, 0], shift)
        return list(page["max_pool2d"](np.tile(row, (1, 1, 2, 1)), 2)[0, 0, 0])

    assert pooled(0) == [0, 1, 0, 0]
    assert pooled(1) == [0, 1, 1, 0]
    assert pooled(2) == [0, 0, 1, 0]


def test_the_mean_weakens_an_edge_and_the_maximum_fills_the_map(page: dict[str, Any]) -> None:
    found = page["found"][0, 0]
    blocks = found.reshape(20, 5, 20, 5)
    assert page["faint"] == pytest.approx(blocks.mean(axis=(1, 3)).max() / found.max())
    assert page["faint"] < 0.5
    assert page["grown"] == pytest.approx(blocks.max(axis=(1, 3)).mean() / found.mean())
    assert page["grown"] > 2
    assert page["blurred"].mean() == pytest.approx(found.mean())


def test_sizes_are_rounded_as_torch_rounds_them(
    page: dict[str, Any], vectors: Callable[[str], dict[str, np.ndarray]]
) -> None:
    rows = vectors("pooling_sizes")["sizes"].tolist()
    assert any(floor != ceil for *_, floor, ceil in rows)
    for i, k, s, p, floor, ceil in rows:
        assert page["size_down"](i, k, s, p) == floor, (i, k, s, p)
        assert page["size_up"](i, k, s, p) == ceil, (i, k, s, p)


def test_googlenets_first_pooling_fits_its_paper_only_rounded_up(page: dict[str, Any]) -> None:
    # Szegedy et al., table 1: max pool 3×3/2, 56×56×64
    assert (page["up"], page["down"], page["same"], page["valid"]) == (56, 55, 56, 55)


def test_alexnets_three_poolings_end_at_six_by_six(page: dict[str, Any]) -> None:
    side = 55
    for expected in (27, 13, 6):
        side = page["size_down"](side, 3, 2)
        assert side == expected == page["size_up"](2 * expected + 1, 3, 2)


def test_vgg_without_poolings_multiplies_48_times_as_often(page: dict[str, Any]) -> None:
    assert page["weights"] == 14_710_464
    assert page["pooled_work"] == 15_346_630_656  # 15,470,264,320 less the fully connected layers
    assert page["dearer"] == pytest.approx(48.1, abs=0.05)


def test_pooling_pixels_is_not_pooling_edges(page: dict[str, Any]) -> None:
    def pairs(a: np.ndarray) -> np.ndarray:
        return a.reshape(1, 2, 4, 2).mean(axis=(1, 3))

    edges, pixels = page["edges"], page["pixels"]
    assert pairs(edges(pixels)).tolist() == [[0, 4.5, 0, 0]]
    assert edges(pairs(pixels)).tolist() == [[0, 4.5, 4.5, 0]]


def test_of_eight_shifts_a_lone_pixel_survives_those_within_its_window(
    page: dict[str, Any],
) -> None:
    for k in (2, 3):
        expected = []
        for a, b in np.ndindex(k, k):
            rows = [a + d for d in (-1, 0, 1) if 0 <= a + d < k]
            columns = [b + d for d in (-1, 0, 1) if 0 <= b + d < k]
            expected.append(len(rows) * len(columns) - 1)
        assert page["stays"][k] == expected
    assert page["average_stays"] == pytest.approx(40 / 9)
    assert page["same_noise"] == 0
    assert page["unchanged"](np.ones((1, 1, 6, 6)), 3) == 8  # it could have stayed the same


def test_the_exercises_are_answered_right(page: dict[str, Any], said: dict[str, str]) -> None:
    np.testing.assert_array_equal(page["overlapping"], [[7, 6], [8, 8]])
    assert page["fine"].shape == (3, 3)
    assert said["fine[1, 1]"] == "2.25"
    assert page["stem"].shape == (1, 64, 56, 56)
    assert (page["fits"], page["covered"], page["rounded_up"]) == (6, 12, 7)
    np.testing.assert_array_equal(page["bug"], [[4, 6], [7, 8]])  # the largest of each row
    np.testing.assert_array_equal(page["bug"].ravel(), page["x"].max(axis=1))
    assert page["poolings"] == 3
    assert page["sizes"][2] > page["limit"] >= page["sizes"][3] == 50_176
    np.testing.assert_array_equal(page["lowest"], [[1, 1], [2, 0]])


def test_relu_can_be_swapped_with_max_pooling_but_not_with_average_pooling(
    page: dict[str, Any],
) -> None:
    x = np.random.default_rng(6).normal(size=(1, 2, 6, 6))
    for kind, swaps in (("max", True), ("avg", False)):
        pool = page[f"{kind}_pool2d"]
        assert np.array_equal(pool(np.maximum(x, 0), 2), np.maximum(pool(x, 2), 0)) is swaps


def test_every_step_names_the_largest_and_the_mean_of_its_window(namespace, frames):
    shown, space = frames("nonlinearity/pooling"), namespace("nonlinearity/pooling")
    assert [float(text) for text in shown["window.max()"]] == space["largest"].ravel().tolist()
    assert [float(text) for text in shown["window.mean()"]] == space["mean"].ravel().tolist()
