"""The page on counting parameters: its counters against torch and published tables."""

from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

PAGE = "convolution/counting-parameters"


def test_convolutions_hold_what_torch_says(page, vectors):
    for c_in, c_out, k, bias, groups, held in vectors("counting_parameters")["conv"].tolist():
        assert page["conv_parameters"](c_in, c_out, k, bool(bias), groups) == held


def test_fully_connected_layers_hold_what_torch_says(page, vectors):
    for d_in, d_out, bias, held in vectors("counting_parameters")["full"].tolist():
        assert page["full_parameters"](d_in, d_out, bool(bias)) == held


def test_batch_normalisation_holds_what_torch_says(page, vectors):
    channels, learned, buffers = vectors("counting_parameters")["norm"].tolist()
    assert page["C"] == channels
    assert page["learned"] == learned == 128
    assert page["buffers"] == buffers == 128


def test_ten_filters_on_colour_make_280_and_sixteen_448(page):
    assert page["layer"] == page["conv_parameters"](3, 10, 3) == 280
    assert page["conv_parameters"](3, 16, 3) == 448


def test_the_small_network_has_80_and_1168_and_650(page):
    assert page["counts"] == [80, 1168, 650]
    assert page["shapes"] == [(1, 8, 8), (8, 8, 8), (8, 4, 4), (16, 4, 4), (16, 2, 2)]


def test_three_small_kernels_hold_110784_and_a_large_one_200768(page):
    assert (page["small"], page["large"]) == (110_784, 200_768)


def test_published_layers_have_their_published_counts(page):
    assert page["conv_parameters"](*page["lenet"]) == 48_120  # LeCun et al. 1998, layer C5
    assert page["conv_parameters"](1, 6, 5) == 156  # the same, layer C1
    assert page["conv_parameters"](*page["alexnet"]) == 34_944
    assert page["conv_parameters"](*page["vgg"]) == 102_764_544
    assert page["full_parameters"](512 * 7 * 7, 4096) == 102_764_544


def test_the_counter_adds_up_vgg_16(page):
    channels = [3, 64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512]
    convolutions = sum(
        page["conv_parameters"](c_in, c_out, 3) for c_in, c_out in pairwise(channels)
    )
    head = [(512 * 7 * 7, 4096), (4096, 4096), (4096, 1000)]
    full = sum(page["full_parameters"](*layer) for layer in head)
    assert convolutions == 14_714_688
    assert convolutions + full == 138_357_544


def test_groups_divide_the_weights_as_in_alexnet(page):
    layers = [(3, 96, 11, 1), (96, 256, 5, 2), (256, 384, 3, 1), (384, 384, 3, 2), (384, 256, 3, 2)]
    convolutions = sum(page["conv_parameters"](i, o, k, groups=g) for i, o, k, g in layers)
    head = [(256 * 6 * 6, 4096), (4096, 4096), (4096, 1000)]
    assert convolutions + sum(page["full_parameters"](*layer) for layer in head) == 60_965_224


def test_only_the_fully_connected_count_grows_with_the_image(page, prose):
    assert len(set(page["conv"])) == 1
    assert (np.diff(page["full"]) > 0).all()
    assert prose(PAGE)["sides[2]"] == "32"
    assert prose(PAGE)["full[2]"] == "50,348,032"


def test_the_same_filters_learn_more_on_more_channels(page):
    assert page["answers"] == [page["conv_parameters"](c, 16, 3) for c in (1, 3, 8)]
    assert page["answers"] == [160, 448, 1168]


def test_a_bias_before_a_batch_normalisation_is_lost(page):
    x = page["maps"]
    normalised = page["normalised"](x)
    # each channel by itself, all its numbers in one row
    for channel, found in zip(np.moveaxis(x, 1, 0), np.moveaxis(normalised, 1, 0), strict=True):
        np.testing.assert_allclose(found.ravel(), stats.zscore(channel.ravel()), atol=1e-12)
    shifted = page["normalised"](x + page["bias"])
    np.testing.assert_allclose(shifted, normalised, atol=1e-12)


def test_the_exercises_have_their_answers(page):
    assert page["both"] == 18_432 + 128
    assert page["fc6"] == 102_764_544
    assert (page["forgotten"], page["proper"]) == (1153, 1168)
    assert page["most"] == 31
    assert 28 * 31 + 280 * 31 <= 10_000 < 28 * 32 + 289 * 32
    assert 3.9 < page["doubled"] < 4


@pytest.mark.parametrize("layer", [(1, 1, 1), (3, 10, 3), (2, 5, 4), (16, 120, 5)])
def test_counting_one_by_one_gives_the_formula(page, layer):
    assert page["count_one_by_one"](*layer) == page["conv_parameters"](*layer)
