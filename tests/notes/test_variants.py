"""The page on variants: grouped, dilated and transposed layers against scipy."""

import numpy as np
import pytest
from scipy.signal import convolve2d, correlate2d

PAGE = "convolution/variants"
CASES = [
    {"stride": s, "padding": p, "dilation": d, "groups": g}
    for s, p, d in [(1, 0, 1), (2, 1, 1), (1, 2, 2), (3, 1, 2)]
    for g in (1, 2, 4)
]


@pytest.fixture(scope="module")
def page(namespace):
    return namespace(PAGE)


def spread(k, d):
    """Put d - 1 zeros between the numbers of a matrix."""
    holed = np.zeros([d * (n - 1) + 1 for n in k.shape])
    holed[::d, ::d] = k
    return holed


def reference(x, w, b, *, stride, padding, dilation, groups):
    """Correlate channel by channel with scipy."""
    per_group = len(w) // groups
    y = []
    for image in x:
        maps = []
        for f, block in enumerate(w):
            first = f // per_group * block.shape[0]
            total = b[f]
            for m, k in enumerate(block):
                full = np.pad(image[first + m], padding)
                total = total + correlate2d(full, spread(k, dilation), "valid")
            maps.append(total[::stride, ::stride])
        y.append(maps)
    return np.array(y)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_layer_agrees_with_scipy(page, case):
    rng = np.random.default_rng(3)
    x, b = rng.normal(size=(2, 4, 10, 9)), rng.normal(size=8)
    w = rng.normal(size=(8, 4 // case["groups"], 3, 3))
    got = page["conv2d"](x, w, b, **case)
    np.testing.assert_allclose(got, reference(x, w, b, **case), atol=1e-12)


@pytest.mark.parametrize("case", [c for c in CASES if c["padding"] == 0], ids=str)
def test_the_loops_agree_with_scipy(page, case):
    rng = np.random.default_rng(4)
    x, w = rng.normal(size=(1, 4, 7, 6)), rng.normal(size=(4, 4 // case["groups"], 3, 3))
    got = page["conv2d_loop"](x, w, case["stride"], case["dilation"], case["groups"])
    np.testing.assert_allclose(got, reference(x, w, np.zeros(4), **case), atol=1e-12)


@pytest.mark.parametrize(
    ("stride", "padding", "output_padding"), [(1, 0, 0), (2, 0, 0), (2, 1, 1), (3, 2, 1), (1, 1, 0)]
)
def test_the_transposed_layer_is_a_true_convolution_of_the_spread_input(
    page, stride, padding, output_padding
):
    rng = np.random.default_rng(5)
    x, w, b = rng.normal(size=(2, 3, 5, 4)), rng.normal(size=(3, 2, 4, 3)), rng.normal(size=2)
    got = page["conv_transpose2d"](x, w, b, stride, padding, output_padding)
    for n, f in np.ndindex(2, 2):
        total = sum(convolve2d(spread(x[n, m], stride), w[m, f]) for m in range(3)) + b[f]
        total = np.pad(total, (0, output_padding), constant_values=b[f])
        end = [side - padding for side in total.shape]
        expected = total[padding : end[0], padding : end[1]]
        np.testing.assert_allclose(got[n, f], expected, atol=1e-12)


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
    assert prose(PAGE)["ratio"] == prose(PAGE)["1 / c_out + 1 / k**2"] == "0.11892"


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


def test_the_exercises_have_their_numbers(page):
    assert page["alexnet"].size == 307_200
    assert page["mobile"] == 266_752
    assert page["drawn"].shape[2:] == (14, 14)
    expected = convolve2d([[1, 2], [0, 1]], [[0, 1], [2, 3]])
    assert page["stamped"].tolist() == expected.tolist()
