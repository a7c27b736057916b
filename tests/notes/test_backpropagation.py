"""The page on backpropagation: its gradients against scipy and measured slopes."""

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import optimize, signal

Array = NDArray[np.float64]
Page = dict[str, Any]
PAGE = "training/backpropagation"
OPTIONS = list(product((1, 2, 3), (0, 1, 2), (1, 2), (1, 2)))
"""stride, padding, dilation, groups"""
POOLINGS = [(2, 2, 0), (3, 2, 1), (3, 1, 1), (2, 3, 0), (4, 2, 2)]
"""window, stride, padding"""


@pytest.mark.parametrize("options", OPTIONS)
def test_the_gradients_are_the_slopes_of_scipys_correlation(
    page: Page,
    convolve_by_scipy: Callable[..., Array],
    slope: Callable[..., Array],
    options: tuple[int, ...],
) -> None:
    rng = np.random.default_rng(1)
    x, w = rng.normal(size=(2, 2, 7, 6)), rng.normal(size=(2, 2 // options[3], 3, 2))
    dy = rng.normal(size=convolve_by_scipy(x, w, *options).shape)
    dx, dw, db = page["conv2d_backward"](dy, x, w, *options)

    # The loss is linear in each argument, so that a step of any size measures without error.
    expected = slope(lambda x: float((dy * convolve_by_scipy(x, w, *options)).sum()), x, h=1.0)
    np.testing.assert_allclose(dx, expected, rtol=0, atol=1e-11)
    expected = slope(lambda w: float((dy * convolve_by_scipy(x, w, *options)).sum()), w, h=1.0)
    np.testing.assert_allclose(dw, expected, rtol=0, atol=1e-11)
    np.testing.assert_allclose(db, np.einsum("nohw->o", dy), rtol=0, atol=1e-12)


def test_depthwise_groups_have_gradients_of_their_own(page: Page) -> None:
    rng = np.random.default_rng(2)
    x, w = rng.normal(size=(1, 3, 5, 5)), rng.normal(size=(3, 1, 3, 3))
    dy = rng.normal(size=(1, 3, 5, 5))
    dx, dw, _ = page["conv2d_backward"](dy, x, w, padding=1, groups=3)
    for c in range(3):
        back = signal.convolve2d(dy[0, c], w[c, 0], "same")
        np.testing.assert_allclose(dx[0, c], back, atol=1e-12)
        seen = signal.correlate2d(np.pad(x[0, c], 1), dy[0, c], "valid")
        np.testing.assert_allclose(dw[c, 0], seen, atol=1e-12)


def test_the_worked_example_has_the_gradients_of_the_lecture(page: Page) -> None:
    np.testing.assert_array_equal(page["Y"], [[7, 9], [13, 15]])
    np.testing.assert_array_equal(page["dK"], [[4, 6], [10, 12]])
    np.testing.assert_array_equal(page["dX"], [[1, 0, 0], [1, 1, 0], [-2, 5, -2]])
    assert page["db"] == 2


def test_a_fully_connected_layer_and_a_relu_have_the_gradients_that_are_measured(
    page: Page, slope: Callable[..., Array]
) -> None:
    x, w = np.array([[1.0, 2], [3, -1]]), np.array([[1.0, -1], [2, 1]])
    da = np.array([[1.0, 1], [2, -1]])

    def loss(x: Array, w: Array) -> float:
        return float((da * np.maximum(x @ w.T + [0, 1], 0)).sum())

    dz = da * (x @ w.T + [0, 1] > 0)
    dx, dw = page["full_backward_loop"](dz, x, w)
    np.testing.assert_allclose(dx, slope(lambda x: loss(x, w), x), rtol=0, atol=1e-8)
    np.testing.assert_allclose(dw, slope(lambda w: loss(x, w), w), rtol=0, atol=1e-8)
    np.testing.assert_array_equal(page["dz"], dz)


def test_only_the_gradient_of_the_input_flips_the_kernel(page: Page) -> None:
    X, K, dY = page["X"], page["K"], page["dY"]
    np.testing.assert_array_equal(signal.convolve2d(dY, K, "full"), page["dX"])
    np.testing.assert_array_equal(signal.correlate2d(X, dY, "valid"), page["measured"])
    np.testing.assert_array_equal(signal.convolve2d(X, dY, "valid"), page["wrong"])
    assert not np.array_equal(page["wrong"], page["dK"])


def test_stride_and_dilation_change_places_in_the_gradient_of_the_kernel(page: Page) -> None:
    rng = np.random.default_rng(3)
    x, w = rng.normal(size=(1, 1, 9, 9)), rng.normal(size=(1, 1, 3, 3))
    for s, d in [(2, 1), (1, 2), (2, 2)]:
        y = page["conv2d"](x, w, None, s, 0, d)
        dy = rng.normal(size=y.shape)
        _, dw, _ = page["conv2d_backward"](dy, x, w, s, 0, d)
        seen = page["conv2d"](x, dy, None, d, 0, s)
        np.testing.assert_allclose(seen[..., :3, :3], dw, atol=1e-12)


def test_stride_puts_zeros_between_the_numbers_of_dy(page: Page) -> None:
    rng = np.random.default_rng(4)
    w, dy = rng.normal(size=(3, 3)), rng.normal(size=(3, 3))
    apart = np.zeros((5, 5))
    apart[::2, ::2] = dy
    dx, _, _ = page["conv2d_backward"](
        dy[None, None], np.zeros((1, 1, 7, 7)), w[None, None], stride=2
    )
    np.testing.assert_allclose(dx[0, 0], signal.convolve2d(apart, w, "full"), atol=1e-12)


def test_pixels_that_no_window_reads_have_no_gradient(page: Page) -> None:
    used = page["used"][0, 0]
    assert used.max() == used[2, 2] == 4
    assert not used[5].any()
    assert not used[:, 5].any()


@pytest.mark.parametrize(("k", "s", "p"), POOLINGS)
def test_pooling_gradients_are_measured_slopes(
    page: Page, slope: Callable[..., Array], k: int, s: int, p: int
) -> None:
    rng = np.random.default_rng(5)
    x = rng.permutation(56).reshape(1, 1, 7, 8).astype(float) - 60  # no two equal, all negative

    def windows(x: Array, fill: float) -> Array:
        padded = np.pad(x[0, 0], p, constant_values=fill)
        views = np.lib.stride_tricks.sliding_window_view(padded, (k, k))
        return views[::s, ::s]

    dy = rng.normal(size=(1, 1, *windows(x, 0.0).shape[:2]))
    expected = slope(lambda x: float((dy * windows(x, -np.inf).max(axis=(2, 3))).sum()), x, 1e-3)
    found = page["max_pool2d_backward"](dy, x, k, s, p)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-8)
    expected = slope(lambda x: float((dy * windows(x, 0.0).mean(axis=(2, 3))).sum()), x, 1.0)
    found = page["avg_pool2d_backward"](dy, x, k, s, p)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-11)


