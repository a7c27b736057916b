"""The page on wrong tools: its networks against scipy and central differences, its identities."""

import numpy as np
import pytest
from scipy import signal, spatial, special, stats

PAGE = "orientation/wrong-tool"


@pytest.fixture
def tiny(page):
    """Nets in float64 for five seeds, their windows and labels."""
    rng = np.random.default_rng(7)
    x, y = rng.normal(size=(5, 4, 6, 3)), rng.integers(2, size=(5, 4))
    flat = [part.astype(float) for part in page["begin"]([(3, 2), (12, 2)])]
    pooled = [part.astype(float) for part in page["begin"]([(3, 2), (2, 2)])]
    line = [part.astype(float) for part in page["begin"]([(18, 2)])]
    for net in (flat, pooled):
        net[1] += 0.1
    return {"flat": (flat, False), "pooled": (pooled, True), "linear": (line, False)}, x, y


@pytest.mark.parametrize("name", ["flat", "pooled", "linear"])
def test_the_slopes_are_central_differences(page, tiny, slope, name):
    nets, x, y = tiny
    net, pool = nets[name]

    def loss(part, i):
        scores, _, _ = page["forward"]([*net[:i], part, *net[i + 1 :]], x, pool)
        chosen = np.take_along_axis(special.log_softmax(scores, axis=2), y[:, :, None], 2)
        return -chosen.mean(axis=1).sum()

    for i, found in enumerate(page["slopes"](net, x, y, pool)):
        expected = slope(lambda part, i=i: loss(part, i), net[i])
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-7)


def test_the_small_cnn_is_scipys_correlation(page, tiny):
    nets, _, _ = tiny
    (w1, b1, w2, b2), _ = nets["flat"]
    rows = np.random.default_rng(8).normal(size=(5, 4, 8))
    found = page["forward"](list(nets["flat"][0]), page["by_three"](rows))[0]
    for s, n in np.ndindex(5, 4):
        maps = [signal.correlate(rows[s, n], w1[s, :, m], "valid") + b1[s, 0, m] for m in range(2)]
        features = np.maximum(maps, 0).T.ravel()
        np.testing.assert_allclose(found[s, n], features @ w2[s] + b2[s, 0], atol=1e-12)


def test_windows_of_pictures_are_the_loops(page):
    x = np.random.default_rng(9).normal(size=(2, 3, 10, 10))
    windows = page["by_nine"](x)
    for n, r, c in np.ndindex(2, 8, 8):
        expected = x[n, :, r : r + 3, c : c + 3].ravel()
        np.testing.assert_array_equal(windows[n, 8 * r + c], expected)


def test_the_answer_depends_on_two_columns_that_no_window_joins(page):
    x = page["table"].astype(float)
    assert ((np.sign(x[:, :, 1]) == np.sign(x[:, :, 10])) == page["truth"]).all()
    assert sorted(page["beside"]) == list(range(12))
    near = page["beside"].index(10) - page["beside"].index(1)
    assert (near, page["apart"].index(10) - page["apart"].index(1)) == (1, 9)


def test_apart_the_cnn_and_the_line_are_coins_and_beside_the_cnn_is_not(page):
    for name, coin in [("linear", True), ("CNN", True), ("CNN, moved", False), ("MLP", False)]:
        hits = round(float(page["found"][name].sum()) * 1000)
        test = stats.binomtest(hits, 5000)
        assert (test.pvalue > 0.001) == coin, name


def test_an_mlp_learns_the_same_in_either_order(page):
    """In float64 and from the same weights, trained scores agree but for rounding."""
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=(5, 30, 12)), rng.integers(2, size=(5, 30))
    order = page["beside"]
    plain = [part.astype(float) for part in page["begin"]([(12, 4), (4, 2)])]
    moved = [plain[0][:, order].copy(), *(part.copy() for part in plain[1:])]
    a = page["train"](plain, page["whole"](x), y, steps=5)
    b = page["train"](moved, page["whole"](x[:, :, order]), y, steps=5)
    np.testing.assert_allclose(
        page["forward"](a, page["whole"](x))[0],
        page["forward"](b, page["whole"](x[:, :, order]))[0],
        atol=1e-9,
    )


