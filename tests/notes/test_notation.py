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
    assert prose(PAGE)["bit"] == f"{math.log(2):.4f}"
    assert namespace(PAGE)["float32"] == 8 * 3 * 224 * 224 * 4
    assert prose(PAGE)["float32 / 2**20"] == "4.59"


def test_reshape_keeps_the_order_in_memory_and_transpose_does_not(namespace):
    batch = np.arange(2 * 3 * 3 * 2).reshape(2, 3, 3, 2)  # (N, H, W, C)
    moved = batch.transpose(0, 3, 1, 2)
    assert (moved == np.moveaxis(batch, -1, 1)).all()
    assert batch.reshape(moved.shape).ravel().tolist() == batch.ravel().tolist()
    assert (batch.reshape(moved.shape) != moved).any()
    page = namespace(PAGE)
    assert page["moved"] == page["shuffled"] == (32, 3, 28, 28)
    assert page["differ"] == 6
    assert page["most"] * 3 * 224 * 224 * 4 <= page["budget"]
