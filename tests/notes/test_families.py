"""The page on families: its five wirings and three losses against independent references."""

import numpy as np
from scipy import linalg, optimize, signal, special

PAGE = "orientation/families"


def test_the_convolution_is_scipys_correlation(page):
    expected = signal.correlate(page["x"], page["w"], mode="same")
    np.testing.assert_allclose(page["band"] @ page["x"], expected, rtol=0, atol=1e-12)


def test_the_band_is_a_toeplitz_matrix(page):
    before, middle, after = page["w"]
    expected = linalg.toeplitz([middle, before, 0, 0], [middle, after, 0, 0])
    np.testing.assert_array_equal(page["band"], expected)


def test_the_recurrence_is_scipys_recursive_filter(page):
    for impulse, column in zip(np.eye(4), page["memory"].T, strict=True):
        expected = signal.lfilter([page["v"]], [1, -page["u"]], impulse)
        np.testing.assert_allclose(column, expected, rtol=0, atol=1e-12)


def test_the_graph_layer_is_its_adjacency_matrix(page):
    adjacency = np.zeros((4, 4))
    for i, j in page["edges"]:
        adjacency[i, j] = adjacency[j, i] = 1
    expected = page["a"] * np.eye(4) + page["b"] * adjacency
    np.testing.assert_array_equal(page["star"], expected)


def test_attention_mixes_with_a_softmax(page):
    x, q, k, v = (page[name] for name in ("x", "q", "k", "v"))
    expected = v * special.softmax(np.outer(q * x, k * x), axis=1)
    np.testing.assert_allclose(page["mixing"], expected, rtol=0, atol=1e-12)
    np.testing.assert_allclose(page["mixing"].sum(axis=1), v, rtol=0, atol=1e-12)


def test_the_three_slopes_are_those_of_the_formulas(page):
    windows, weights, x = page["windows"], page["weights"], page["x"]
    y = windows @ weights
    expected = {
        "labelled": 2 / 3 * windows.T @ (y - [1, 0, 1]),
        "own_data": windows[:2].T @ (y[:2] - x[2:]),
        "rewarded": windows.T @ (special.softmax(y) - [0, 0, 1]),
    }
    for name, slope in expected.items():
        found = page["slope"](page[name], weights)
        np.testing.assert_allclose(found, slope, rtol=0, atol=1e-9, err_msg=name)


def test_one_architecture_learns_from_all_three_signals(page):
    for name, end in page["ends"].items():
        found = optimize.minimize(page[name], page["weights"], tol=1e-12)
        if name == "rewarded":  # falls for ever, ever more slowly
            assert page[name](end) < page[name](page["weights"]) / 2
        else:
            np.testing.assert_allclose(end, found.x, rtol=0, atol=1e-3)


def test_only_the_fully_connected_layer_grows_with_its_input(page):
    few, many = page["learned"](4), page["learned"](1000)
    assert [name for name in few if few[name] != many[name]] == ["full"]
    assert many["full"] == 1_000_000


def test_the_five_words_overlap_and_leave_gaps(page):
    fits = page["fits"]
    assert fits["DRQN"] == 3
    assert sorted(name for name, count in fits.items() if count == 0) == ["ViT", "deep autoencoder"]
    assert sum(count > 1 for count in fits.values()) == 5


def test_every_method_stands_in_the_grid(page, prose):
    cells = [text for expression, text in prose(PAGE).items() if expression.startswith("at(")]
    assert len(cells) == 5 * 3
    for name, *_ in page["methods"]:
        assert any(name in cell for cell in cells), name


def test_dqn_has_its_published_layers(page):
    assert page["sides"] == [84, 20, 9, 7]
    # with the four actions of Breakout the network is known to hold 1,686,180 parameters
    assert sum(page["counts"]) - 513 * 18 + 513 * 4 == 1_686_180
    assert page["dqn"] == 1_693_362


def test_the_star_does_not_tell_its_leaves_apart(page):
    order = [0, 2, 1, 3]
    exchange = np.eye(4)[order]
    assert (exchange @ page["star"] @ exchange == page["star"]).all()
    assert (exchange @ page["band"] @ exchange != page["band"]).any()
    assert page["width"] ** 2 == 10_000


def test_the_exercise_on_the_recurrence_is_scipys_recursive_filter(page, prose):
    expected = signal.lfilter([page["v"]], [1, -page["u"]], page["pulses"])
    shown = prose(PAGE)
    assert [float(shown[f"last[{n}]"]) for n in range(4)] == expected.tolist()
