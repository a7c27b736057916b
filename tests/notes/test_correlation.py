"""The page on correlation: its functions against scipy, NumPy and torch."""

import numpy as np
import pytest
from scipy import signal

PAGE = "convolution/correlation"


@pytest.mark.parametrize("name", ["correlate2d_loop", "correlate2d"])
@pytest.mark.parametrize("kernel", [(1, 1), (2, 2), (3, 2), (1, 4), (5, 6)])
def test_correlation_agrees_with_scipy(page, name, kernel):
    rng = np.random.default_rng(7)
    x, k = rng.normal(size=(5, 6)), rng.normal(size=kernel)
    expected = signal.correlate2d(x, k, mode="valid")
    np.testing.assert_allclose(page[name](x, k), expected, atol=1e-12)


@pytest.mark.parametrize("name", ["correlate2d_loop", "correlate2d"])
def test_correlation_agrees_with_torch(page, vectors, name):
    v = vectors("correlation")
    np.testing.assert_allclose(page[name](v["x"], v["k"]), v["y"], atol=1e-12)


def test_true_convolution_agrees_with_scipy(page):
    rng = np.random.default_rng(8)
    x, k = rng.normal(size=(6, 7)), rng.normal(size=(3, 2))
    expected = signal.convolve2d(x, k, mode="valid")
    np.testing.assert_allclose(page["convolve2d"](x, k), expected, atol=1e-12)


def test_the_worked_example_has_its_known_results(page):
    assert page["Y"].tolist() == [[19, 25], [37, 43]]
    assert page["convolve2d"](page["X"], page["K"]).tolist() == [[5, 11], [23, 29]]
    assert page["arithmetic"](page["X"], page["K"], 0, 0) == "0·0 + 1·1 + 3·2 + 4·3 = 19"


def test_written_arithmetic_brackets_negative_numbers(page):
    line = page["arithmetic"](np.array([[2, 3]]), np.array([[1, -4]]), 0, 0)
    assert line == "2·1 + 3·(−4) = −10"


def test_learning_finds_the_kernel_and_turns_it_for_convolution(page):
    rng = np.random.default_rng(9)
    x, k = rng.normal(size=(9, 9)), rng.normal(size=(3, 3))
    correlated = signal.correlate2d(x, k, mode="valid")
    convolved = signal.convolve2d(x, k, mode="valid")
    # least squares says the same without any steps
    windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3)).reshape(-1, 9)
    for wanted, expected in [(correlated, k), (convolved, k[::-1, ::-1])]:
        best = np.linalg.lstsq(windows, wanted.ravel(), rcond=None)[0].reshape(3, 3)
        np.testing.assert_allclose(best, expected, atol=1e-10)
        found = page["learn"](x, wanted, k=3)
        np.testing.assert_allclose(found, best, atol=1e-9)
    np.testing.assert_allclose(page["learned"], page["K"][::-1, ::-1], atol=1e-10)


def test_each_step_of_learning_goes_down_the_measured_slope(page, slope):
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=(5, 6)), rng.normal(size=(4, 5))

    def loss(kernel):
        return np.mean((signal.correlate2d(x, kernel, mode="valid") - y) ** 2)

    start, after = (page["learn"](x, y, steps=n, rate=0.1) for n in (0, 1))
    np.testing.assert_allclose((start - after) / 0.1, slope(loss, start), rtol=0, atol=1e-8)


def test_learning_begins_elsewhere_for_each_seed_and_ends_at_the_kernel(page):
    x, y = page["image"], page["correlate2d"](page["image"], page["K"])
    starts = [page["learn"](x, y, seed=n, steps=0) for n in page["seeds"]]
    assert min(np.abs(start - page["K"]).max() for start in starts) > 0.5
    assert page["furthest"] < 1e-9


def test_true_convolution_commutes_where_every_overlap_counts(page):
    x, k = page["X"], page["K"]
    full = signal.convolve2d(x, k, mode="full")
    assert (full == signal.convolve2d(k, x, mode="full")).all()
    assert (signal.correlate2d(x, k, mode="full") != signal.correlate2d(k, x, mode="full")).any()
    with pytest.raises(ValueError, match="window"):
        page["convolve2d"](k, x)


def test_a_flip_is_seen_unless_the_kernel_looks_the_same_turned(page):
    for kernel, same in [(page["symmetric"], True), (page["K"], False)]:
        both = [f(page["X"], kernel, "valid") for f in (signal.correlate2d, signal.convolve2d)]
        assert (both[0] == both[1]).all() == same


def test_the_exercises_have_their_answers(page):
    assert page["lost"] == 3
    assert page["largest"] == 26


def test_channels_and_bias_join_one_sum_as_in_torch(page, vectors):
    v = vectors("correlation")
    maps = [page["correlate2d"](x, k) for x, k in zip(v["deep_x"], v["deep_k"], strict=True)]
    np.testing.assert_allclose(sum(maps) + v["bias"], v["deep_y"], atol=1e-12)


def test_the_slip_gives_4_where_true_convolution_gives_10(page, prose):
    shown = prose(PAGE)
    assert shown["correlated"] == "4"
    assert shown["convolved"] == "10"
    assert signal.convolve([0, 1, 2], [4, 2, 1], "valid").tolist() == [10]
    assert shown["whole"] == "9"


def test_answers_of_the_drill_agree_with_scipy(page, prose):
    shown = prose(PAGE)
    correlated = signal.correlate2d(page["A"], page["B"], mode="valid")
    convolved = signal.convolve2d(page["A"], page["B"], mode="valid")
    assert shown["arithmetic(A, B, 1, 2)"].endswith(f"= {correlated[1, 2]}")
    assert shown["arithmetic(A, B[::-1, ::-1], 1, 2)"].endswith(f"= {convolved[1, 2]}")


def test_every_step_ends_in_the_number_of_its_place(namespace, frames):
    shown = frames(PAGE)["arithmetic(X4, K, r, c)"]
    expected = signal.correlate2d(np.arange(16).reshape(4, 4), namespace(PAGE)["K"], "valid")
    assert [float(text.rpartition("= ")[2]) for text in shown] == expected.ravel().tolist()


def test_every_step_leaves_one_number_less_to_fill_in(frames):
    assert frames(PAGE)["Y4.size - step"] == [str(left) for left in range(8, -1, -1)]
