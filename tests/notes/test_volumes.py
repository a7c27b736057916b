"""The page on volumes: its convolution against scipy, its counts against published ones."""

import numpy as np
import pytest
from scipy import signal

PAGE = "orientation/volumes"


def reference(x, w, b, stride, padding):
    """Correlate each channel with scipy, add up, and drop places for the stride."""
    p = padding
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    maps = [
        [
            sum(signal.correlate2d(c, k, mode="valid") for c, k in zip(image, filt, strict=True))
            for filt in w
        ]
        for image in x
    ]
    return np.array(maps)[:, :, ::stride, ::stride] + b[:, None, None]


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 0), (1, 1), (3, 2)])
def test_the_convolution_adds_scipys_correlations(page, stride, padding):
    rng = np.random.default_rng(3)
    x, w, b = rng.normal(size=(2, 3, 8, 7)), rng.normal(size=(4, 3, 3, 3)), rng.normal(size=4)
    expected = reference(x, w, b, stride, padding)
    found = page["conv2d"](x, w, b, stride, padding)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


def test_the_example_is_scipys_correlation(page):
    expected = reference(page["x"], page["w"], page["b"], 1, 0)
    np.testing.assert_array_equal(page["y"], expected)


def test_the_marked_neuron_can_be_checked_by_hand(page):
    red = 1 * 1 + 0 * 2 + 0 * 0 + 1 * 1
    green = 0 * 1 + 1 * 1 + 2 * 2 + 0 * 0
    blue = 1 * 3 + 1 * 1 + 0 * 1 + 0 * 1
    assert page["parts"].tolist() == [red, green, blue]
    assert page["y"][0, 0, 0, 0] == red + green + blue + 1


def test_a_neuron_of_5_by_5_on_colour_has_75_weights(page, prose):
    assert page["reached"] == page["deep"] == 75 == 3 * page["flat"]
    assert prose(PAGE)["deep"] == "75"


def test_alexnets_first_layer_has_its_published_counts(page):
    assert page["side"] == page["output_size"](227, 11, 4) == 55
    assert page["neurons"] == 290_400
    assert page["each"] == 364
    assert page["shared"] == 34_944
    assert page["unshared"] == 105_705_600


def test_the_second_layer_finds_the_upper_left_corner_only(page):
    assert page["found"].tolist() == [[2, 2]]
    assert page["second"][0, 0, 2, 2] == 3


def test_a_straight_side_stays_below_the_threshold(page):
    lines = page["first"][0]
    assert lines.max() + page["low"][0] < 0


def test_the_fields_of_stacked_layers_are_3_and_5_and_7(page):
    assert page["fields"] == [3, 5, 7]


def test_the_ways_are_the_triple_convolution_of_ones(page):
    ones = np.ones(3)
    line = np.convolve(np.convolve(ones, ones), ones)
    np.testing.assert_array_equal(page["ways"], np.pad(np.outer(line, line), 2))


def test_the_exercises_have_their_answers(page):
    assert page["deep_neuron"] == 180
    assert (page["cifar"], page["cifar_each"]) == (10_240, 76)
    assert (page["mixed"], page["strided"]) == (7, 7)
    assert (page["cifar_shared"], page["cifar_unshared"]) == (760, 778_240)
    assert page["middle"] == page["terms"].sum() - 2
    assert page["bug_counts"] == (72, 1440)
    assert page["depths"] == 63
    assert page["both"] == 1 + 1 - 7


def test_late_convolutions_of_vgg_16_have_more_parameters_than_neurons(page):
    assert page["late_neurons"] == 100_352
    assert page["late_parameters"] == 2_359_808
    assert page["crowded"] == pytest.approx(290_400 / 34_944)


def test_blue_alone_changes_every_map(page):
    assert (page["change"] > 0).all()
    deaf = page["w"].copy()
    deaf[1, 2] = 0  # a filter whose blue slice is 0 would not change
    bluer, plain = (page["conv2d"](x, deaf, page["b"]) for x in (page["bluer"], page["x"]))
    assert np.abs(bluer - plain).max(axis=(2, 3))[0, 1] == 0
