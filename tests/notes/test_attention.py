"""The page on attention: torch's attention, scipy's convolution, and what papers print."""

import math

import numpy as np
import pytest
from scipy import signal, special

PAGE = "architectures/attention"


def test_attention_is_that_of_torch_with_and_without_a_bias(page, vectors):
    torch = vectors("attention")
    q, k, v = torch["q"], torch["k"], torch["v"]
    np.testing.assert_allclose(page["attention"](q, k, v), torch["out"], rtol=1e-10)
    biased = page["attention"](q, k, v, torch["bias"])
    np.testing.assert_allclose(biased, torch["biased"], rtol=1e-10)


def test_heads_whose_outputs_are_added_are_torchs_multi_head_attention(page, vectors):
    torch = vectors("attention")
    x, heads = torch["x"], 4
    q, k, v = np.split(x @ torch["in_weight"].T + torch["in_bias"], 3, axis=1)
    size = x.shape[1] // heads
    total = torch["out_bias"]
    for head in range(heads):
        part = slice(head * size, (head + 1) * size)
        values = v[:, part] @ torch["out_weight"][:, part].T
        total = total + page["attention"](q[:, part], k[:, part], values)
    np.testing.assert_allclose(total, torch["heads_out"], rtol=1e-9, atol=1e-11)


def test_the_weights_by_hand_are_those_of_scipy(page):
    np.testing.assert_allclose(page["weights"], special.softmax(page["scores"], axis=1))
    assert page["by_hand"] == pytest.approx(math.e / (2 * math.e + 1))
    loops = np.zeros((3, 4))
    for i, j in np.ndindex(3, 3):
        loops[i] += page["weights"][i, j] * page["x"][j]
    np.testing.assert_allclose(page["out"], loops)


def test_only_attention_without_places_follows_any_permutation(page):
    found = {name: keeps[0].tolist() for name, keeps in page["keeps"].items()}
    assert found == {
        "convolution": [False, True],
        "attention": [True, True],
        "with embedding": [False, False],
        "with distance": [False, True],
    }


def test_sharp_heads_are_the_correlation_of_scipy(page):
    rng = np.random.default_rng(9)
    x, w = rng.normal(size=(2, 6, 5)), rng.normal(size=(3, 2, 3, 3))
    expected = np.array(
        [
            sum(signal.correlate2d(part, taps, "valid") for part, taps in zip(x, f, strict=True))
            for f in w
        ]
    )
    got = page["heads_convolve"](x, w, 60)[:, 1:-1, 1:-1]
    np.testing.assert_allclose(got, expected, atol=1e-12)
    blunt = page["heads_convolve"](x, w, 0)[:, 1:-1, 1:-1]
    assert np.abs(blunt - expected).max() > 0.1


def test_patches_are_cut_where_a_convolution_with_their_stride_stands(page):
    photo, E = page["photo"], page["E"]
    for n, (r, c) in enumerate(np.ndindex(2, 3)):
        window = photo[:, 16 * r : 16 * r + 16, 16 * c : 16 * c + 16]
        expected = [(window * filt).sum() for filt in E]
        np.testing.assert_allclose(page["embedded"][n], expected)


def test_a_vit_has_the_parameters_and_the_work_of_torchvision(page):
    """torchvision, vit_b_16: 86,567,656 parameters, 17.56 GFLOPS; the paper's table 1: 86 M."""
    assert page["held"] == 86_567_656
    assert page["work"] / 1e9 == pytest.approx(17.56, abs=0.005)


def test_attention_costs_more_than_a_convolution_from_a_side_of_701_pixels(page):
    n, d = page["as_much"], 768
    assert 4 * n * d**2 + 2 * n**2 * d == pytest.approx(9 * n * d**2)
    assert page["side"] == pytest.approx(701, abs=0.5)


def test_corners_see_each_other_after_as_many_layers_as_pixels_between_them(page):
    seen = np.zeros((14, 14), bool)
    seen[0, 0] = True
    layers = 0
    while not seen[-1, -1]:
        padded = np.pad(seen, 1)
        seen = np.any([padded[i : i + 14, j : j + 14] for i, j in np.ndindex(3, 3)], axis=0)
        layers += 1
    assert page["to_see"] == layers


def test_the_same_shape_and_images_with_another_recipe_are_better(page):
    """81.8 in table 1 on ConvNeXt, 77.91 in table 5 on ViT."""
    assert page["deit"] - page["vit_b"] == pytest.approx(81.8 - 77.91)


def test_the_answers_to_the_exercises(page):
    np.testing.assert_allclose(page["four"], [0.5, 0.25, 0.25])
    assert (page["held_attention"], page["pairs_by_hand"]) == (16_384, 1_280_000)
    assert (page["patches"], page["embedding"]) == (576, 590_592)
    assert page["heads_of_five"] == 25
    assert page["times"] == 65_536
