"""The page from ResNet to ConvNeXt: torch's layers, and what papers and torchvision print."""

import numpy as np
import pytest

PAGE = "architectures/convnext"


@pytest.mark.parametrize(
    ("network", "parameters"),
    [  # as torchvision lists them for its weights
        ("ResNet-50", 25_557_032),
        ("ResNeXt-50", 25_028_904),
        ("DenseNet-121", 7_978_856),
        ("EfficientNet-B0", 5_288_548),
        ("ConvNeXt-T", 28_589_128),
        ("SE-ResNet-50", 28_088_024),  # pytorchcv's and the authors' network, with biases
    ],
)
def test_networks_have_their_published_parameters(page, network, parameters):
    assert page["measured"][network][0][0] == parameters


@pytest.mark.parametrize(
    ("network", "billions"),
    [  # torchvision, in both decimals; EfficientNet: table 2 of its paper, 0.39
        ("ResNet-50", 4.09),
        ("ResNeXt-50", 4.23),
        ("DenseNet-121", 2.83),
        ("EfficientNet-B0", 0.39),
        ("ConvNeXt-T", 4.46),
    ],
)
def test_networks_take_their_published_multiply_adds(page, network, billions):
    assert page["measured"][network][0][1] / 1e9 == pytest.approx(billions, abs=0.005)


def test_squeeze_and_excitation_adds_the_tenth_and_the_hundredth_that_its_paper_prints(page):
    more_held, more_done = page["more"]
    assert more_held == pytest.approx(0.1, abs=0.005)  # section 4: about 10 per cent
    assert more_done < 3.87 / 3.86 - 1 + 0.0026  # table 2, rounded to hundredths


def test_the_eight_steps_before_the_layer_norm_take_what_table_10_prints(page):
    printed = [4.09, 4.53, 4.42, 2.35, 5.27, 4.64, 4.07, 4.15]
    counted = [work / 1e9 for _, work in page["counted"].values()]
    np.testing.assert_allclose(counted[:8], printed, atol=0.005)
    for k, billions in ((5, 4.10), (7, 4.15), (9, 4.21), (11, 4.29)):
        net = page["both"](page["depthwise_first"](k), page["wide"])
        assert page["whole"](net)[1] / 1e9 == pytest.approx(billions, abs=0.005)


def test_a_block_is_that_of_torch_with_the_norms_scale_and_shift_in_the_next_layer(page, vectors):
    torch = vectors("attention")
    up, scale = torch["block_up_weight"], torch["block_norm_weight"]
    shift = torch["block_norm_bias"]
    out = page["convnext_block"](
        torch["block_x"],
        (torch["block_taps_weight"], torch["block_taps_bias"]),
        ((up * scale)[:, :, None, None], torch["block_up_bias"] + up @ shift),
        (torch["block_down_weight"][:, :, None, None], torch["block_down_bias"]),
        torch["block_scale"],
    )
    np.testing.assert_allclose(out, torch["block_out"], rtol=1e-9, atol=1e-11)


def test_the_norm_of_the_block_is_not_the_layer_norm_over_pixels_too(page):
    x = np.random.default_rng(5).normal(size=(1, 4, 6, 6))
    at_each_place = x - x.mean(axis=1, keepdims=True)
    over_all = x - x.mean(axis=(1, 2, 3), keepdims=True)
    assert np.abs(at_each_place - over_all).max() > 0.1


def test_squeeze_and_excitation_is_that_of_torch(page, vectors):
    torch = vectors("attention")
    out = page["squeeze_excite"](
        torch["squeeze_x"], torch["squeeze_first"], torch["squeeze_second"]
    )
    np.testing.assert_allclose(out, torch["squeeze_out"], rtol=1e-12)


def test_a_convnext_block_of_arrays_holds_what_the_counter_says(page):
    c = 96
    shapes = [(c, 1, 7, 7), (c,), (c,), (c,), (4 * c, c), (4 * c,), (c, 4 * c), (c,), (c,)]
    assert page["block_held"] == sum(np.zeros(shape).size for shape in shapes)
    weights = [(c, 1, 7, 7), (4 * c, c), (c, 4 * c)]
    assert page["block_work"] == 56 * 56 * sum(np.zeros(shape).size for shape in weights)


def test_the_recipe_gains_nearly_half_of_what_lies_between_the_networks(page):
    """Table 10: 76.13, 78.82 with the same layers, 81.97."""
    assert page["by_training"] == pytest.approx(78.82 - 76.13)
    assert page["by_design"] == pytest.approx(81.97 - 78.82)
    assert 0.4 < page["by_training"] / (page["by_training"] + page["by_design"]) < 0.5


def test_blocks_read_and_make_the_channels_of_their_papers(page):
    shape = (64, 56, 56)
    for layers, c in ((6, 128), (12, 256), (24, 512), (16, 1024)):
        shape, *_ = page["dense"](layers)(shape)
        if c < 1024:  # DenseNet, table 1: half of it goes on
            shape, *_ = page["transition"](c)(shape)
        assert shape[0] == c


def test_the_answers_to_the_exercises(page):
    assert page["grown_to"] == 512
    assert page["squeeze_held"] == 257 * 16 + 17 * 256
    assert page["weights_192"] == 192 * 49 + 192 * 768 + 768 * 192
    assert (page["ungrouped"], page["grouped"]) == (451_584, 4_704)
    assert page["largest_k"] == 7
    assert page["eleven"] - page["three"] == sum(
        many * (121 - 9) * c * side**2 + (121 - 9) * first
        for many, c, side, first in (
            (3, 96, 56, 0),
            (2, 192, 28, 96 * 28**2),
            (8, 384, 14, 192 * 14**2),
            (2, 768, 7, 384 * 7**2),
        )
    )
