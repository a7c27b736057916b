"""The page on LeNet-5 and AlexNet, against the tables of the papers and brute force."""

import numpy as np
import pytest
from scipy.signal import correlate

PAGE = "architectures/lenet-alexnet"


def column(rows, n):
    return [row[n] for row in rows]


def test_lenet_has_the_parameters_of_the_paper(page):
    rows = page["lenet_rows"]
    assert column(rows, 2) == [156, 12, 1516, 32, 48_120, 10_164]
    assert rows.total(2) == 60_000


def test_lenet_has_the_shapes_and_connections_of_the_paper(page):
    shapes = [(6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5), (120, 1, 1), (84,)]
    assert column(page["lenet_rows"], 1) == shapes
    assert page["connections"] == 340_908


def test_c3_reads_by_the_table_of_the_paper(page):
    """LeCun et al. 1998, table I, a row of X and blanks for each of the six maps."""
    rows = [
        "X   XXX  XXXX XX",
        "XX   XXX  XXXX X",
        "XXX   XXX  X XXX",
        " XXX  XXXX  X XX",
        "  XXX  XXXX XX X",
        "   XXX  XXXX XXX",
    ]
    expected = [[mark == "X" for mark in row] for row in rows]
    assert np.array_equal(page["connected"].astype(bool), expected)


def test_the_lenet_of_tutorials_has_61706(page):
    assert page["modern_rows"].total(2) == 61_706


def test_alexnet_has_its_published_parameters(page):
    assert page["alex_rows"].total(2) == 60_965_224
    ungrouped = page["walk"](page["alexnet"](1), (3, 227, 227))
    assert sum(column(ungrouped, 2)) == 62_378_344


def test_alexnet_has_its_published_shapes_and_neurons(page):
    shapes = column(page["alex_rows"], 1)
    assert shapes[0] == (96, 55, 55)
    assert shapes[7] == (256, 6, 6)
    neurons = [int(np.prod(shapes[n])) for n in (0, 2, 4, 5, 6, 8, 9, 10)]
    assert neurons == [290_400, 186_624, 64_896, 64_896, 43_264, 4096, 4096, 1000]


def test_alexnets_multiply_adds_layer_by_layer(page):
    work = {row[0]: row[3] for row in page["alex_rows"] if row[3]}
    assert work == {
        "conv 1": 55 * 55 * 96 * 11 * 11 * 3,
        "conv 2": 27 * 27 * 256 * 5 * 5 * 48,
        "conv 3": 13 * 13 * 384 * 3 * 3 * 256,
        "conv 4": 13 * 13 * 384 * 3 * 3 * 192,
        "conv 5": 13 * 13 * 256 * 3 * 3 * 192,
        "full 6": 9216 * 4096,
        "full 7": 4096 * 4096,
        "full 8": 4096 * 1000,
    }
    assert page["alex_rows"].total(3) == 724_406_816


def test_alexnet_sees_195_pixels_every_32(page):
    assert (page["field"], page["jump"]) == (195, 32)


@pytest.mark.parametrize(("k", "stride", "padding"), [(3, 1, 1), (5, 2, 0), (2, 2, 0), (11, 4, 2)])
def test_shapes_are_those_of_a_real_correlation(page, k, stride, padding):
    image = np.pad(np.ones((23, 31)), padding)
    made = correlate(image, np.ones((k, k)), mode="valid")[::stride, ::stride]
    out, _, _ = page["conv"](7, k, stride, padding)((2, 23, 31))
    assert out == (7, *made.shape)


def test_the_loop_computes_a_correlation_and_counts_its_products(page):
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=(3, 6, 5)), rng.normal(size=(2, 3, 3, 3))
    y, count = page["multiply_adds_loop"](x, w)
    for f in range(2):
        assert y[f] == pytest.approx(correlate(x, w[f], mode="valid")[0])
    assert count == page["conv"](2, 3)((3, 6, 5))[2]


@pytest.mark.parametrize(
    ("i", "k", "stride", "padding"), [(224, 11, 4, 0), (55, 3, 2, 0), (9, 2, 3, 1)]
)
def test_covering_counts_the_windows_that_reach_every_pixel(page, i, k, stride, padding):
    """Brute force: lay windows side by side until the last pixel has been read."""
    length, windows, end = i + 2 * padding, 1, k
    while end < length:
        windows, end = windows + 1, end + stride
    assert page["covering"](i, k, stride, padding) == windows


def test_224_fits_when_rounded_up_and_227_when_rounded_down(page):
    """The released code rounds up; the sides are those of the paper's figure 2."""
    paper = [55, 27, 27, 13, 13, 13, 13, 6]
    assert page["up"][1:] == page["wide"][1:] == page["padded"][1:] == paper
    assert page["down"][1:] != paper
    assert page["reach"] == 227


def test_the_papers_neurons_of_layer_1_are_no_square_map(page):
    squares = {side * side * 96 for side in range(1, 230)}
    assert 253_440 not in squares
    assert page["first"] == 290_400 in squares
    assert page["second"] == 186_624


def test_the_opening_counts_what_the_walk_counts(page):
    rows = page["alex_rows"]
    assert sum(page["held"]) == rows.total(2)
    assert sum(page["done"]) == rows.total(3)
    assert page["one_layer"] == rows[8][2] > rows.total(2) / 2


def test_convolutions_hold_little_and_work_much(page):
    assert page["share_held"] == pytest.approx(2_334_080 / 60_965_224)
    assert page["share_done"] == pytest.approx(665_784_864 / 724_406_816)


def test_the_answers_to_the_exercises(page):
    assert page["c1"][1:] == ((6, 28, 28), 156, 117_600)
    assert (page["grouped"][2], page["whole"][2]) == (663_936, 1_327_488)
    assert page["two"] == (19, 8)
    assert page["halves"] == 307_456
    assert page["units"] * (9216 + 1) <= page["budget"] < (page["units"] + 1) * (9216 + 1)
    assert page["same"] == (256, 5, 5)
