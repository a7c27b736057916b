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
    assert page["big"].shape == (36, 64)
    assert np.count_nonzero(page["big"]) == 324


def test_the_view_costs_nothing_and_the_matrix_is_a_copy(page):
    assert np.shares_memory(page["x"], page["view"])
    assert not np.shares_memory(page["x"], page["matrix"])
