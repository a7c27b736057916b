"""The formula sheet: its instances against scipy, differences and published numbers."""

import numpy as np
import pytest
from scipy import signal, special, stats

PAGE = "exam/formula-sheet"


def test_published_sizes_counts_and_work_come_out(page, prose):
    text = prose(PAGE)
    assert text["output_size(224, 7, 2, 3)"] == "112"
    assert text["full_parameters(224 * 224 * 3, 1000)"] == "150,529,000"
    assert text["96 * 55 * 55 * (11 * 11 * 3 + 1)"] == "105,705,600"
    assert text["conv_parameters(3, 16, 3)"] == "448"
    assert text["conv_macs(3, 64, 3, 224, 224)"] == "86,704,128"
    assert text["1 / 128 + 1 / 9"] == "0.11892"
    assert page["output_size"](32, 3, 1, 2, 2) == 32


def test_correlations_are_those_of_scipy(page):
    x, k = page["X"], page["K"]
    assert page["Y"].tolist() == signal.correlate2d(x, k, "valid").tolist() == [[19, 25], [37, 43]]
    assert page["true_Y"].tolist() == signal.convolve2d(x, k, "valid").tolist()
    assert page["true_Y"].tolist() == [[5, 11], [23, 29]]


def test_activations_are_those_of_scipy(page, prose):
    assert page["sigmoid"](1) == pytest.approx(special.expit(1))
    assert prose(PAGE)["gelu(-1)"] == f"{-stats.norm.cdf(-1):.6f}" == "-0.158655"
    assert prose(PAGE)["tanh(1)"] == f"{np.tanh(1):.4f}"


def test_softmax_loss_and_gradient_agree_with_scipy_and_differences(page):
    assert page["prob"] == pytest.approx(special.softmax([2, 1, 0.1]))
    assert page["loss"] == pytest.approx(-special.log_softmax([2, 1, 0.1])[0])
    assert page["loss"] == pytest.approx(0.41703, abs=5e-6)
    assert page["measured"] == pytest.approx(page["slope"], abs=1e-9)


def test_gradients_of_a_convolution_are_the_known_ones(page):
    assert page["dK"].tolist() == [[4, 6], [10, 12]]
    assert page["dX"].tolist() == [[1, 0, 0], [1, 1, 0], [-2, 5, -2]]


def test_first_steps_are_the_known_ones(prose):
    text = prose(PAGE)
    assert text["twice"] == "0.46"
    assert text["nesterov(1.0, g1, {})[0]"] == "0.62"
    assert text["rmsprop(1.0, g1, {})[0]"] == "0.683772"
    assert text["adam(1.0, g1, {})[0]"] == "0.9"
    assert text["adamw(1.0, g1, {})[0]"] == "0.89"


def test_initialisation_and_normalisation_are_the_known_ones(page, prose):
    text = prose(PAGE)
    assert text["he_std(n)"] == "0.058926"
    assert text["cosine(1, 10)"] == "0.097553"
    assert page["normal"] == pytest.approx(stats.zscore([1, 2, 3, 6]))
    assert text["batch.var(ddof=1)"] == "4.667"


def test_every_row_has_an_instance_that_is_computed_and_a_link(rows, bare_rows):
    assert len(rows) > 80
    assert bare_rows == []
