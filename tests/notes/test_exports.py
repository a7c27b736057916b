"""What pages hand on about activations, losses, optimisers and counts, imported as pages do."""

import ast
import importlib
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import special

from worked.page.parser import parse

Array = NDArray[np.float64]
Vectors = Callable[[str], dict[str, Array]]

DOCS = Path(__file__).resolve().parents[2] / "docs"

ACTIVATIONS = ["sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu", "silu"]

SETTINGS: dict[str, dict[str, float]] = {
    "sgd": {},
    "momentum": {"beta": 0.8},
    "nesterov": {"beta": 0.8},
    "rmsprop": {"alpha": 0.95},
    "adam": {"b1": 0.8, "b2": 0.99},
    "adamw": {"decay": 0.2},
}
"""as in `vectors/make_training.py`, all at rate 0.05"""


def _exporters() -> Iterator[tuple[str, list[ast.stmt]]]:
    """Give every module that a page makes, and the definitions that it exports."""
    for path in sorted(DOCS.rglob("*.md")):
        page = parse(path.read_text(encoding="utf-8"), path.name)
        cells = [cell for cell in page.cells if cell.options.export]
        if cells:
            parts = path.relative_to(DOCS).with_suffix("").parts
            if parts[0] == "about":  # an example of how to export
                continue
            defined = [
                node
                for cell in cells
                for node in ast.parse(cell.code).body
                if getattr(node, "name", "") in cell.options.export
            ]
            yield ".".join(["notes", *parts]).replace("-", "_"), defined


EXPORTERS = dict(_exporters())


def load(page: str) -> ModuleType:
    return importlib.import_module(f"notes.{page}")


def measured(f: Callable[[Array], Any], x: Array, h: float = 1e-6) -> Array:
    """Give the central difference of a number by each entry of x."""
    slope = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[place] = h
        slope[place] = (f(x + step) - f(x - step)) / (2 * h)
    return slope


@pytest.mark.parametrize("module", EXPORTERS)
def test_every_exported_function_says_in_a_line_what_it_does(module: str) -> None:
    # read, not imported: a page that trains a network takes its time
    kinds = (ast.FunctionDef, ast.ClassDef)
    functions = [node for node in EXPORTERS[module] if isinstance(node, kinds)]
    assert [node.name for node in functions if not ast.get_docstring(node)] == []


def test_the_list_of_the_library_names_every_module() -> None:
    text = (DOCS / "about/library.md").read_text(encoding="utf-8")
    missing = [name for name in EXPORTERS if f"    {name.split('.')[-1]},\n" not in text]
    assert not missing


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_and_their_slopes_are_those_of_torch(name: str, vectors: Vectors) -> None:
    module, torch = load("nonlinearity.activations"), vectors("activations")
    x = torch["x"]
    np.testing.assert_allclose(getattr(module, name)(x), torch[name], rtol=1e-12, atol=1e-15)
    slope = getattr(module, f"{name}_slope")(x)
    np.testing.assert_allclose(slope, torch[f"{name}_slope"], rtol=1e-7, atol=1e-15)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_slopes_are_central_differences(name: str) -> None:
    module = load("nonlinearity.activations")
    f, x, h = getattr(module, name), np.linspace(-5, 5, 100), 1e-5  # none on the kink at 0
    slope = getattr(module, f"{name}_slope")(x)
    np.testing.assert_allclose(slope, (f(x + h) - f(x - h)) / (2 * h), atol=1e-9)


def test_sigmoid_and_gelu_are_those_of_scipy() -> None:
    module, x = load("nonlinearity.activations"), np.linspace(-30, 30, 61)
    np.testing.assert_allclose(module.sigmoid(x), special.expit(x), rtol=1e-13)
    np.testing.assert_allclose(
        module.gelu(x), x * (1 + special.erf(x / np.sqrt(2))) / 2, rtol=1e-12, atol=1e-14
    )
    np.testing.assert_allclose(module.normal_cdf(x), special.ndtr(x), rtol=1e-12)


def test_softmax_and_its_logarithm_are_those_of_scipy() -> None:
    module = load("nonlinearity.softmax_cross_entropy")
    z = np.random.default_rng(31).normal(scale=20, size=(3, 4, 5))
    np.testing.assert_allclose(module.softmax(z), special.softmax(z, axis=-1), rtol=1e-12)
    np.testing.assert_allclose(
        module.log_softmax(z), special.log_softmax(z, axis=-1), rtol=1e-12, atol=1e-14
    )


def test_cross_entropy_and_its_gradient_are_those_of_torch(vectors: Vectors) -> None:
    module, torch = load("nonlinearity.softmax_cross_entropy"), vectors("softmax_cross_entropy")
    given = torch["logits"], torch["labels"]
    assert module.cross_entropy(*given) == pytest.approx(float(torch["loss"]), rel=1e-12)
    found = module.cross_entropy_gradient(*given)
    np.testing.assert_allclose(found, torch["gradient"], atol=1e-15)


def test_the_gradient_of_cross_entropy_is_a_central_difference() -> None:
    module = load("nonlinearity.softmax_cross_entropy")
    rng = np.random.default_rng(32)
    logits, labels = rng.normal(size=(4, 3)), np.array([2, 0, 0, 1])
    slope = measured(lambda z: module.cross_entropy(z, labels), logits)
    np.testing.assert_allclose(module.cross_entropy_gradient(logits, labels), slope, atol=1e-9)


