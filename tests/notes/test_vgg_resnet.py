"""The page on VGG, GoogLeNet, ResNet and MobileNet, against published tables and torchvision."""

import numpy as np
import pytest

PAGE = "architectures/vgg-resnet"


@pytest.mark.parametrize(
    ("network", "parameters"),
    [  # as torchvision lists them; GoogLeNet: Caffe's, which has 5 × 5 kernels; MobileNetV1: Keras
        ("VGG-16", 138_357_544),
        ("GoogLeNet", 6_998_552),
        ("ResNet-18", 11_689_512),
        ("ResNet-50", 25_557_032),
        ("MobileNetV1", 4_231_976),
        ("MobileNetV2", 3_504_872),
    ],
)
def test_networks_have_their_published_parameters(page, network, parameters):
    assert page["counted"][network][0] == parameters


@pytest.mark.parametrize(
    ("network", "billions"),
    [  # the papers: table 1 of MobileNet and MobileNetV2 and ResNet-18; torchvision for ResNet-50
        ("VGG-16", 15.47),
        ("ResNet-18", 1.81),
        ("ResNet-50", 4.09),
        ("MobileNetV1", 0.569),
        ("MobileNetV2", 0.301),
    ],
)
def test_networks_take_their_published_multiply_adds(page, network, billions):
    assert page["counted"][network][1] / 1e9 == pytest.approx(billions, rel=0.005)


def test_vgg_takes_15470264320_multiply_adds(page):
    assert page["vgg_rows"].total(3) == 15_470_264_320
    assert sum(row[2] for row in page["vgg_rows"][:18]) == 14_714_688
    assert sum(row[2] for row in page["vgg_rows"][18:]) / 138_357_544 == pytest.approx(
        0.894, abs=5e-4
    )


def test_googlenet_has_the_shapes_of_its_table(page):
    shapes = {name: out for name, out, _, _ in page["google_rows"]}
    assert shapes == {
        "stem": (64, 56, 56),
        "stem 2": (192, 28, 28),
        "3a": (256, 28, 28),
        "3b": (480, 28, 28),
        "pool 3": (480, 14, 14),
        "4a": (512, 14, 14),
        "4b": (512, 14, 14),
        "4c": (512, 14, 14),
        "4d": (528, 14, 14),
        "4e": (832, 14, 14),
        "pool 4": (832, 7, 7),
        "5a": (832, 7, 7),
        "5b": (1024, 7, 7),
        "head": (1000,),
    }


def test_the_papers_own_table_contradicts_4_and_5_million(page):
    """Szegedy and others, table 1: the rows with parameters, in thousands."""
    assert sum(page["printed"]) == pytest.approx(6797.7)
    for million in (4, 60.965224 / 12):
        assert page["as_1000"] / 1e6 > 1.3 * million
        assert page["counted_here"] / 1e6 > 1.3 * million


def test_the_printed_rows_are_those_of_the_counted_blocks(page):
    """Each block of the table within a tenth of its count, K = 1024; the stem is another story."""
    counted = {name: held for name, _, held, _ in page["google_rows"]}
    blocks = ["3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b"]
    for name, thousands in zip(blocks, page["printed"][2:-1], strict=True):
        assert thousands * 1024 == pytest.approx(counted[name], rel=0.1), name


def test_resnet_has_the_shapes_of_its_table(page):
    shapes = [out for _, out, _, _ in page["resnet_rows"]]
    sides = [(64, 56), (256, 56), (512, 28), (1024, 14), (2048, 7)]
    assert shapes == [*((c, n, n) for c, n in sides), (1000,)]


def test_the_two_variants_of_resnet_50_differ_in_work_and_field_only(page):
    late, early = (
        page["total"](page["resnet"](page[block], (3, 4, 6, 3)))
        for block in ("bottleneck", "early")
    )
    assert late[0] == early[0]
    assert early[1] / 1e9 == pytest.approx(3.86, abs=0.005)  # the paper: 3.8
    assert page["receptive_field"](page["windows"](True)) == (483, 32)
    assert page["receptive_field"](page["windows"](False)) == (427, 32)


def test_vgg_sees_212_pixels_every_32(page):
    assert page["vgg_field"] == (212, 32)


def test_a_separable_convolution_keeps_an_eighth(page):
    assert page["whole"][1] == 73_728
    assert page["apart"][1] == 8_768
    assert page["ratio"] == pytest.approx(0.11892, abs=5e-6)


