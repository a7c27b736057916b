"""From flashcards to notes: the numbers that correct the cards."""

import re
from pathlib import Path

import numpy as np
from scipy import special

PAGE = "exam/flashcards"


def test_all_fifteen_topics_are_there_once():
    source = (Path(__file__).parents[2] / "docs" / f"{PAGE}.md").read_text(encoding="utf-8")
    topics = re.findall(r"^### (\d+)\. ", source, re.M)
    assert sorted(map(int, topics)) == list(range(1, 16))
    for part in re.split(r"^### (?=\d)", source, flags=re.M)[1:]:
        assert "](../" in part
        assert "**Right:**" in part


def test_counts_are_the_known_ones(namespace, prose):
    text, page = prose(PAGE), namespace(PAGE)
    assert text["conv_parameters(3, 10, 3)"] == "280"
    assert text["conv_parameters(3, 16, 3)"] == "448"
    assert (page["shared"], page["local"], page["dense"]) == (448, 458_752, 50_348_032)
    assert (page["grid"], page["block"]) == (25, 75)
    assert text["full_parameters(512 * 7 * 7, 4096)"] == "102,764,544"
    assert text["conv_parameters(512, 4096, 7)"] == "102,764,544"


def test_correlation_gives_4_and_true_convolution_10(prose):
    text = prose(PAGE)
    assert text["unturned.sum()"] == "4"
    assert text["turned.sum()"] == "10"


def test_slopes_are_those_of_scipy(namespace, prose):
    page = namespace(PAGE)
    x = np.array([-3, 0, 3.0, 10])
    assert np.allclose(page["sigmoid_slope"](x), special.expit(x) * special.expit(-x))
    assert prose(PAGE)["sigmoid_slope(10)"] == "4.5e-05"
    assert page["ten_layers"] == 0.25**10
    assert prose(PAGE)["tanh_slope(3)"] == "0.00987"


def test_two_affine_layers_are_one(namespace):
    page = namespace(PAGE)
    assert (page["W2"] @ page["W1"]).tolist() == [-1, 0]
    assert page["W2"] @ page["b1"] + page["b2"] == 3.5


def test_losses_are_those_of_scipy(namespace):
    page = namespace(PAGE)
    expected = -special.log_softmax(page["logits"], axis=1)[[0, 1], [0, 2]]
    assert np.allclose(page["losses"], expected)
    assert np.allclose(page["losses"], [0.41703, 3.65318], atol=1e-5)
    assert abs(page["losses"].mean() - 2.03510) < 1e-5


def test_the_answers_to_the_exercises(namespace):
    page = namespace(PAGE)
    assert page["whole"] == 224 + 1168
    assert page["short"] == 720
    assert 0.25 ** page["layers"] < 1e-3 <= 0.25 ** (page["layers"] - 1)


def test_a_sigmoid_that_a_card_calls_open_comes_out_as_1(page):
    exact = special.expit(np.arange(0, 51, 5.0))
    assert np.allclose(page["values"], exact)
    assert (page["values"] == 1).sum() == (exact == 1).sum() == 3
    assert special.expit(-50) > 0  # at the other end the card is right
