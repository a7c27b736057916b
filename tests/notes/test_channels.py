"""The page on channels: its layer against scipy and the published example."""

import numpy as np
from scipy.signal import correlate2d

PAGE = "convolution/channels"


def test_the_example_gives_56_72_104_120(page, prose):
    assert page["Y"].tolist() == [[56, 72], [104, 120]]
    assert prose(PAGE)["Y[0, 0]"] == "56"


def test_each_channel_gives_what_scipy_says(page):
    for x, k, part in zip(page["X"], page["K"], page["parts"], strict=True):
        assert part.tolist() == correlate2d(x, k, "valid").tolist()


def test_three_filters_give_the_published_maps(page):
    # Zhang et al., Dive into Deep Learning, section 7.4.2
    assert page["three"][0].tolist() == [
        [[56, 72], [104, 120]],
        [[76, 100], [148, 172]],
        [[96, 128], [192, 224]],
    ]


def test_the_loops_agree_with_scipy(page, convolve_by_scipy):
    rng = np.random.default_rng(8)
    x, w, b = rng.normal(size=(2, 2, 5, 6)), rng.normal(size=(3, 2, 2, 3)), rng.normal(size=3)
    expected = convolve_by_scipy(x, w) + b[:, None, None]
    np.testing.assert_allclose(page["conv2d_loop"](x, w, b), expected, atol=1e-12)


def test_a_1_by_1_filter_gives_what_scaling_no_single_channel_gives(page):
    white, red = page["two"].T
    assert page["told"].tolist() == [white[0] - white[1], red[0] - red[1]] == [0, 1]
    # the best scale of each channel alone still misses, by least squares
    for channel in page["two"]:
        _, left, *_ = np.linalg.lstsq(channel[:, None], page["told"], rcond=None)
        assert left[0] > 0.4


def test_swapping_the_channels_changes_the_map(page):
    expected = correlate2d(page["X"][1], page["K"][0], "valid")
    expected = expected + correlate2d(page["X"][0], page["K"][1], "valid")
    assert page["swapped"].tolist() == expected.tolist()
    assert page["swapped"].tolist() != page["Y"].tolist()


def test_one_grid_for_all_channels_cannot_tell_them_apart(page):
    grid, block = [page["K"][0]] * 2, page["K"]
    for slices, blind in [(grid, True), (block, False)]:
        plain, mixed = (
            sum(correlate2d(x, k, "valid") for x, k in zip(order, slices, strict=True))
            for order in (page["X"], page["X"][::-1])
        )
        assert (plain == mixed).all() == blind


def test_the_exercises_have_their_shapes_and_counts(page):
    assert page["narrow"] == 64
    assert page["spent"] == 256 * 64 + 9 * 64 * 64 + 64 * 256 == 69_632
    assert page["times"] == 9
    assert page["apart"].shape == (2, 3, 4, 4, 3)
    assert page["stem"].shape == (8, 16, 32, 32)
    assert page["squeeze"].size == 16_384
    assert page["square"].size == 147_456
