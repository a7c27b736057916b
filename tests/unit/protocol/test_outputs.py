"""The one JSON form of what a cell shows."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worked import limits
from worked.builds.validate import has_form
from worked.protocol.outputs import (
    MIMES,
    CellResult,
    CellWarning,
    Drawing,
    ExpectedError,
    Frames,
    Matrix,
    Output,
    Rich,
    Text,
    dump_result,
    load_result,
)
from worked.protocol.pictures import PICTURE_MIMES, Picture
from worked.protocol.reading import MalformedError

ROWS = st.lists(st.lists(st.text(max_size=4), max_size=3).map(tuple), max_size=3).map(tuple)
SLICES = st.lists(st.tuples(st.text(max_size=6), ROWS), max_size=3).map(tuple)
SIZES = st.floats(allow_nan=False, allow_infinity=False)
LEAVES = st.one_of(
    st.builds(Text, st.text()),
    st.builds(Matrix, st.lists(st.integers(0)).map(tuple), st.text(), SLICES),
    st.builds(Drawing, st.text(), SIZES, SIZES),
    st.builds(Picture, st.sampled_from(PICTURE_MIMES), st.text(), SIZES, SIZES),
    st.builds(Rich, st.sampled_from(MIMES), st.text()),
    st.builds(ExpectedError, st.text(), st.text()),
)
FRAMES = st.builds(Frames, st.lists(st.lists(LEAVES, max_size=2).map(tuple), max_size=3).map(tuple))
OUTPUTS = LEAVES | FRAMES
NOTICES = st.builds(CellWarning, st.integers(), st.text(), st.text())
RESULTS = st.builds(
    CellResult,
    st.lists(OUTPUTS).map(tuple),
    st.lists(NOTICES, max_size=3).map(tuple),
    st.dictionaries(st.text(), st.booleans() | st.text(), max_size=2),
)
WORDS = st.sampled_from(
    ["type", "text", "matrix", "shape", "slices", "drawing", "svg", "kind", "frames"]
)
JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.just(10**400), st.floats(), st.text(), WORDS
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.one_of(WORDS, st.text()), inner, max_size=4)
    ),
    max_leaves=12,
)


def with_output(**fields: object) -> dict[str, Any]:
    return {"outputs": [fields], "warnings": [], "arrays": {}, "variants": []}


def matrix(**changed: object) -> dict[str, Any]:
    fields = {"shape": [1, 2], "dtype": "int64", "slices": [["", [["1", "2"]]]]}
    return with_output(type="matrix", **{**fields, **changed})


@given(RESULTS)
def test_a_result_survives_its_json(result: CellResult) -> None:
    assert load_result(json.loads(json.dumps(dump_result(result)))) == result


@given(OUTPUTS)
def test_an_output_says_its_type(output: Output) -> None:
    (form,) = dump_result(CellResult((output,)))["outputs"]
    assert form["type"] == type(output).__name__.lower()


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"outputs": []},
        {"outputs": [], "warnings": [], "arrays": {}, "variants": [], "more": 1},
        {"outputs": {}, "warnings": [], "arrays": {}, "variants": []},
        {"outputs": "ab", "warnings": [], "arrays": {}, "variants": []},
        {"outputs": [], "warnings": [{}], "arrays": {}, "variants": []},
        {
            "outputs": [],
            "warnings": [{"line": 1.5, "kind": "a", "message": "b"}],
            "arrays": {},
            "variants": [],
        },
        {
            "outputs": [],
            "warnings": [{"line": True, "kind": "a", "message": "b"}],
            "arrays": {},
            "variants": [],
        },
        {"outputs": [None], "warnings": [], "arrays": {}, "variants": []},
        with_output(),
        with_output(type="picture", svg=""),
        with_output(type=["text"], text=""),
        with_output(type="text"),
        with_output(type="text", text=1),
        with_output(type="text", text="a", more=1),
        with_output(type="rich", mime="image/svg+xml", source="a"),
        with_output(type="rich", mime=None, source="a"),
        with_output(type="expectederror", kind="a"),
        with_output(type="drawing", svg="", width="1", height=1),
        with_output(type="drawing", svg="", width=True, height=1),
        with_output(type="drawing", svg="", width=10**400, height=1),
        with_output(type="drawing", svg="", width=1, height=float("nan")),
        with_output(type="drawing", svg="", width=1, height=float("inf")),
        matrix(shape=3),
        matrix(shape=["3"]),
        matrix(shape=[True]),
        matrix(dtype=None),
        matrix(slices=["ab"]),
        matrix(slices=[["", [[1]]]]),
        matrix(slices=[["", [["1"]], 3]]),
        matrix(slices=[[0, [["1"]]]]),
        matrix(slices=[["", ["12"]]]),
    ],
)
def test_anything_else_is_malformed(data: object) -> None:
    with pytest.raises(MalformedError):
        load_result(data)


def test_a_plain_matrix_is_well_formed() -> None:
    assert load_result(matrix()).outputs == (Matrix((1, 2), "int64", (("", (("1", "2"),)),)),)


def test_a_message_does_not_quote_what_it_cannot() -> None:
    nested: list[object] = []
    for _ in range(5000):
        nested = [nested]
    with pytest.raises(MalformedError):
        load_result({"outputs": [nested], "warnings": [], "arrays": {}, "variants": []})


@given(JSON)
def test_no_json_raises_anything_but_malformed(data: object) -> None:
    for shape in (
        data,
        {"outputs": data, "warnings": [], "arrays": {}, "variants": []},
        {"outputs": [data], "warnings": [data], "arrays": {}, "variants": []},
        {"outputs": [], "warnings": [data], "arrays": {}, "variants": []},
        {"outputs": [], "warnings": [], "arrays": data},
    ):
        with contextlib.suppress(MalformedError):
            load_result(shape)


@given(RESULTS, st.data())
def test_a_result_with_one_field_changed_is_good_or_malformed(
    result: CellResult, data: st.DataObject
) -> None:
    form = dump_result(result)
    if form["outputs"]:
        output = data.draw(st.sampled_from(form["outputs"]))
        output[data.draw(st.sampled_from(sorted(output)))] = data.draw(JSON)
    with contextlib.suppress(MalformedError):
        assert isinstance(load_result(form), CellResult)


def test_a_sweep_holds_no_sweep() -> None:
    inner = {"type": "frames", "frames": []}
    with pytest.raises(MalformedError, match="no output of type frames"):
        load_result(with_output(type="frames", frames=[[inner]]))


def test_a_cell_that_is_no_sweep_may_show_animations() -> None:
    frame = (Drawing("<svg>", 1, 1),)
    for frames, is_good in (
        ((frame,) * limits.MAX_FRAMES, True),
        ((frame,) * (limits.MAX_FRAMES + 1), False),
        ((), False),
        ((frame * 2,), False),
        (((Text("a"),),), False),
    ):
        assert has_form(CellResult((Text("a"), Frames(frames), Frames(frames))), 0) == is_good


def test_a_picture_is_of_a_type_that_every_browser_shows() -> None:
    for mime in ("image/gif", "image/svg+xml", "text/html", 1):
        with pytest.raises(MalformedError):
            load_result(with_output(type="picture", mime=mime, data="", width=1, height=1))


def test_a_result_has_the_form_of_its_cell() -> None:
    two = CellResult((Frames(((), (Text("a"),))),))
    assert has_form(two, 2)
    assert not has_form(two, 3)
    assert not has_form(two, 0)
    assert has_form(CellResult((Text("a"),)), 0)
    assert not has_form(CellResult((Text("a"),)), 2)
    assert not has_form(CellResult((*two.outputs, Text("a"))), 2)