def test_a_sum_of_different_shapes_is_refused(page):
    block = page["residual"](page["conv"](8, 3, stride=2))
    with pytest.raises(AssertionError, match="equal shapes"):
        block((8, 6, 6))


def test_a_residual_network_of_arrays_holds_what_the_counter_says(page):
    """The arrays of a bottleneck with a shortcut, 64 to 256 channels, made by hand."""
    shapes = [(64, 64, 1, 1), (64, 64, 3, 3), (256, 64, 1, 1), (256, 64, 1, 1)]
    held = sum(np.zeros(shape).size + 2 * shape[0] for shape in shapes)
    _, path = page["bottleneck"](64, 1)
    block = page["residual"](path, page["unit"](256, 1))
    out, parameters, work = block((64, 56, 56))
    assert out == (256, 56, 56)
    assert parameters == held
    assert work == 56 * 56 * sum(np.zeros(shape).size for shape in shapes)


def test_plain_stacks_keep_their_gradient_and_shortcuts_blow_it_up(page):
    """Expected squared norm: × 1 a layer with He's variance, × 1/2 with half, × 2 or so summed."""
    ends = {kind: np.array(runs)[:, -1] for kind, runs in page["at"].items()}
    assert len(ends["plain, He"]) == 5
    assert np.log(ends["plain, He"]).mean() == pytest.approx(0, abs=0.3)
    expected = -15 * np.log(2)
    assert np.log(ends["plain, half"]).mean() == pytest.approx(expected, abs=0.3)
    assert ends["shortcuts"].min() > 1e4


def test_gradients_of_the_stack_are_those_of_central_differences(page):
    """The backward pass of the figure, by hand on a stack small enough to measure."""
    rng = np.random.default_rng(3)
    weights = [rng.normal(size=(6, 6)) for _ in range(3)]
    x, out = rng.normal(size=(1, 6)), rng.normal(size=(1, 6))

    def score(x):
        for w in weights:
            x = np.maximum(x @ w + x, 0)
        return (x * out).sum()

    d, on, z = out, [], x
    for w in weights:
        z = z @ w + z
        on.append(z > 0)
        z = np.maximum(z, 0)
    for w, mask in zip(weights[::-1], on[::-1], strict=True):
        d = d * mask
        d = d @ w.T + d
    for n in range(6):
        step = np.zeros((1, 6))
        step[0, n] = 1e-6
        slope = (score(x + step) - score(x - step)) / 2e-6
        assert slope == pytest.approx(d[0, n], rel=1e-5, abs=1e-6)


def test_identity_layers_change_nothing_after_a_relu_but_do_before_one(page):
    assert (page["deep"] == page["shallow"]).all()
    before = np.array([[-1.0] * 8])
    assert (page["affine_relu"](before, np.eye(8)) != before).any()


def test_what_the_papers_print_is_what_is_counted_within_rounding_or_a_named_variant(page):
    off = {key: abs(part) for key, part in page["off"].items()}
    named = {("ResNet-50", 1), ("MobileNetV2", 0)}
    assert all(part < 0.01 for key, part in off.items() if key not in named | {("GoogLeNet", 1)})
    assert off["GoogLeNet", 1] < 0.06
    early = page["total"](page["resnet"](page["early"], (3, 4, 6, 3)))
    assert early[1] / 3.8e9 == pytest.approx(1, abs=0.02)


def test_the_answers_to_the_exercises(page):
    assert (page["narrow"][1], page["wide"][1]) == (69_632, 1_179_648)
    assert page["three_a"][1][0] == 256
    assert page["depthwise"][1:] == (4_608, 903_168)
    assert page["widest"] == 136
    assert page["light"] == 14_714_688 + 513_000


def test_fifty_layers_hold_and_do_less_than_sixteen(page):
    vgg, resnet = page["counted"]["VGG-16"], page["counted"]["ResNet-50"]
    assert resnet[0] < vgg[0]
    assert resnet[1] < vgg[1]
    assert page["counted"]["ResNet-18"][1] < resnet[1]  # within one family depth does cost


def test_a_reduction_saves_nine_tenths_of_a_5_by_5_convolution(page):
    assert page["direct"] == 28 * 28 * 32 * 5 * 5 * 192
    assert page["reduced"] == 28 * 28 * 16 * 192 + 28 * 28 * 32 * 5 * 5 * 16
