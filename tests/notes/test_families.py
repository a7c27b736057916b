"""The page on families: its five wirings and three losses against independent references."""

import numpy as np
import pytest
from scipy import linalg, signal, special

PAGE = "orientation/families"


@pytest.fixture
def x():
    return np.random.default_rng(0).normal(size=7)


def test_the_convolution_is_scipys_correlation(page, x):
    w = [1.5, -2.0, 0.5]
    expected = signal.correlate(x, w, mode="same")
    np.testing.assert_allclose(page["convolution"](x, w), expected, rtol=0, atol=1e-12)


def test_the_band_is_a_toeplitz_matrix(page):
    before, middle, after = page["w"]
    expected = linalg.toeplitz([middle, before, 0, 0], [middle, after, 0, 0])
    np.testing.assert_array_equal(page["band"], expected)


def test_the_recurrence_is_scipys_recursive_filter(page, x):
    expected = signal.lfilter([3.0], [1.0, -0.25], x)
    np.testing.assert_allclose(page["recurrence"](x, 0.25, 3.0), expected, rtol=0, atol=1e-12)


def test_the_graph_layer_is_its_adjacency_matrix(page, x):
    edges = [(0, 3), (3, 6), (1, 2)]
    adjacency = np.zeros((7, 7))
    for i, j in edges:
        adjacency[i, j] = adjacency[j, i] = 1
    expected = (2 * np.eye(7) - 0.5 * adjacency) @ x
    np.testing.assert_allclose(page["graph"](x, edges, 2, -0.5), expected, rtol=0, atol=1e-12)


def test_attention_mixes_with_a_softmax(page, x):
    expected = special.softmax(np.outer(0.7 * x, -1.2 * x), axis=1) @ (2 * x)
    np.testing.assert_allclose(page["attention"](x, 0.7, -1.2, 2), expected, rtol=0, atol=1e-12)


def test_attention_weights_add_up_to_the_value_weight(page):
    np.testing.assert_allclose(page["mixing"].sum(axis=1), page["v"], rtol=0, atol=1e-12)


def test_each_matrix_is_the_response_to_single_ones(page):
    for name, layer in [
        ("band", lambda e: page["convolution"](e, page["w"])),
        ("memory", lambda e: page["recurrence"](e, page["u"], page["v"])),
        ("star", lambda e: page["graph"](e, page["edges"], page["a"], page["b"])),
    ]:
        columns = [layer(e) for e in np.eye(4)]
        np.testing.assert_allclose(page[name], np.transpose(columns), rtol=0, atol=1e-12)


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
    assert sum(page["counts"]) == 1_693_362


def test_the_exercise_on_the_recurrence_is_scipys_recursive_filter(page, prose):
    expected = signal.lfilter([page["v"]], [1, -page["u"]], page["pulses"])
    shown = prose(PAGE)
    assert [float(shown[f"last[{n}]"]) for n in range(4)] == expected.tolist()
