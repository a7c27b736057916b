"""The page on transfer: its network against PyTorch, its images against scipy, and its results."""

import re
from pathlib import Path

import numpy as np
import pytest
from scipy import ndimage

PAGE = "training/transfer"
HERE = Path(__file__).resolve().parent
SOURCE = HERE.parents[1] / "docs" / f"{PAGE}.md"
WEIGHTS = ("w1", "b1", "w2", "b2", "w3", "b3")


@pytest.fixture(scope="module")
def torch_made(vectors):
    return vectors("transfer")


def test_the_code_in_pytorch_is_the_code_that_made_the_vectors():
    [shown] = re.findall(r"^```python\n(.*?)^```$", SOURCE.read_text("utf-8"), re.M | re.S)
    script = (HERE / "vectors/make_transfer.py").read_text("utf-8")
    marked = script.partition("begins here\n")[2].partition("\n\n# what the page shows ends")[0]
    assert shown.strip() == marked.strip()


def test_the_network_in_pytorch_gives_the_numbers_of_the_notes(namespace, torch_made):
    run = namespace("training/training-run")
    net = {name: torch_made[name] for name in WEIGHTS}
    a = run["forward"](net, torch_made["x"])
    np.testing.assert_allclose(a["scores"], torch_made["scores"], atol=1e-12)
    assert run["cross_entropy"](a["scores"], torch_made["y"]) == pytest.approx(torch_made["loss"])
    d = run["cross_entropy_gradient"](a["scores"], torch_made["y"])
    grad, _ = run["backward"](net, a, d)
    for name in WEIGHTS:
        np.testing.assert_allclose(grad[name], torch_made[f"d{name}"], atol=1e-12)


def test_a_new_head_in_pytorch_learns_as_one_of_the_notes(namespace, torch_made):
    run = namespace("training/training-run")
    net = {name: torch_made[name] for name in WEIGHTS}
    net |= {"w3": torch_made["head_w"], "b3": torch_made["head_b"]}
    memory, losses = {"w3": {}, "b3": {}}, []
    for _ in range(5):
        a = run["forward"](net, torch_made["x"])
        losses.append(run["cross_entropy"](a["scores"], torch_made["y"]))
        d = run["cross_entropy_gradient"](a["scores"], torch_made["y"])
        grad, _ = run["backward"](net, a, d)
        for name in ("w3", "b3"):
            net[name], memory[name] = run["adam"](net[name], grad[name], memory[name], rate=0.01)
    np.testing.assert_allclose(losses, torch_made["losses"], rtol=1e-9)
    np.testing.assert_allclose(net["w3"], torch_made["end_w"], atol=1e-9)
    np.testing.assert_allclose(net["b3"], torch_made["end_b"], atol=1e-9)


@pytest.mark.parametrize(
    ("turn", "zoom", "move"), [(0.3, 1.0, (0, 0)), (-0.2, 0.8, (0, 0)), (0.0, 1.0, (1, -1))]
)
def test_turned_and_zoomed_images_are_those_of_scipy(page, turn, zoom, move):
    some = page["x_test"][:5]
    c, s = np.cos(turn) / zoom, np.sin(turn) / zoom
    matrix = np.array([[c, s], [-s, c]])
    offset = 3.5 - matrix @ (np.array([3.5, 3.5]) + move)
    expected = [
        ndimage.affine_transform(np.pad(one, 2), matrix, offset + 2 - matrix @ [2, 2], order=1)
        for one in some
    ]
    found = page["warped"](some, turn=turn, zoom=zoom, move=move)
    np.testing.assert_allclose(found, np.array(expected)[:, 2:-2, 2:-2], atol=1e-5)


def test_a_tossed_image_is_moved_by_at_most_two_pixels(page):
    some = page["x_test"][:30]
    found = page["tossed"](some, np.random.default_rng(1))
    for one, out in zip(some, found, strict=True):
        ways = [ndimage.shift(one, (i, j), order=0) for i in range(-2, 3) for j in range(-2, 3)]
        assert min(np.abs(out - way).max() for way in ways) < 1e-6


def test_learned_layers_beat_random_ones_and_scratch_on_moved_digits(page):
    tuned, scratch = page["shares"]["tuned"], page["shares"]["scratch"]
    frozen, random = page["shares"]["frozen"], page["shares"]["random"]
    assert (tuned.mean(axis=1) > scratch.mean(axis=1)).all()
    assert (frozen.mean(axis=1) > random.mean(axis=1)).all()
    assert (tuned[-1] > scratch[-1]).sum() >= 4


def test_on_centred_digits_learning_from_scratch_is_better_than_frozen_layers(page):
    assert page["centred"]["scratch"] > page["centred"]["frozen"] + 0.02


def test_frozen_layers_are_not_touched(page):
    nets = page["side_by_side"]([page["start"](np.random.default_rng(0), page["shapes"])])
    x, target = page["x"][:8][None], np.eye(5, dtype=np.float32)[page["y"][:8] % 5][None]
    rates = np.array([[0.0], [0.01]], np.float32)
    done = page["learn"](nets, lambda step: (x, target), rates, 3)
    for name in ("w1", "b1", "w2", "b2"):
        np.testing.assert_array_equal(done[name], nets[name])
    assert not np.array_equal(done["w3"], nets["w3"])


def test_each_family_is_best_at_what_it_tells(page):
    assert max(page["mean"]["moved"], key=page["mean"]["moved"].get) == "shift"
    assert max(page["mean"]["turned"], key=page["mean"]["turned"].get) == "rotation"
    gain = page["table"]["moved"][1] - page["table"]["moved"][0]
    assert (gain > 0).all()  # for every seed


def test_mixed_labels_add_up_to_one(page):
    rng = np.random.default_rng(4)
    x, t = page["mixup"](page["x"][:20], np.eye(10, dtype=np.float32)[page["y"][:20]], rng)
    assert t.sum(axis=1) == pytest.approx(1)
    assert x.min() >= 0
    assert x.max() <= 1


def test_cutout_hides_nine_pixels(page):
    x, _ = page["cutout"](np.ones((20, 8, 8)), None, np.random.default_rng(5))
    assert ((x == 0).sum(axis=(1, 2)) == 9).all()


def test_the_counts_of_the_exercises(page):
    assert page["head_of_100"] == 6500
    assert page["resnet_head"] == 20_490
    assert page["sizes"] == {"all": 1573, "head": 325}
    assert page["both"] == 18