def test_a_row_score_is_layers_of_scipys_correlation(page):
    rng = np.random.default_rng(4)
    row, layers = rng.normal(size=9), [rng.normal(size=(2, 1, 3)), rng.normal(size=(3, 2, 3))]
    maps = [row]
    for w in layers:
        maps = [
            sum(signal.correlate(m, k, "same") for m, k in zip(maps, kernels, strict=True)).clip(0)
            for kernels in w
        ]
    assert page["score"](row, layers) == pytest.approx(np.mean(maps))


def test_the_gap_opens_where_a_neuron_sees_both_ends(page):
    assert page["field"] == [3, 5, 7, 9, 11, 13]
    assert page["gaps"].shape == (6, 5)
    assert (page["gaps"][:3] < 1e-12).all()
    assert (page["gaps"][3:].max(axis=1) > 1e-6).all()


def test_no_scores_with_that_identity_tell_all_four_cases(page):
    """Any part of the left and any part of the right: at most three of four are right."""
    rng = np.random.default_rng(5)
    left, right = rng.normal(size=(2, 10_000, 2))
    score = left[:, :, None] + right[:, None, :]
    equal = np.eye(2, dtype=bool)
    assert ((score > 0) == equal).all(axis=(1, 2)).sum() == 0
    assert ((score > 0) == equal).sum(axis=(1, 2)).max() == 3


def test_the_global_maximum_is_the_same_for_all_dots(page):
    assert page["apart_by"] == 0
    assert page["pictures"].sum(axis=(1, 2, 3)).tolist() == [1] * 36
    assert np.bincount(page["quarter"]).tolist() == [9] * 4
    for known, new in zip(page["known"], page["new"], strict=True):
        assert sorted([*known, *new]) == list(range(36))


def test_only_what_keeps_the_position_learns_the_quarters(page):
    blind, told, flat = page["where"].values()
    assert blind[0].max() <= 9 / 24
    assert told[0].min() == flat[0].min() == 1
    assert told[1].mean() > 0.8


def test_zeros_at_the_border_leak_the_position_and_a_ring_does_not(page):
    for seed in range(3):
        rng = np.random.default_rng(seed)
        layers = [
            (rng.normal(size=(8, c, 3, 3)) / np.sqrt(4.5 * c), rng.normal(size=8) / 4)
            for c in (1, 8, 8)
        ]
        for mode, boundary in [("constant", "fill"), ("wrap", "wrap")]:
            for image in (page["middle"], page["corner"]):
                maps = [image[0, 0]]
                for w, b in layers:
                    maps = [
                        np.maximum(
                            sum(
                                signal.correlate2d(m, k, "same", boundary)
                                for m, k in zip(maps, kernels, strict=True)
                            )
                            + bias,
                            0,
                        )
                        for kernels, bias in zip(w, b, strict=True)
                    ]
                expected = np.mean(maps, axis=(1, 2))
                found = page["after_mean"](image, mode, seed)[0]
                np.testing.assert_allclose(found, expected, atol=1e-12)
    assert min(page["leaks"]["constant"]) > 1e-4
    assert max(page["leaks"]["wrap"]) < 1e-12


def test_the_nearest_digit_is_that_of_a_tree(page):
    chosen, others = page["few"](10, 4)
    assert not set(chosen) & set(others)
    assert np.bincount(page["labels"][chosen]).tolist() == [10] * 10
    flat = page["digits"].reshape(-1, 64)
    _, near = spatial.cKDTree(flat[chosen]).query(flat[others])
    said = page["labels"][chosen][near]
    share = (said == page["labels"][others]).mean()
    assert page["few_right"]["nearest"][-1, 4] == pytest.approx(share, abs=0.005)


def test_with_few_examples_the_nearest_digit_is_not_behind(page):
    assert page["few_right"]["CNN"].shape == (3, 5)
    assert page["ahead"].mean(axis=1).max() < 0.02


def test_the_exercises_have_their_answers(page):
    assert page["plain_layers"] == 50
    assert (page["dilated_layers"], page["dilated_field"]) == (6, 127)
    assert page["coord_extra"] == 288
    assert (page["flat_scores"], page["pooled_scores"]) == (4100, 68)
    assert page["compared"].min() > 0.9
