"""Misconceptions: the numbers that refute them."""

import numpy as np
import pytest
from scipy import signal, special, stats

PAGE = "exam/misconceptions"


def test_published_counts_come_out(page):
    assert page["values"] == 15_237_608
    assert f"{4 * page['values'] / 2**20:.1f}" == "58.1"
    assert page["googlenet"] == 6_998_552
    assert page["side"] == 6


def test_pixels_are_used_4_6_and_9_times(page):
    used = page["uses"](5, 3, 1)
    across = np.outer(used, used)
    assert (across[0, 0], across[0, 2], across[2, 2]) == (4, 6, 9)
    by_scipy = signal.convolve2d(np.ones((5, 5)), np.ones((3, 3)), "same")
    assert (across == by_scipy).all()


def test_only_the_unflipped_gradient_of_a_kernel_is_measured(page):
    assert page["measured"] == pytest.approx(page["plain"])
    assert page["measured"] != pytest.approx(page["flipped"])
    assert page["plain"] == 4


def test_there_and_back_is_no_identity(page):
    assert (page["up_and_down"](page["K"]) != page["X"]).any()


def test_pooling_and_turning_change_what_they_are_said_to_keep(page):
    row, pool = page["row"], page["max_pool"]
    assert pool(row).tolist() == [0, 1, 0, 0]
    assert pool(np.roll(row, 1)).tolist() == [0, 1, 1, 0]
    turned = page["correlate2d"](np.rot90(page["X"]), page["K"])
    assert (turned != np.rot90(page["correlate2d"](page["X"], page["K"]))).any()


def test_losses_are_those_of_scipy(page, prose):
    right = -special.log_softmax([2, 1, 0.1])[0]
    twice = -special.log_softmax(special.softmax([2, 1, 0.1]))[0]
    assert prose(PAGE)["cross_entropy(z[None], [0])"] == f"{right:.5f}"
    assert prose(PAGE)["cross_entropy(prob[None], [0])"] == f"{twice:.5f}"


def test_a_tiny_step_is_worse_than_a_small_one_and_adam_starts_too_long(page):
    assert page["error"](1e-5) < page["error"](1e-11)
    assert page["first"] == pytest.approx(np.sqrt(10))


def test_work_and_parameters_point_in_opposite_directions(page):
    assert page["work_conv"] == 1_849_688_064
    assert page["work_full"] == 102_760_448


def test_every_line_has_a_number_that_is_computed_and_a_link(rows, bare_rows):
    assert len(rows) > 50
    assert bare_rows == []


def test_a_kernel_learned_from_turned_answers_is_the_turned_one(page):
    image = np.random.default_rng(1).normal(size=(9, 9))
    true = signal.convolve2d(image, page["K"], "valid")
    assert np.allclose(signal.correlate2d(image, page["learned"], "valid"), true)
    assert not np.allclose(signal.correlate2d(image, page["K"], "valid"), true)


def test_vgg_holds_its_published_parameters_without_its_poolings(page):
    assert page["without_pooling"] == 138_357_544


def test_pixels_of_an_image_do_not_add_parameters_to_a_convolution_only(page):
    assert page["small_image"] == page["large_image"] == 448
    assert page["dense_large"] - page["dense_small"] == 16 * 3 * (64**2 - 32**2)


def test_slopes_at_zero_are_zero_and_elsewhere_not(page):
    """d/da (5ab − 1)² = 2(5ab − 1) · 5b."""
    assert page["at_zero"] == pytest.approx((0, 0), abs=1e-6)
    slope = 2 * (5 * 0.01 - 1) * 0.5
    assert page["at_tenth"] == pytest.approx((slope, slope), abs=1e-6)


def test_gradients_arrive_through_thirty_plain_layers(page):
    assert len(page["arrives"]) == 5
    assert page["arrives"].min() > 0.5
    assert page["arrives"].max() < 2


def test_dropout_keeps_the_mean_while_it_trains(page):
    assert page["kept_mean"] == pytest.approx(1, abs=4 * np.sqrt(0.25 / 100_000))


def test_the_answers_to_the_exercises(page):
    assert (page["seven_corner"], page["seven_inner"]) == (16, 49)
    used = signal.convolve2d(np.ones((3, 3)), np.ones((3, 3)), "full")
    assert (page["valid_uses"][0], page["valid_uses"][2]) == (used[0, 0], used[2, 2])
    assert page["needed"] == 2
    assert page["two_wide"].max() == 5


def test_scale_and_shift_move_what_was_normalised(page):
    assert page["shifted_out"] == pytest.approx(2 * stats.zscore([1, 2, 3, 6]) + 3)
