"""The formula sheet: its instances against scipy, differences and published numbers."""

import re

import numpy as np
import pytest
from scipy import signal, special, stats

import formulas_of_pages

PAGE = "exam/formula-sheet"


def test_published_sizes_counts_and_work_come_out(page, prose):
    text = prose(PAGE)
    assert text["output_size(224, 7, 2, 3)"] == "112"
    assert text["full_parameters(224 * 224 * 3, 1000)"] == "150,529,000"
    assert page["unshared"] == 105_705_600
    assert text["conv_parameters(3, 16, 3)"] == "448"
    assert page["first_macs"] == 86_704_128
    assert text["separable"] == "0.11892"
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
    assert 2 * page["folded_w"] + page["folded_b"] == (2 * 2 + 1 - 3) / 2 * 0.5 + 1  # at x = 2


def test_sizes_by_other_rules_are_the_known_ones(page):
    """TensorFlow's guide: SAME ceil(7/2), VALID ceil(5/2); Caffe's GoogLeNet: 112 to 56."""
    assert (page["same_size"], page["valid_size"]) == (4, 3)
    assert page["covering"] == 56
    assert page["total_padding"] == 112


def test_slopes_of_activations_are_those_of_central_differences(page):
    for name in ("sigmoid", "tanh", "leaky_relu", "elu", "gelu", "silu"):
        f, df = page[name], page[f"{name}_slope"]
        for x in (-2.3, -1, 0.7):
            assert (f(x + 1e-6) - f(x - 1e-6)) / 2e-6 == pytest.approx(df(x), abs=1e-8)


def test_softplus_and_the_approximated_gelu_are_those_of_scipy(page):
    assert page["softplus"] == pytest.approx(special.log1p(1))
    assert page["approximate"] == pytest.approx(2.996363, abs=5e-7)
    assert abs(page["approximate"] - 3 * stats.norm.cdf(3)) > 1e-4


def test_two_paths_add_up(page):
    assert page["two_paths"] == pytest.approx(
        ((2 * 3.001 + 3.001**2) - (2 * 2.999 + 2.999**2)) / 0.002
    )


def test_gradients_of_a_fully_connected_layer_are_those_of_central_differences(page, slope):
    x, dy = page["rows_in"].astype(float), page["rows_back"].astype(float)
    w = np.array([[1.0, 2], [3, 4]])
    assert page["dW"] == pytest.approx(slope(lambda w: (x @ w.T * dy).sum(), w), abs=1e-8)
    assert page["back"] == pytest.approx(slope(lambda x: (x @ w.T * dy).sum(), x), abs=1e-8)


def test_the_gradient_of_a_batch_normalisation_is_that_of_central_differences(page, slope):
    loss = stats.zscore
    measured = slope(lambda x: (loss(x) * page["dyn"]).sum(), page["batch"])
    assert page["dbatch"] == pytest.approx(measured, abs=1e-8)


def test_a_stride_leaves_a_kernel_gradient_that_is_too_large(page):
    """6 × 6, k 3, stride 2: the correlation with the spread gradient is 4 × 4."""
    spread = np.zeros((3, 3))
    spread[::2, ::2] = 1
    x = np.random.default_rng(0).normal(size=(6, 6))
    whole = signal.correlate2d(x, spread, "valid")
    assert whole.shape == (page["too_large"],) * 2 == (4, 4)

    def loss(k):
        return signal.correlate2d(x, k, "valid")[::2, ::2].sum()

    for at in np.ndindex(3, 3):
        one = np.zeros((3, 3))
        one[at] = 1
        assert loss(one) == pytest.approx(whole[:3, :3][at])


def test_the_best_momentum_beats_its_neighbours(page):
    """Spectral radius of momentum on curvatures 1 and 25: smallest at the sheet's numbers."""

    def radius(rate, beta):
        return max(
            np.abs(np.linalg.eigvals([[1 + beta - rate * h, -beta], [1, 0]])).max() for h in (1, 25)
        )

    rate, beta = page["best_momentum_rate"], page["best_beta"]
    best = radius(rate, beta)
    assert best == pytest.approx(np.sqrt(beta), rel=1e-3)
    for factor in (0.9, 1.1):
        assert radius(rate * factor, beta) > best
        assert radius(rate, beta * factor) > best


def test_label_smoothing_cannot_go_below_its_entropy(page):
    assert page["floor"] == pytest.approx(stats.entropy(page["smoothed"]))


def test_the_standard_error_is_that_of_a_binomial_share(page):
    assert page["spread_of_accuracy"] == pytest.approx(stats.binom(100, 0.97).std() / 100)


def test_no_value_of_the_sheet_is_bare_arithmetic(said):
    bare = [e for e in said if not re.search(r"[A-Za-z_]", re.sub(r"\d[eE]-?\d", "", e))]
    assert bare == []


def test_every_row_has_an_instance_that_is_computed_and_a_link(rows, bare_rows):
    assert len(rows) > 100
    assert bare_rows == []


def test_every_formula_of_the_notes_is_on_the_sheet_or_says_why_not():
    """`python tests/support/formulas_of_pages.py` writes what is missing into formulas.txt."""
    assert formulas_of_pages.off_the_sheet() == formulas_of_pages.excused()


def test_every_formula_that_is_not_on_the_sheet_has_its_reason():
    assert [line for line, reason in formulas_of_pages.reasons().items() if not reason] == []


def test_one_size_leads_back_only_where_nothing_is_left_over(page):
    """Six pixels, k = 3, s = 2: one is left over, and the way back gives five."""
    for i, k, s, p in page["cases"]:
        assert page["output_size"](page["transposed_size"](i, k, s, p), k, s, p) == i
    there = {i: page["output_size"](i, 3, 2) for i in (5, 6, 7)}
    back = {i: page["transposed_size"](o, 3, 2) for i, o in there.items()}
    assert back == {5: 5, 6: 5, 7: 7}
