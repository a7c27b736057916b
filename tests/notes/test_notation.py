"""The page on notation: its axis orders and its units."""

import math

import numpy as np

PAGE = "notation"


def test_channels_last_is_numpy_moveaxis(namespace):
    page = namespace(PAGE)
    assert (page["last"] == np.moveaxis(page["x"], 1, -1)).all()
    assert page["last"].ravel().tolist() == [0, 4, 1, 5, 2, 6, 3, 7]


def test_moved_columns_give_the_score_back(namespace):
    page = namespace(PAGE)
    assert page["right_score"] == page["first_score"] == sum(n * n for n in range(8))
    assert page["wrong_score"] != page["first_score"]


def test_a_bit_is_log_2_nats_and_a_mib_1048576_bytes(namespace, prose):
    assert prose(PAGE)["np.log(2)"] == f"{math.log(2):.4f}"
    assert namespace(PAGE)["float32"] == 8 * 3 * 224 * 224 * 4
    assert prose(PAGE)["float32 / 2**20"] == "4.59"
