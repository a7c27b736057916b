"""The page on kernels by hand: its kernels and maps against scipy and torch."""

import numpy as np
import pytest
from scipy import ndimage, signal

PAGE = "convolution/kernels-by-hand"


def test_the_sobel_kernel_is_the_one_of_scipy(page):
    impulse = np.zeros((3, 3))
    impulse[1, 1] = 1
    # A correlation with an impulse leaves the kernel turned by 180 degrees.
    assert (ndimage.sobel(impulse, axis=1, mode="constant")[::-1, ::-1] == page["sobel_x"]).all()


def test_correlation_agrees_with_scipy(page):
    rng = np.random.default_rng(4)
    x, k = rng.normal(size=(6, 8)), rng.normal(size=(3, 2))
    expected = signal.correlate2d(x, k, mode="valid")
    np.testing.assert_allclose(page["correlate2d"](x, k), expected, atol=1e-12)


def test_sobel_maps_agree_with_torch(page, vectors):
    v = vectors("kernels_by_hand")
    sobel = page["sobel_x"]
    np.testing.assert_allclose(page["correlate2d"](v["x"], sobel), v["sx"], atol=1e-12)
    np.testing.assert_allclose(page["correlate2d"](v["x"], sobel.T), v["sy"], atol=1e-12)


def test_the_step_gives_0_40_40_0_in_every_row(page):
    assert page["edges"].tolist() == [[0, 40, 40, 0]] * 3


def test_true_convolution_of_the_step_flips_the_sign(page):
    expected = signal.convolve2d(page["step"], page["sobel_x"], mode="valid")
    assert (page["flipped"] == expected).all()
    assert (page["flipped"] == -page["edges"]).all()


def test_a_ramp_is_answered_by_eight_times_its_slope_or_twice_in_scikit_image(page):
    ramp = np.outer(np.ones(5), np.arange(6.0))
    inner = ndimage.sobel(ramp, axis=1)[2, 2]
    assert page["plain"] == inner == page["gain"] == 8
    # skimage/filters/edges.py: [1, 0, -1] times [1, 2, 1] / 4, as a true convolution
    weights = np.outer(np.array([1, 2, 1]) / 4, [1, 0, -1])
    assert page["averaged"] == ndimage.convolve(ramp, weights)[2, 2] == 2
    assert page["slope"] == np.gradient(ramp, axis=1)[2, 2] == 1


def test_sobel_hears_less_noise_than_a_difference_of_two(page):
    noise = np.random.default_rng(0).normal(size=(600, 600))
    small = (noise[:, 1:] - noise[:, :-1]).std()
    sobel = (ndimage.sobel(noise, axis=1) / 8).std()
    assert page["noise_small"] == pytest.approx(small, rel=0.02)
    assert page["noise_sobel"] == pytest.approx(sobel, rel=0.02)


def test_the_sums_of_the_kernels_are_as_the_table_says(page):
    sums = {name: float(np.sum(k)) for name, k in page["kernels"].items()}
    assert sums == pytest.approx({"blur": 1, "sharpen": 1, "Sx": 0, "Sy": 0, "Laplace": 0})


def test_the_photograph_is_grey_and_within_its_scale(page):
    grey = page["grey"]
    assert grey.ndim == 2
    assert 0 <= grey.min() < 0.1
    assert 0.9 < grey.max() <= 1
    middle = page["photo"][20:452, 40:472]
    assert grey.mean() == pytest.approx(middle.mean(), abs=0.001)  # it has hundredths
    assert (grey == grey.round(2)).all()


@pytest.mark.parametrize("name", ["blur", "sharpen", "Sx", "Sy", "Laplace"])
def test_the_maps_of_the_photograph_agree_with_scipy(page, name):
    expected = ndimage.correlate(page["grey"], page["kernels"][name])[1:-1, 1:-1]
    np.testing.assert_allclose(page["maps"][name], expected, atol=1e-12)


def test_the_strength_of_edges_agrees_with_scipy(page):
    gradients = [ndimage.sobel(page["grey"], axis=axis)[1:-1, 1:-1] for axis in (0, 1)]
    np.testing.assert_allclose(page["strength"], np.hypot(*gradients), atol=1e-12)


def test_only_separable_kernels_have_rank_1(page):
    assert page["ranks"] == {"blur": 1, "sharpen": 2, "Sx": 1, "Sy": 1, "Laplace": 2}


def test_the_digit_loses_answers_to_relu(page):
    expected = signal.correlate2d(page["digit"], page["sobel_x"], mode="valid")
    assert (page["answers"] == expected).all()
    assert 0 < (page["kept"] > 0).sum() < (expected != 0).sum()


def test_answers_of_the_drill_agree_with_scipy(page, prose):
    shown = prose(PAGE)
    expected = signal.correlate2d(page["P"], page["D"], mode="valid")
    assert np.unique(expected).tolist() == [int(shown["answer[0, 0]"])] == [-24]
    assert shown["correlate2d(P, D.T)[0, 0]"] == "0"
    assert page["saved"] == 35
    assert page["made"] == pytest.approx([5, 5, 0])
    assert page["leak"] == 5 * page["broken"].sum() == 5
