"""The page on receptive fields: the recurrence against poking networks and published numbers."""

import numpy as np
import pytest
from scipy.signal import correlate

PAGE = "convolution/receptive-field"


def poked(layers):
    """Find the inputs of one axis that move the first output, by moving each of them."""
    n = 400

    def run(x):
        for k, s, d in layers:
            kernel = np.zeros(d * (k - 1) + 1)
            kernel[::d] = 1
            x = correlate(x, kernel, "valid", method="direct")[::s]
        return x[0]

    rest = run(np.zeros(n))
    return [i for i in range(n) if run(np.eye(1, n, i)[0]) != rest]


@pytest.mark.parametrize(
    "layers",
    [
        [(3, 1, 1), (2, 2, 1), (3, 1, 1)],
        [(3, 1, 1), (3, 1, 2), (3, 1, 4)],
        [(3, 1, 2)] * 3,
        [(7, 2, 1), (3, 2, 1), (3, 1, 1), (1, 2, 1), (3, 1, 1)],
    ],
)
def test_the_recurrence_agrees_with_poking_every_input(page, layers):
    found = poked(layers)
    assert page["pixels_read"](layers) == found
    assert page["receptive_field"](layers) == (found[-1] + 1, np.prod([s for _, s, _ in layers]))


def test_plain_layers_see_3_5_7_9_and_dilated_ones_3_7_15_31(page):
    assert page["growth"](page["plain"]) == [3, 5, 7, 9]
    assert page["growth"](page["dilated"]) == [3, 7, 15, 31]


def test_the_small_network_sees_eight_pixels(page):
    assert page["receptive_field"](page["small"]) == (8, 2)
    assert page["stride_first"](page["small"]) == 9


def test_alexnet_sees_195_pixels_and_vgg_16_212_with_jumps_of_32(page):
    # Araujo et al. 2019, table of receptive fields
    assert page["receptive_field"](page["alexnet"]) == (195, 32)
    assert page["receptive_field"](page["vgg"]) == (212, 32)
    assert page["stages"] == [(6, 2), (16, 4), (44, 8), (100, 16), (212, 32)]


@pytest.mark.parametrize(
    "layers",
    [[(3, 1, 1), (2, 2, 1), (3, 1, 1)], [(3, 1, 1), (3, 1, 2)], [(3, 1, 2)] * 2, [(2, 3, 2)]],
)
def test_poking_counts_the_paths_of_each_pixel(page, layers):
    # along one axis: from the neuron down, each number goes to the taps that it was made of
    paths = np.ones(1)
    for k, s, d in reversed(layers):
        wide = np.zeros((len(paths) - 1) * s + 1)
        wide[::s] = paths
        taps = np.zeros(d * (k - 1) + 1)
        taps[::d] = 1
        paths = np.convolve(wide, taps)
    np.testing.assert_allclose(page["poke"](layers), np.outer(paths, paths))


def test_equal_dilations_of_2_leave_holes(page):
    assert page["sides"] == [9, 31, 13]
    assert np.count_nonzero(page["prints"][2]) == 7 * 7


def test_the_middle_has_the_most_paths(page):
    assert page["paths"].tolist() == [1, 5, 15, 30, 45, 51, 45, 30, 15, 5, 1]


def test_in_all_ten_random_networks_the_middle_of_the_row_counts_most(page):
    assert page["moved"].shape == (10, 21)
    assert page["shares"].min() > page["even"] + 0.2
    middle, ends = page["moved"][:, 5:16], page["moved"][:, [0, 1, 19, 20]]
    assert (middle.mean(axis=1) > 5 * ends.mean(axis=1)).all()


def test_the_first_screen_says_what_vgg_16_sees(page, said):
    assert said["sees"] == "212"
    assert page["receptive_field"](page["vgg"]) == (page["sees"], page["step"])


def test_the_exercises_have_their_numbers(page):
    field = page["receptive_field"]
    assert field(page["five"]) == (9, 1)
    assert page["as_far"] == 4
    assert field(page["stem"]) == (11, 4)
    assert field(page["mixed"])[0] == len(page["pixels_read"](page["mixed"])) == 17
    assert (page["needed"], page["needed_sees"]) == (16, 33)
    assert (page["fixed"], page["bugged"]) == (7, 13)
    assert (page["plain_deep"], page["deep"], page["deep_sees"]) == (50, 6, 127)
    assert len(poked([(2, 2, 1), (3, 1, 1), (3, 1, 1)])) == page["early"] == 10
    assert len(poked([(3, 1, 1), (3, 1, 1), (2, 2, 1)])) == page["late"] == 6
