"""The page on operations and memory: its counters against loops and published tables."""

import numpy as np
import pytest
from scipy.signal import correlate

PAGE = "convolution/operations"


def test_the_small_network_takes_4608_and_18432_and_640_multiply_adds(page, prose):
    assert (page["first"], page["second"], page["last"]) == (4_608, 18_432, 640)
    assert prose(PAGE)["small_network"] == "23,680"


@pytest.mark.parametrize(
    ("c_in", "c_out", "k", "h", "w", "groups"), [(4, 6, 3, 2, 5, 1), (4, 6, 3, 2, 5, 2)]
)
def test_the_formula_agrees_with_counting_one_by_one(page, c_in, c_out, k, h, w, groups):
    count = 0
    for _filter in range(c_out):
        for _place in range(h * w):
            for _channel in range(c_in // groups):
                count += k * k
    assert page["conv_macs"](c_in, c_out, k, h, w, groups) == count


def test_the_counting_convolution_computes_one_too(page):
    rng = np.random.default_rng(1)
    x, w = rng.normal(size=(2, 5, 4)), rng.normal(size=(3, 2, 3, 3))
    y, count = page["counting_conv"](x, w, 1)
    full = np.pad(x, ((0, 0), (1, 1), (1, 1)))
    expected = [correlate(full, block, "valid", method="direct")[0] for block in w]
    np.testing.assert_allclose(y, expected, atol=1e-12)
    assert count == page["conv_macs"](2, 3, 3, 5, 4)


def test_vgg_16_has_its_published_counts(page, prose):
    # Simonyan and Zisserman, table 2: 138 million; torchvision's table of weights: 15.47 GFLOPS
    assert page["params"] == 138_357_544
    assert page["macs"] == 15_470_264_320
    assert page["values"] == 15_237_608
    assert prose(PAGE)["head_share[1]"] == "89.4%"
    assert f"{page['kept']:.1f}" == "58.1"


def test_every_layer_of_vgg_16_has_the_count_of_the_cs231n_list(page):
    # cs231n.github.io/convolutional-networks, "VGGNet in detail": memory and weights of each layer
    listed = {
        "input": (150_528, 0),
        "conv1_1": (3_211_264, 1_728),
        "conv1_2": (3_211_264, 36_864),
        "pool1": (802_816, 0),
        "conv2_1": (1_605_632, 73_728),
        "conv3_1": (802_816, 294_912),
        "conv4_3": (401_408, 2_359_296),
        "conv5_3": (100_352, 2_359_296),
        "pool5": (25_088, 0),
        "fc6": (4_096, 102_760_448),
        "fc8": (1_000, 4_096_000),
    }
    filters = {"input": 0, "conv1_1": 64, "conv1_2": 64, "conv2_1": 128, "conv3_1": 256}
    filters |= {"conv4_3": 512, "conv5_3": 512, "fc6": 4096, "fc8": 1000}
    for name, (values, weights) in listed.items():
        assert page["vgg"][name][:2] == (values, weights + filters.get(name, 0)), name


def test_vgg_19_takes_the_19_6_billion_of_the_resnet_paper(page):
    work = sum(step[2] for step in page["deeper"].values())
    assert round(work / 1e9, 1) == 19.6


def test_the_blocks_and_the_head_add_up_to_the_network(page):
    total = sum(page["blocks"]) + page["head"]
    assert total.tolist() == [page["values"] - 150_528, page["params"], page["macs"]]


def test_conv1_2_works_more_than_fc6_with_fewer_parameters(page):
    assert page["vgg"]["conv1_2"][1:] == (36_928, 1_849_688_064)
    assert page["vgg"]["fc6"][1:] == (102_764_544, 102_760_448)
    assert page["conv"] > 200 * page["full"]


def test_fc6_has_2783_times_the_parameters_rounded(page, said):
    assert page["fewer"] == pytest.approx(102_764_544 / 36_928)
    assert said["fewer"] == "2,783"  # 2,782.84: whole division would say 2,782


def test_no_way_of_counting_gives_24_million_values(page):
    assert page["values"] < 16e6
    assert page["both"] == 2 * page["values"] - 150_528 - 1_000 - sum(
        page["vgg"][f"pool{n}"][0] for n in range(1, 6)
    )
    assert page["both"] > 28e6


def test_the_alternative_texts_say_what_the_figures_show(page, said):
    assert said["shares[third, 0]"] == "77"
    assert said["memory[2] / memory[0]"] == "0.88"
    assert said["memory[3] / memory[0]"] == "1.76"
    assert said["np.ceil(level)"] == "37"
    assert 36 * page["kept"] < 4 * page["parameter_memory"] < 37 * page["kept"]


def test_a_batch_raises_the_intensity_of_the_fully_connected_layer_alone(page):
    # roofline by hand: 2 · 32 · weights over 4 · (parameters + 32 · (inputs + outputs)) bytes
    by_hand = 64 * 102_760_448 / (4 * (102_764_544 + 32 * (25_088 + 4_096)))
    assert page["full_32"] == pytest.approx(by_hand)
    assert page["full_32"] > 30 * page["full"] / 1.1
    assert page["conv_32"] < 1.02 * page["conv"]


def test_the_budget_is_used_up_by_the_filters_counted(page):
    positions = 56 * 56
    assert 9 * 64 * positions * page["filters"] <= 1e8 < 9 * 64 * positions * (page["filters"] + 1)
    for n, fits in ((page["separable_filters"], True), (page["separable_filters"] + 1, False)):
        assert ((9 * 64 + 64 * n) * positions <= 1e8) is fits
    assert page["bugged"] == 4 * page["halved"]


def test_the_exercises_have_their_numbers(page):
    assert page["layer"] == 231_211_008 == 4 * page["halved"]
    assert page["separable"] == (576 + 8192) * 56 * 56
    assert page["alexnet"] == 105_415_200
    assert 4 * page["batch"] == 98 * 2**20
