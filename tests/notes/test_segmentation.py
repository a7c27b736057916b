"""The page on segmentation: a U-Net against torch, its shapes against the paper, masks by sets."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import ndimage

PAGE = "beyond/segmentation"

Page = dict[str, Any]
Vectors = dict[str, np.ndarray]


@pytest.fixture(scope="module")
def torch(vectors: Callable[[str], Vectors]) -> Vectors:
    return vectors("segmentation")


def net_of(page: Page, torch: Vectors) -> Vectors:
    """Give the weights of the vectors, as a single network side by side."""
    return {name: torch[name][None] for name in page["start"](np.random.default_rng(0))}


def beside(images: np.ndarray) -> np.ndarray:
    """(N, C, H, W) → (1, C, N, H, W)."""
    return images.transpose(1, 0, 2, 3)[None]


def test_a_step_up_in_a_u_net_is_torchs(page: Page, torch: Vectors) -> None:
    net = net_of(page, torch)
    up, _ = page["doubled"](beside(torch["a3"]), net["v2"], net["c2"])
    np.testing.assert_allclose(up, beside(torch["u2"]), atol=1e-5)
    plain = page["conv_transpose2d"](torch["a3"], torch["v2"], torch["c2"], stride=2)
    np.testing.assert_allclose(plain, torch["u2"], atol=1e-5)


def test_the_whole_u_net_its_loss_and_its_gradients_are_torchs(page: Page, torch: Vectors) -> None:
    net, y = net_of(page, torch), torch["y"]
    scores, back = page["run"](net, beside(torch["x"]))
    np.testing.assert_allclose(scores, beside(torch["scores"]), atol=1e-5)
    chance = page["chances"](scores)
    onehot = (y == np.arange(2)[:, None, None, None])[None]
    loss = -np.log((chance * onehot).sum(axis=1)).mean()
    assert loss == pytest.approx(torch["loss"], rel=1e-6)
    grad = back((chance - onehot) / y.size)
    assert set(grad) == set(net)
    for name, part in grad.items():
        np.testing.assert_allclose(part[0], torch[f"d{name}"], rtol=2e-4, atol=2e-6, err_msg=name)


def test_without_shortcuts_the_early_maps_change_nothing_beyond_their_pooling(page: Page) -> None:
    """Poke the numbers that the bridges would carry: weights that read them have no gradient."""
    rng = np.random.default_rng(0)
    net = {name: part[None] for name, part in page["start"](rng).items()}
    scores, back = page["run"](net, rng.normal(size=(1, 1, 2, 16, 16)), 0)
    grad = back(rng.normal(size=scores.shape))
    assert np.abs(grad["w5"][:, :, :4]).max() == 0
    assert np.abs(grad["w4"][:, :, :8]).max() == 0
    assert np.abs(grad["w5"][:, :, 4:]).max() > 0


def test_the_sides_are_those_of_figure_1_of_the_paper(page: Page) -> None:
    assert page["down"] == [568, 280, 136, 64]
    assert page["bottom"] == 28
    assert page["cropped"] == [392, 200, 104, 56]
    assert page["up"] == [388, 196, 100, 52]
    assert page["layers"] == 23


def test_the_parameters_of_the_u_net_are_counted_layer_by_layer(page: Page) -> None:
    total, c = 0, 1
    for wide in (64, 128, 256, 512, 1024):
        total += 9 * c * wide + wide + 9 * wide * wide + wide
        c = wide
    for wide in (512, 256, 128, 64):
        total += 4 * c * wide + wide  # up
        total += 9 * 2 * wide * wide + wide + 9 * wide * wide + wide
        c = wide
    total += 64 * 2 + 2
    assert page["size"] == total


def walked(side: int, padding: int) -> int | None:
    """Give the side of the mask by walking, or nothing where a pooling meets an odd side."""
    lost, kept = 4 - 4 * padding, []
    for _ in range(4):
        side -= lost
        kept.append(side)
        if side % 2 or side <= 0:
            return None
        side //= 2
    side -= lost
    for _ in range(4):
        side = 2 * side - lost
    return side


def test_sides_that_fit_differ_with_and_without_padding(page: Page) -> None:
    for padding, name in ((0, "valid_sides"), (1, "padded_sides")):
        assert page[name] == [s for s in range(560, 600) if walked(s, padding)]
    assert page["padded_sides"] == [s for s in range(560, 600) if s % 16 == 0]
    assert not set(page["valid_sides"]) & set(page["padded_sides"])


def test_masks_are_compared_as_sets_of_pixels(page: Page) -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        one, other = rng.integers(0, 2, size=(2, 5, 6))
        a, b = (set(zip(*np.nonzero(mask), strict=True)) for mask in (one, other))
        assert page["dice"](one, other) == pytest.approx(2 * len(a & b) / (len(a) + len(b)))
        assert page["mask_iou"](one, other) == pytest.approx(len(a & b) / len(a | b))
    assert page["d"] == pytest.approx(8 / 11)
    assert page["i"] == pytest.approx(4 / 7)


def test_a_mask_of_nothing_is_right_on_most_pixels(page: Page) -> None:
    mask = page["y_test"]
    wrong = sum(int(pixel) for pixel in mask.flat)
    assert page["empty_right"] == pytest.approx(1 - wrong / mask.size)
    assert page["empty_right"] > 0.8
    assert page["dice"](np.zeros_like(mask), mask) == 0


def test_bilinear_prints_enlarge_as_scipy_does(page: Page) -> None:
    rng = np.random.default_rng(2)
    small = rng.normal(size=(1, 1, 6, 6))
    large = page["conv_transpose2d"](small, page["bilinear"], stride=2, padding=1)[0, 0]
    at = (np.arange(12) + 0.5) / 2 - 0.5
    expected = ndimage.map_coordinates(small[0, 0], np.meshgrid(at, at, indexing="ij"), order=1)
    np.testing.assert_allclose(large[1:-1, 1:-1], expected[1:-1, 1:-1], atol=1e-12)


def test_drawn_masks_hold_discs_and_no_lines(page: Page) -> None:
    rng = np.random.default_rng(3)
    for _ in range(20):
        image, mask = page["drawn"](rng)
        parts, count = ndimage.label(mask)
        assert 1 <= count <= 2
        assert image[mask == 1].mean() > image[mask == 0].mean() + 0.2
        for n in range(1, count + 1):
            rows, columns = np.nonzero(parts == n)
            assert max(np.ptp(rows), np.ptp(columns)) < 14


def test_the_u_net_beats_itself_without_shortcuts_for_every_seed(page: Page) -> None:
    assert len(page["with_skip"]) == 5
    assert (page["with_skip"] > page["without"]).all()


def test_the_answers_to_the_exercises(page: Page) -> None:
    assert page["exercise"][2][0] == walked(188, 0) == 4
    assert page["tiles"] == 3
    assert page["once"].shape[2] == 56
    assert page["twice_read"] == 9 * 128 * 64 + 64
    assert max(n for n in page["shallow"] if 96 // 2**n >= 6) == 4