def test_max_pooling_routes_and_average_pooling_spreads(page: Page) -> None:
    routed = [[0, 0, 0, 2], [0, 1, 0, 0], [3, 0, 0, 0], [0, 0, -4, 0]]
    np.testing.assert_array_equal(page["routed"][0, 0], routed)
    shared = np.kron([[1.0, 2], [3, -4]], np.full((2, 2), 0.25))
    np.testing.assert_array_equal(page["shared"][0, 0], shared)


def test_equal_numbers_have_one_winner(page: Page) -> None:
    np.testing.assert_array_equal(page["winner"], [[1, 0], [0, 0]])
    np.testing.assert_array_equal(page["everyone"], np.ones((2, 2)))


def test_gradients_leave_their_arguments_alone(page: Page) -> None:
    rng = np.random.default_rng(6)
    x, w, dy = (rng.normal(size=n) for n in ((1, 2, 6, 6), (2, 2, 3, 3), (1, 2, 6, 6)))
    before = [array.copy() for array in (x, w, dy)]
    page["conv2d_backward"](dy, x, w, padding=1)
    page["max_pool2d_backward"](dy[..., :3, :3], x, 2)
    page["avg_pool2d_backward"](dy[..., :3, :3], x, 2)
    for array, kept in zip((x, w, dy), before, strict=True):
        np.testing.assert_array_equal(array, kept)