@pytest.mark.parametrize("name", SETTINGS)
def test_twenty_steps_of_each_optimiser_are_those_of_torch(name: str, vectors: Vectors) -> None:
    torch, step = vectors("optimisers"), getattr(load("training.optimisers"), name)
    w, state = torch["start"], {}
    path = [w]
    for g in torch["gradients"]:
        w, state = step(w, g, state, rate=0.05, **SETTINGS[name])
        path.append(w)
    np.testing.assert_allclose(path, torch[name], rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("name", SETTINGS)
def test_a_step_changes_nothing_that_it_was_given(name: str) -> None:
    step = getattr(load("training.optimisers"), name)
    g = np.ones(3)
    w, state = step(np.zeros(3), g, {})
    before = w.copy(), {key: np.copy(value) for key, value in state.items()}
    step(w, 2 * g, state)
    np.testing.assert_array_equal(w, before[0])
    np.testing.assert_equal(state, before[1])


def test_batch_normalisation_is_that_of_torch_in_training_and_at_inference(
    vectors: Vectors,
) -> None:
    module, torch = load("training.normalisation"), vectors("initialisation")
    running = {"mean": np.zeros(3), "var": np.ones(3)}
    given = torch["scale"], torch["shift"], running
    y = module.batch_norm(torch["x"], *given, train=True)
    np.testing.assert_allclose(y, torch["y"], atol=1e-12)
    np.testing.assert_allclose(running["mean"], torch["mean"], atol=1e-14)
    np.testing.assert_allclose(running["var"], torch["var"], atol=1e-14)
    used = module.batch_norm(torch["later"], *given, train=False)
    np.testing.assert_allclose(used, torch["in_use"], atol=1e-12)


def test_the_way_back_through_batch_normalisation_is_that_of_torch(vectors: Vectors) -> None:
    module, torch = load("training.normalisation"), vectors("initialisation")
    found = module.batch_norm_backward(torch["dy"], torch["x"], torch["scale"])
    for slope, name in zip(found, ("dx", "d_scale", "d_shift"), strict=True):
        np.testing.assert_allclose(slope, torch[name], atol=1e-12)


def test_the_way_back_through_batch_normalisation_is_a_central_difference() -> None:
    module = load("training.normalisation")
    rng = np.random.default_rng(33)
    x, dy, scale = rng.normal(size=(2, 2, 3, 1)), rng.normal(size=(2, 2, 3, 1)), np.array([2, -1.0])

    def loss(x: Array) -> float:
        running = {"mean": np.zeros(2), "var": np.ones(2)}
        y = module.batch_norm(x, scale, np.zeros(2), running, train=True)
        return float((dy * y).sum())

    np.testing.assert_allclose(
        module.batch_norm_backward(dy, x, scale)[0], measured(loss, x), atol=1e-7
    )


def test_initialisers_spread_as_torchs_gains_and_fans_say(vectors: Vectors) -> None:
    module, torch = load("training.initialisation"), vectors("initialisation")
    pairs = zip(torch["fans"].tolist(), torch["spreads"].tolist(), strict=True)
    for (c_in, c_out, k), (into, he, lecun, glorot) in pairs:
        n = module.fan_in(c_in, k)
        assert n == into
        assert module.he_std(n) == pytest.approx(he)
        assert module.lecun_std(n) == pytest.approx(lecun)
        assert module.glorot_std(n, module.fan_in(c_out, k)) == pytest.approx(glorot)


def test_dropout_zeroes_a_share_and_scales_what_is_left() -> None:
    module, x = load("training.regularisation"), np.ones((200, 200))
    y = module.dropout(x, 0.25, np.random.default_rng(34))
    assert set(np.unique(y)) == {0.0, 1 / 0.75}
    assert y.mean() == pytest.approx(1, abs=0.02)


def test_smoothed_losses_are_those_of_torch(
    namespace: Callable[[str], dict[str, Any]], vectors: Vectors
) -> None:
    page, torch = namespace("training/regularisation"), vectors("regularisation")
    found = [
        [page["smoothed_loss"](torch["logits"], label, eps) for eps in torch["epsilons"]]
        for label in range(5)
    ]
    np.testing.assert_allclose(found, torch["losses"], rtol=1e-12)


def test_layers_hold_what_torch_says_and_the_walk_agrees(vectors: Vectors) -> None:
    walk, counts = load("architectures.lenet_alexnet"), vectors("counting_parameters")
    for c_in, c_out, k, bias, groups, held in counts["conv"].tolist():
        layer = walk.conv(c_out, k, groups=groups, bias=bool(bias))
        assert layer((c_in, 16, 16))[1] == held
        assert (
            load("convolution.counting_parameters").conv_parameters(
                c_in, c_out, k, bool(bias), groups
            )
            == held
        )


def test_a_walk_hands_every_shape_to_the_next_layer() -> None:
    module = load("architectures.lenet_alexnet")
    layers = [
        ("a", module.conv(4, 3, padding=1)),
        ("b", module.pool(3, 2, padding=1)),
        ("c", module.full(5)),
    ]
    rows = module.walk(layers, (2, 7, 9))
    assert rows == [
        ("a", (4, 7, 9), 76, 72 * 63),
        ("b", (4, 4, 5), 0, 0),
        ("c", (5,), 405, 400),
    ]
    arrived = [(2, 7, 9), *(row[1] for row in rows)]
    for (name, layer), (before, after) in zip(layers, pairwise(arrived), strict=True):
        assert layer(before)[0] == after, name


def test_multiply_adds_are_uses_of_weights() -> None:
    module = load("convolution.operations")
    assert module.conv_macs(4, 6, 3, 5, 7, 2) == 6 * 2 * 9 * 35
    assert module.full_macs(30, 4) == 120
