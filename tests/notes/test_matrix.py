"""The page on convolution as a matrix: both matrices against scipy and counting by hand."""

import numpy as np
import pytest
from scipy.linalg import toeplitz
from scipy.signal import correlate2d

PAGE = "convolution/matrix"


def test_the_first_row_picks_the_first_window(page, prose):
    assert page["rows"][0].tolist() == [0, 1, 2, 4, 5, 6, 8, 9, 10]
    assert page["rows"][-1].tolist() == [5, 6, 7, 9, 10, 11, 13, 14, 15]
    assert prose(PAGE)['", ".join(map(str, rows[0]))'] == "0, 1, 2, 4, 5, 6, 8, 9, 10"


def test_unrolled_windows_times_the_kernel_are_the_correlation(page):
    expected = correlate2d(page["X"], page["K"], "valid")
    assert page["y"].reshape(2, 2).tolist() == expected.tolist()


def test_the_matrix_of_a_row_is_what_scipy_calls_toeplitz(page):
    taps = np.array([1.0, 2, 3])
    expected = toeplitz([1, 0, 0, 0], [1, 2, 3, 0, 0, 0])
    assert page["toeplitz"](taps[None], 1, 6).tolist() == expected.tolist()


@pytest.mark.parametrize(
    ("kernel", "image"), [((3, 3), (4, 4)), ((2, 3), (6, 5)), ((1, 4), (3, 7))]
)
def test_the_matrix_times_the_image_is_the_correlation(page, kernel, image):
    rng = np.random.default_rng(9)
    k, x = rng.normal(size=kernel), rng.normal(size=image)
    y = page["toeplitz"](k, *image) @ x.ravel()
    np.testing.assert_allclose(y, correlate2d(x, k, "valid").ravel(), atol=1e-12)


def test_the_transposed_matrix_puts_a_gradient_where_the_window_was(page):
    back = (page["A"].T @ page["g"]).reshape(4, 4)
    expected = np.zeros((4, 4))
    expected[:3, :3] = page["K"]
    assert back.tolist() == expected.tolist()


def test_64_weights_become_36_and_then_9(page):
    assert (page["free"], page["local"], page["shared"]) == (64, 36, 9)


def test_the_costs_are_those_of_vggs_second_layer(page):
    assert page["image"] == 3_211_264
    assert page["kernel"] == 36_864
    assert page["unrolled"] == 9 * page["image"]
    assert page["full"] == 10_312_216_477_696


def test_the_exercises_have_their_shapes(page):
    assert page["first"] == (2048, 75)
    assert page["strided"] == (16, 144)
    assert page["fits"] == 4
    assert page["big"].shape == (36, 64)
    assert np.count_nonzero(page["big"]) == 324


def test_a_row_of_windows_is_a_view_and_a_plane_of_windows_is_copied(page):
    assert np.shares_memory(page["line"], page["windows"])
    assert not np.shares_memory(page["x"], page["matrix"])
    # one stride would need equal steps from each window to the next
    assert len(set(np.diff(page["starts"]))) > 1
    narrow = np.lib.stride_tricks.sliding_window_view(np.zeros((9, 3)), (3, 3))
    assert np.shares_memory(narrow.reshape(7, 9), narrow)  # one window a row: it can be a view


def test_im2col_multiplies_a_large_image_by_almost_nine(page):
    sizes = [page["im2col"](np.zeros((1, 1, n, n)), 3)[0].size / n**2 for n in (8, 34, 300)]
    assert sizes == sorted(sizes)
    assert sizes[1] == pytest.approx(9 * (32 / 34) ** 2)
    assert 8.8 < sizes[2] < 9


def test_a_kernel_expresses_9_of_the_64_directions_of_a_matrix(page):
    assert np.linalg.matrix_rank(page["base"]) == 9
    assert page["share"].mean() == pytest.approx(1 - 9 / 64, abs=0.005)
    assert page["share"].min() > 0.5


def test_vggs_second_layer_multiplies_1_8_billion_times(page):
    assert page["products"] == 9 * 64 * 64 * 224 * 224 == 1_849_688_064
    assert page["unrolled"] * 64 == page["products"]  # im2col saves nothing


def test_the_page_prints_mebibytes_to_two_places(said):
    assert said["4 * image / 2**20"] == "12.25"
    assert said["4 * unrolled / 2**20"] == "110.25"
    assert said["4 * full / 2**40"] == "37.52"


def test_a_reshape_without_moving_the_channels_mixes_them(page):
    assert page["one_map"]
    assert 0 < page["agrees"] < 0.5


def test_the_strips_fit_the_budget(page):
    assert page["row_bytes"] * page["strip"] <= page["budget"]
    assert page["row_bytes"] * (page["strip"] + 1) > page["budget"]
    assert (page["strip"], page["strips"]) == (32, 7)


def test_a_constant_image_gives_the_sum_of_the_kernel(page):
    assert page["flat"].tolist() == [page["K"].sum()] * 4