def test_the_exercises_are_answered_right(
    page: Page, prose: Callable[[str], dict[str, str]]
) -> None:
    dx, dk, db = page["by_eye"]
    np.testing.assert_array_equal(dk, [[6, 8], [12, 14]])
    assert (db, dx[1, 1]) == (2, 3)
    said = prose(PAGE)
    assert said["grown[0].size"] == "51,200"
    assert said["grown[1].size"] == "1,152"
    assert said["grown[2].size"] == "8"
    assert said["grown[2][0]"] == "3,200"
    assert said["overlap[0, 0, 1, 1]"] == "3"
    assert said["overlap[0, 0, 2, 0]"] == "2"


def test_the_graph_has_the_slopes_that_scipy_measures(page: Page) -> None:
    def loss(at: Array) -> float:
        return float((at[0] * at[1] + at[1] - 4) ** 2)

    found = optimize.approx_fprime(np.array([2.0, 3.0]), loss, 1e-7)
    assert [page["d_w"], page["d_x"]] == pytest.approx(found, rel=1e-5)
    assert page["d_x"] == 30


def test_which_gradient_flips_depends_on_the_convention(page: Page) -> None:
    """Of a true convolution it is dK that is flipped, and dX that is not."""
    X, K, dY = page["X"], page["K"], page["dY"]
    np.testing.assert_array_equal(
        page["convolved"], signal.convolve2d(X, dY[::-1, ::-1], "valid")[::-1, ::-1]
    )
    dx = np.array(
        [(dY * signal.convolve2d(step, K, "valid")).sum() for step in np.eye(9).reshape(9, 3, 3)]
    )
    np.testing.assert_array_equal(dx.reshape(3, 3), signal.correlate2d(dY, K, "full"))


def test_a_remainder_of_the_stride_makes_one_result_too_large_and_one_too_small(
    page: Page,
) -> None:
    assert tuple(page["grown_by"]) == (4, 4)
    assert tuple(page["misses"]) == (5, 5)


def test_only_a_padded_average_loses_some_of_the_gradient(page: Page) -> None:
    one, x = np.ones((1, 1, 2, 2)), np.arange(4.0).reshape(1, 1, 2, 2)
    assert page["max_pool2d_backward"](one, x, 2, 2, 1).sum() == 4
    assert page["avg_pool2d_backward"](one, x, 2, 2, 1).sum() == 1
    assert page["lost"] == pytest.approx(0.75)


def test_two_of_three_conventions_for_ties_keep_the_sum(page: Page) -> None:
    assert page["winner"].sum() == page["evenly"].sum() == page["rise"] == 1
    assert page["everyone"].sum() == 4


def test_overwriting_instead_of_adding_shows_only_where_pixels_are_shared(page: Page) -> None:
    def overwritten(dy: Array, x: Array, w: Array, s: int) -> Array:
        dx = np.zeros(x.shape)
        for a, b, at in page["taps"](dy.shape[2:], w.shape[2:], s):
            dx[at] = dy * w[0, 0, a, b]
        return dx

    rng = np.random.default_rng(7)
    for k, s, agrees in [(2, 2, True), (1, 1, True), (2, 3, True), (3, 2, False), (2, 1, False)]:
        x, w = rng.normal(size=(1, 1, 8, 8)), rng.normal(size=(1, 1, k, k))
        size = (8 - k) // s + 1
        dy = rng.normal(size=(1, 1, size, size))
        right = page["conv2d_backward"](dy, x, w, s)[0]
        assert np.allclose(overwritten(dy, x, w, s), right) == agrees
    assert (page["seven"].max(), page["seven"].min()) == (4, 1)
    assert (page["square"], page["forgot"]) == (30, 15)
