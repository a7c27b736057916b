"""The page on variants: grouped, dilated and transposed layers against scipy."""

import numpy as np
import pytest
from scipy.signal import convolve2d

PAGE = "convolution/variants"
CASES = [(s, d, g) for s, d in [(1, 1), (2, 1), (1, 2), (3, 2)] for g in (1, 2, 4)]
"""stride, dilation, groups"""


@pytest.mark.parametrize(("stride", "dilation", "groups"), CASES)
def test_the_loops_agree_with_scipy(page, convolve_by_scipy, stride, dilation, groups):
    rng = np.random.default_rng(4)
    x, w = rng.normal(size=(1, 4, 7, 6)), rng.normal(size=(4, 4 // groups, 3, 3))
    expected = convolve_by_scipy(x, w, stride, 0, dilation, groups)
    got = page["conv2d_loop"](x, w, stride, dilation, groups)
    np.testing.assert_allclose(got, expected, atol=1e-12)


def test_output_padding_must_be_smaller_than_the_stride(page):
    x = np.zeros((1, 1, 2, 2))
    with pytest.raises(ValueError, match="output padding 1, stride 1"):
        page["conv_transpose2d"](x, x, output_padding=1)


def test_the_prints_are_those_of_the_published_examples(page):
    # Zhang et al., Dive into Deep Learning, section 14.10
    assert page["touching"].tolist() == [[0, 0, 1], [0, 4, 6], [4, 12, 9]]
    assert page["apart"].tolist() == [[0, 0, 0, 1], [0, 0, 2, 3], [0, 2, 0, 3], [4, 6, 6, 9]]


def test_a_standard_layer_has_73728_weights_two_groups_half_and_separable_8768(page, prose):
    assert (page["standard"], page["grouped"], page["separable"]) == (73_728, 36_864, 8_768)
    assert prose(PAGE)["ratio"] == prose(PAGE)["predicted"] == "0.11892"
    assert page["ratio"] == pytest.approx(page["predicted"])


def test_a_separable_layer_is_a_standard_one_with_shared_slices(page):
    rng = np.random.default_rng(6)
    x, deep, point = (rng.normal(size=s) for s in ((1, 3, 6, 6), (3, 1, 3, 3), (5, 3, 1, 1)))
    two_steps = page["conv2d"](page["conv2d"](x, deep, groups=3), point)
    one_step = page["conv2d"](x, point * deep[:, 0])
    np.testing.assert_allclose(two_steps, one_step, atol=1e-12)


def test_groups_are_blocks_of_the_wiring(page):
    assert page["wiring"](4, 4, 2).tolist() == np.kron(np.eye(2), np.ones((2, 2))).tolist()
    assert page["wiring"](3, 3, 3).tolist() == np.eye(3).tolist()


def test_prints_cover_1_1_2_1_2_with_k_3_and_1_1_2_2_with_k_4(page):
    assert page["three"].tolist() == [1, 1, 2, 1, 2, 1, 2, 1, 2, 1, 1]
    assert page["four"].tolist() == [1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1]


def test_a_transposed_convolution_does_not_bring_the_numbers_back(page):
    assert page["again"].shape == page["start"].shape
    assert not np.allclose(page["again"], page["start"])


def test_the_first_screen_shows_the_cover_of_prints(page, said):
    assert page["enlarged"].tolist() == page["three"].tolist()
    assert said['" ".join(map(str, enlarged))'] == "1 1 2 1 2 1 2 1 2 1 1"


@pytest.mark.parametrize("stride", [2, 3])
def test_an_even_grey_stays_even_where_the_weights_of_all_phases_add_up_alike(page, stride):
    rng = np.random.default_rng(8)
    w = rng.normal(size=(1, 1, 1, 2 * stride))
    y = page["conv_transpose2d"](np.ones((1, 1, 1, 9)), w, stride=stride)[0, 0, 0]
    inside = y[2 * stride : -2 * stride]
    sums = [w[0, 0, 0, n::stride].sum() for n in range(stride)]
    np.testing.assert_allclose(inside, np.resize(sums, inside.size), atol=1e-12)
    assert np.ptp(inside) > 0.1  # equal counts, and a pattern nevertheless


def test_more_padding_cuts_a_transposed_convolution_and_grows_a_plain_one(page):
    assert page["sides"] == {0: 10, 1: 8, 2: 6}
    x = np.ones((1, 1, 4, 4))
    plain = [page["conv2d"](x, x, padding=p).shape[2] for p in (0, 1, 2)]
    assert plain == sorted(plain)


def test_two_steps_with_a_relu_between_them_are_no_standard_layer(page):
    rng = np.random.default_rng(7)
    x, deep, point = (rng.normal(size=s) for s in ((1, 3, 6, 6), (3, 1, 3, 3), (5, 3, 1, 1)))
    between = np.maximum(page["conv2d"](x, deep, groups=3), 0)
    two_steps = page["conv2d"](between, point)
    one_step = page["conv2d"](x, point * deep[:, 0])
    assert not np.allclose(two_steps, one_step)


def test_the_fewest_groups_within_the_limit_are_four(page):
    assert page["fewest"] == 4
    assert page["within"] == 18_432 <= page["limit"] < page["standard"] // 2
    assert page["separable"] <= page["limit"]


def test_the_exercises_have_their_numbers(page):
    assert page["doubled"].shape[2:] == (14, 14)
    assert page["alexnet"].size == 307_200
    assert page["mobile"] == 266_752
    assert page["drawn"].shape[2:] == (14, 14)
    expected = convolve2d([[1, 2], [0, 1]], [[0, 1], [2, 3]])
    assert page["stamped"].tolist() == expected.tolist()
