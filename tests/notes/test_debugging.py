"""The page on debugging: its planted mistakes against differences and scipy, and what they show."""

import math

import numpy as np
import pytest
from scipy import special
from scipy.spatial.distance import cdist

PAGE = "training/debugging"


def measured(loss, z, h=1e-6):
    """Give the central differences of a loss (S,) by each score (S, B, K)."""
    slope = np.zeros_like(z)
    for at in np.ndindex(z.shape):
        step = np.zeros_like(z)
        step[at] = h
        slope[at] = (loss(z + step)[at[0]] - loss(z - step)[at[0]]) / (2 * h)
    return slope


@pytest.mark.parametrize("name", ["loss_and_slope", "softmax_twice", "softmax_over_the_batch"])
def test_even_a_wrong_loss_has_its_true_gradient(page, name):
    rng = np.random.default_rng(1)
    z, y = rng.normal(size=(2, 4, 3)), rng.integers(0, 3, size=(2, 4))
    _, d = page[name](z, y)
    np.testing.assert_allclose(d, measured(lambda z: page[name](z, y)[0], z), atol=1e-8)


def test_the_losses_are_those_of_scipy(page):
    rng = np.random.default_rng(2)
    z, y = rng.normal(size=(2, 4, 3)), rng.integers(0, 3, size=(2, 4))

    def mean(logs):
        return -np.take_along_axis(logs, y[..., None], axis=2)[..., 0].mean(axis=1)

    once, _ = page["loss_and_slope"](z, y)
    twice, _ = page["softmax_twice"](z, y)
    across, _ = page["softmax_over_the_batch"](z, y)
    assert once == pytest.approx(mean(special.log_softmax(z, axis=2)))
    assert twice == pytest.approx(mean(special.log_softmax(special.softmax(z, axis=2), axis=2)))
    assert across == pytest.approx(mean(special.log_softmax(z, axis=1)))


def test_the_step_goes_uphill(page):
    z, y = np.array([[[1.0, 2, 3]]]), np.array([[0]])
    loss, d = page["uphill"](z, y)
    assert page["loss_and_slope"](z - 0.1 * d, y)[0] > loss


def test_images_that_are_mixed_share_pixels(page):
    x = np.arange(4.0)[None, :, None, None] * np.ones((1, 1, 8, 8))
    assert len(np.unique(page["mixed"](x, None)[0, 0])) > 1
    assert sorted(page["mixed"](x, None).ravel()) == sorted(x.ravel())


def test_a_first_loss_is_the_logarithm_of_the_classes_or_of_the_batch(page):
    assert page["begins"] == pytest.approx(math.log(10), abs=0.02)
    assert page["first"]["over the batch"] == pytest.approx(math.log(page["size"]), abs=0.05)


def test_two_softmaxes_have_a_floor(page):
    z = np.array([1e3, *[0.0] * 9])
    assert page["floor"] == pytest.approx(-special.log_softmax(special.softmax(z))[0])
    assert page["losses"]["softmax twice"].min() > page["floor"]


def test_the_healthy_run_is_the_best_for_every_seed(page):
    for seed in range(5):
        ends = {name: each[seed, -3:].mean() for name, each in page["smooth"].items()}
        del ends["sorted"]
        assert min(ends, key=lambda name: ends[name] if np.isfinite(ends[name]) else 99) in (
            "healthy",
        )


def test_a_network_whose_convolutions_sleep_still_learns(page):
    assert 0.3 < page["share"]["asleep"] < page["share"]["healthy"]
    slept = slice(page["where"], page["where"] + 5)
    for name in ("w1", "b1", "w2", "b2"):
        starts = [page["start"](np.random.default_rng(s))[name] for s in range(5)]
        np.testing.assert_array_equal(page["ends"][name][slept], np.float32(starts))


def test_one_batch_finds_what_stops_learning_and_nothing_else(page):
    assert set(page["stuck"]) == {
        "slow",
        "softmax twice",
        "fast",
        "piled up",
        "raw pixels",
        "zero",
        "dead",
        "over the batch",
        "uphill",
        "mixed",
    }


def test_the_leak_is_what_counting_says(page):
    """A copy is its own neighbour: right for sure; the others are right by chance."""
    for share, found in ((0, page["clean"]), (0.1, page["tenth"]), (1, page["all_of_it"])):
        assert found == pytest.approx(share + (1 - share) / 10, abs=0.02)


def test_nearest_neighbours_are_those_of_scipy(page):
    known, asked = page["every"][:200], page["every"][200:260]
    apart = cdist(asked.reshape(60, -1), known.reshape(200, -1), "sqeuclidean")
    assert (page["nearest"](known, asked) == apart.argmin(axis=1)).all()


def test_clipping_is_what_pytorch_does(page):
    # torch 2.13: clip_grad_norm_ of gradients (3, 0) and 4 to 2 leaves (1.2, 0) and 1.6
    assert page["shorter"]["w"] == pytest.approx([1.2, 0])
    assert page["shorter"]["b"] == pytest.approx([1.6])
    assert page["norm_of"](page["shorter"]) == pytest.approx(2)


def test_clipping_saves_the_run_with_raw_pixels_for_every_seed(page):
    assert (page["tame"][:, 1] < page["wild"][:, 1] - 0.5).all()


def test_the_answers_to_the_exercises(page, said):
    assert said["hundred"] == "4.605"
    assert page["two_floor"] == pytest.approx(-special.log_softmax([1, 0])[0])
    assert page["third"] == 6
