"""The page on the training run: its layers against scipy, its gradients, its result."""

import numpy as np
import pytest
from scipy import stats
from scipy.signal import correlate2d
from scipy.special import log_softmax

PAGE = "training/training-run"


def test_the_digits_are_the_1797_of_uci(page):
    images, labels = page["images"], page["labels"]
    assert images.shape == (1797, 8, 8)
    assert images.dtype == np.uint8
    assert (images.min(), images.max()) == (0, 16)
    # the table in the description of scikit-learn's data set
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_the_two_parts_share_no_image(page):
    both = np.concatenate([page["train"], page["test"]])
    assert sorted(both.tolist()) == list(range(1797))


def test_a_convolution_is_what_scipy_says(page):
    rng = np.random.default_rng(0)
    x, w, b = rng.normal(size=(2, 3, 6, 5)), rng.normal(size=(4, 3, 3, 3)), rng.normal(size=4)
    y = page["conv2d"](x, w, b, padding=1)
    for n, o in np.ndindex(2, 4):
        maps = [correlate2d(x[n, c], w[o, c], mode="same") for c in range(3)]
        np.testing.assert_allclose(y[n, o], sum(maps) + b[o], atol=1e-12)


def test_max_pooling_is_the_largest_of_each_tile(page):
    x = np.random.default_rng(0).normal(size=(2, 3, 4, 6))
    y = page["max_pool2d"](x, 2)
    for n, c, i, j in np.ndindex(2, 3, 2, 3):
        assert y[n, c, i, j] == x[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2].max()


def test_the_loss_is_what_scipy_says(page):
    z, y = np.random.default_rng(0).normal(size=(5, 10)) * 50, np.arange(5)
    loss = page["cross_entropy"](z, y)
    assert loss == pytest.approx(-log_softmax(z, axis=1)[np.arange(5), y].mean(), rel=1e-12)


def test_the_backward_pass_agrees_with_central_differences(page):
    rng = np.random.default_rng(5)
    net = page["start"](rng)
    for name in ("b1", "b2", "b3"):
        net[name] = rng.choice([-0.1, 0.1], net[name].shape)
    x, y, h = rng.random((3, 1, 8, 8)), np.array([1, 7, 4]), 1e-6
    a = page["forward"](net, x)
    grad, dx = page["backward"](net, a, page["cross_entropy_gradient"](a["scores"], y))

    def slope(array, place):
        here = array[place]
        losses = []
        for step in (h, -h):
            array[place] = here + step
            losses.append(page["cross_entropy"](page["forward"](net, x)["scores"], y))
        array[place] = here
        return (losses[0] - losses[1]) / (2 * h)

    for array, exact in [*((net[name], grad[name]) for name in net), (x, dx)]:
        for _ in range(15):
            place = tuple(rng.integers(array.shape))
            assert slope(array, place) == pytest.approx(exact[place], rel=1e-5, abs=1e-8)


def test_the_network_has_1898_parameters(page):
    assert page["parameters"] == 1898
    assert page["worst"] < 1e-5


def test_training_teaches(page):
    curves = page["curves"]
    assert curves.shape == (16, 4)
    assert curves[0, 3] < 0.3
    assert curves[-1, 1] > 0.98
    assert curves[-1, 3] > 0.95
    assert curves[-1, 0] < 0.1


def test_networks_side_by_side_have_the_gradients_of_each_alone(page):
    """In 64 bits, with pixels that tie: the many must follow the one to the letter."""
    nets = [page["start"](np.random.default_rng(seed)) for seed in (3, 4)]
    for net in nets:
        net["b1"] += 0.1  # blank windows: all four numbers equal and positive
    x, y = page["x"][:6], page["y"][:6]
    together = {name: np.stack([net[name] for net in nets]) for name in nets[0]}
    scores, memory = page["forward_many"](together, np.stack([x[:, 0]] * 2)[:, None])
    d = np.stack([page["cross_entropy_gradient"](each, y) for each in scores])
    found = page["backward_many"](together, memory, d)
    for at, net in enumerate(nets):
        a = page["forward"](net, x)
        np.testing.assert_allclose(scores[at], a["scores"], atol=1e-12)
        alone, _ = page["backward"](net, a, d[at])
        for name, gradient in alone.items():
            np.testing.assert_allclose(found[name][at], gradient, atol=1e-12)


def test_networks_side_by_side_take_adams_steps(page):
    rng, state, states = np.random.default_rng(8), {}, [{}, {}]
    nets, alone = {"w1": np.ones((2, 3))}, [np.ones(3), np.ones(3)]
    for _ in range(4):
        g = rng.normal(size=(2, 3))
        page["adam_many"](nets, {"w1": g}, state, np.array([0.01, 0.1]))
        for n, rate in enumerate((0.01, 0.1)):
            alone[n], states[n] = page["adam"](alone[n], g[n], states[n], rate=rate)
    np.testing.assert_allclose(nets["w1"], alone, atol=1e-12)


def test_the_first_of_the_five_is_the_run_of_the_page(page):
    for name, part in page["five"].items():
        assert part.shape == (5, *page["weights"][name].shape)
        np.testing.assert_allclose(part[0], page["weights"][name], atol=1e-6)
        assert not np.allclose(part[0], part[1])
    assert page["five_right"].shape == (5, 450)
    assert page["five_right"][0].mean() == page["curves"][-1, 3]


def test_the_rate_is_chosen_without_the_test_part(page):
    assert page["fit_size"] + page["held_out"] == len(page["train"]) == 1347
    assert page["rate"] == page["tried_rates"][int(page["valid"].argmax())]


def test_every_seed_learns(page):
    assert page["five_share"].min() > 0.95
    assert page["spread"] < 3


def test_the_exercises_are_answered_right(page, said):
    assert said["steps"] == "43"
    assert said["last"] == "3"
    assert said["total"] == "645"
    assert page["runs"] == 10
    share = page["valid"].max()
    assert page["valid_error"] == pytest.approx(100 * stats.binom.std(270, share) / 270)
    assert page["at_once"] < page["curves"][-1, 3] - 0.1


def test_all_five_networks_know_their_training_images_better(page):
    known = page["answers_of"](page["five"], page["x"]) == page["y"]
    assert page["five_known"] == pytest.approx(known.mean(axis=1))
    assert (page["five_known"] > page["five_share"]).all()
