"""What becomes of the messages of a page: nothing in them is believed."""

from dataclasses import replace

import pytest

from worked.builds.collect import collect
from worked.builds.lookup import look_up
from worked.cache.fingerprints import Fingerprints
from worked.cache.store import Store
from worked.page.parser import parse
from worked.pool.runner import Outcome
from worked.protocol.outputs import CellResult, Drawing, Frames, Text, dump_result
from worked.settings import Settings

PAGE = parse(
    "# A\n\n```python {.run}\nx = 1\n```\n\n`{python} x` and `{python} -x`\n\n"
    "```python {.run}\n#| fig-alt: Text.\nx + 1\n```\n",
    "docs/a.md",
)
NONE = {"files": [], "folders": [], "modules": []}
BEGIN = [{"frame": "begin", "step": number} for number in (0, 1)]
A_SQUARE = '<svg viewBox="0 0 3 3"><rect/></svg>'
ONE, TWO = (
    {"frame": "cell", "step": n, "result": dump_result(CellResult((output,))), "needs": NONE}
    for n, output in enumerate((Text("0"), Drawing(A_SQUARE, 3, 3)))
)
VALUES = {
    "frame": "values",
    "step": 0,
    "result": {"texts": ["1", "-1"], "warnings": []},
    "needs": NONE,
}
END = {"frame": "end"}
WHOLE = (BEGIN[0], ONE, VALUES, BEGIN[1], TWO, END)


@pytest.fixture
def gathered(tmp_path):
    """Gather messages; give the result and what was kept of it."""
    settings, store = Settings(root=tmp_path), Store(tmp_path / "store")

    def run(*messages, ending="", step=0):
        fingerprints = Fingerprints(settings.packages)
        known = look_up(PAGE, "base", settings=settings, store=store, fingerprints=fingerprints)
        outcome = Outcome(messages, ending, step)
        result = collect(known, outcome, store=store, fingerprints=fingerprints)
        kept = look_up(PAGE, "base", settings=settings, store=store, fingerprints=fingerprints)
        return result, (
            *(one.result is not None for one in kept.steps),
            kept.steps[0].given is not None,
        )

    return run


def said(result):
    return [(problem.line, problem.kind, problem.message) for problem in result.problems]


def test_a_whole_page_is_whole_and_kept(gathered):
    result, kept = gathered(*WHOLE)
    assert (said(result), result.ran, kept) == ([], 2, (True, True, True))
    shown = [cell.outputs[0] for cell in result.cells]
    assert shown == [Text("0"), Drawing(A_SQUARE, 3, 3)]
    assert list(result.values.values()) == ["1", "-1"]


NOTHING = (False, False, False)


def test_a_failure_is_said_and_nothing_of_its_page_is_kept(gathered):
    problem = {"frame": "problem", "line": 11, "kind": "E", "message": "m", "called": [4]}
    result, kept = gathered(BEGIN[0], ONE, VALUES, BEGIN[1], problem, END, step=1)
    assert said(result) == [(11, "E", "m")]
    assert result.problems[0].called == (4,)
    assert [cell is not None for cell in result.cells] == [True, False]  # but what ran is shown
    assert kept == NOTHING


def test_nothing_is_kept_of_a_page_with_a_value_that_failed(gathered):
    problem = {"frame": "problem", "line": 7, "kind": "E", "message": "m", "called": []}
    result, kept = gathered(BEGIN[0], ONE, problem, VALUES, BEGIN[1], TWO, END, step=1)
    assert said(result) == [(7, "E", "m")]
    assert kept == NOTHING


def test_a_death_is_said_at_the_cell_that_had_begun(gathered):
    result, kept = gathered(BEGIN[0], ONE, VALUES, BEGIN[1], ending="its end", step=1)
    assert (said(result), kept) == ([(11, "died", "its end")], NOTHING)


def test_a_death_is_not_said_beside_its_cause(gathered):
    problem = {"frame": "problem", "line": 4, "kind": "timeout", "message": "m", "called": []}
    result, _ = gathered(BEGIN[0], problem, ending="its end")
    assert said(result) == [(4, "timeout", "m")]


def test_an_end_that_comes_too_early_is_no_end(gathered):
    result, kept = gathered(BEGIN[0], ONE, VALUES, END)
    assert said(result) == [(4, "died", "said it was done before it was")]
    assert kept == NOTHING


def test_the_first_result_of_a_cell_counts(gathered):
    again = {**ONE, "result": dump_result(CellResult((Text("later"),)))}
    result, _ = gathered(BEGIN[0], ONE, again, VALUES, BEGIN[1], TWO, END)
    assert result.cells[0].outputs[0].text == "0"
    assert result.ran == 2


@pytest.mark.parametrize(
    "message",
    [
        {"frame": "cell", "step": 2, "result": ONE["result"]},
        {"frame": "cell", "step": -1, "result": ONE["result"]},
        {"frame": "cell", "step": "0", "result": ONE["result"]},
        {"frame": "cell", "result": ONE["result"]},
        {"frame": "cell", "step": 0},
        {"frame": "cell", "step": 0, "result": {"outputs": []}},
        {
            "frame": "cell",
            "step": 0,
            "result": {"outputs": [{"type": "x"}], "warnings": [], "arrays": {}, "variants": []},
        },
        {**ONE, "needs": None},
        {**ONE, "needs": {**NONE, "files": ["../secret"]}},
        {**ONE, "needs": {**NONE, "files": ["/etc/passwd"]}},
        {**ONE, "needs": {**NONE, "folders": ["another/package"]}},
        {**ONE, "needs": {**NONE, "keys": []}},
        {"frame": "cell", "step": 0, "result": ONE["result"]},
        {**VALUES, "needs": {**NONE, "modules": [1]}},
        {**VALUES, "needs": {**NONE, "files": ["another/package"]}},
        {"frame": "values", "step": 0, "result": {"texts": ["1"], "warnings": []}},
        {"frame": "values", "step": 0, "result": {"texts": "11", "warnings": []}},
        {"frame": "values", "step": 0, "result": {"texts": [1, 2], "warnings": []}},
        {"frame": "problem"},
        {"frame": "problem", "line": "4", "kind": "E", "message": "m", "called": []},
        {"frame": "problem", "line": 4, "kind": "E", "message": "m", "called": ["4"]},
        {"frame": "problem", "line": 4, "kind": "E", "message": "m", "called": 4},
    ],
)
def test_a_message_that_cannot_be_stops_the_page_and_keeps_nothing_of_it(message, gathered):
    result, kept = gathered(BEGIN[0], message, *WHOLE[1:])
    assert [(line, kind) for line, kind, _ in said(result)] == [(4, "died")]
    assert kept == NOTHING


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"frame": None},
        {"frame": ["cell"]},
        {"frame": "else", "step": 99},
        {"frame": "values", "step": 1, "result": {"texts": ["1"], "warnings": []}},
    ],
)
def test_a_message_of_no_known_kind_means_nothing(message, gathered):
    result, kept = gathered(message, *WHOLE)
    assert (said(result), kept) == ([], (True, True, True))


def test_a_result_for_values_that_a_step_does_not_have_is_not_believed(gathered):
    result, _ = gathered(BEGIN[0], ONE, VALUES, BEGIN[1], TWO, END)
    assert set(result.values) == {value.index for value in PAGE.values}


@pytest.mark.parametrize(
    "svg",
    [
        "<svg><script/></svg>",
        '<svg onload="x()"></svg>',
        "<svg><image xlink:href='https://example.org/a.png'/></svg>",
        "<p>no drawing</p>",
        "",
    ],
)
def test_a_drawing_with_anything_else_in_it_is_refused_and_not_kept(svg, gathered):
    drawn = {**TWO, "result": dump_result(CellResult((Drawing(svg, 1.0, 1.0),)))}
    result, kept = gathered(BEGIN[0], ONE, VALUES, BEGIN[1], drawn, END, step=1)
    assert [(line, kind) for line, kind, _ in said(result)] == [(11, "drawing")]
    assert kept == NOTHING


SWEPT = parse(
    "```python {.run}\n#| sweep: {k: [1, 2]}\n#| fig-alt: Text.\n#| fig-cap: `{python} k`\nk\n```\n"
    "\n`{python} 3`\n",
    "docs/a.md",
)


@pytest.fixture
def sweep(tmp_path):
    """Gather what a sweep of two frames sent, as outputs of each."""

    def run(*frames, texts=("1", "2", "3")):
        settings, store = Settings(root=tmp_path), Store(tmp_path / "store")
        fingerprints = Fingerprints(settings.packages)
        known = look_up(SWEPT, "base", settings=settings, store=store, fingerprints=fingerprints)
        result = dump_result(CellResult((Frames(tuple(frames)),)))
        cell = {"frame": "cell", "step": 0, "result": result, "needs": NONE}
        told = {
            "frame": "values",
            "step": 0,
            "result": {"texts": list(texts), "warnings": []},
            "needs": NONE,
        }
        messages = (BEGIN[0], cell, told, END)
        result = collect(known, Outcome(messages, "", 0), store=store, fingerprints=fingerprints)
        kept = look_up(SWEPT, "base", settings=settings, store=store, fingerprints=fingerprints)
        return result, kept

    return run


def test_a_sweep_is_kept_with_the_values_of_each_frame(sweep):
    result, kept = sweep((Text("a"),), (Text("b"),))
    assert said(result) == []
    assert kept.is_whole
    assert kept.result(0, ()) == result.__class__(**{**fields(result), "ran": 0})
    assert [list(texts.values()) for texts in result.frames[0]] == [["1"], ["2"]]
    assert list(result.values.values()) == ["3"]


def fields(result):
    return {name: getattr(result, name) for name in result.__slots__}


@pytest.mark.parametrize("count", [0, 1, 3])
def test_another_number_of_frames_is_refused(sweep, count):
    result, kept = sweep(*((Text("a"),),) * count)
    assert "does not have the 2 frames of its cell" in said(result)[0][2]
    assert kept.steps[0].result is None


@pytest.mark.parametrize("texts", [(), ("1", "2"), ("1", "2", "3", "4")])
def test_another_number_of_values_is_refused(sweep, texts):
    result, _ = sweep((Text("a"),), (Text("b"),), texts=texts)
    assert "values that are not texts" in said(result)[0][2]


def test_a_sweep_where_none_is_asked_for_is_refused(gathered):
    forged = {**ONE, "result": dump_result(CellResult((Frames(((), ())),)))}
    result, kept = gathered(BEGIN[0], forged, VALUES, BEGIN[1], TWO, END)
    assert said(result)
    assert not kept[0]


def test_every_frame_of_a_sweep_is_looked_at(sweep):
    bad = Drawing(A_SQUARE.replace("<rect/>", "<script/>"), 3, 3)
    result, kept = sweep((Drawing(A_SQUARE, 3, 3),), (bad,))
    assert "<script>" in said(result)[0][2]
    assert said(result)[0][2].endswith("(where k = 2)")
    assert kept.steps[0].result is None


def test_the_limit_of_a_sweep_holds_for_what_was_sent(sweep, monkeypatch):
    monkeypatch.setattr("worked.limits.MAX_SWEEP_DRAWINGS", 50)
    one = Drawing(A_SQUARE, 3, 3)
    result, _ = sweep((one,), (one,))
    assert "more than 50 characters together" in said(result)[0][2]


@pytest.mark.parametrize(("line", "nearest"), [(-5, 1), (0, 1), (10**30, 13), (True, 1)])
def test_a_line_that_the_page_does_not_have_is_its_nearest(line, nearest, gathered):
    problem = {"frame": "problem", "line": line, "kind": "E", "message": "m", "called": [line]}
    result, _ = gathered(BEGIN[0], problem, END)
    assert said(result) == [(nearest, "E", "m")]
    assert result.problems[0].called == (nearest,)
    notice = {"line": line * 100, "kind": "W", "message": "m"}
    warned = {**ONE, "result": {"outputs": [], "warnings": [notice], "arrays": {}, "variants": []}}
    result, _ = gathered(BEGIN[0], warned, VALUES, BEGIN[1], TWO, END)
    assert [one.line for one in result.warnings] == [4]


def test_the_time_of_a_cell_is_kept_beside_what_it_gave(tmp_path):
    settings, store = Settings(root=tmp_path), Store(tmp_path / "store")

    def look():
        fingerprints = Fingerprints(settings.packages)
        return look_up(PAGE, "base", settings=settings, store=store, fingerprints=fingerprints)

    outcome = Outcome(WHOLE, "", 1, took={0: 1.23456})
    result = collect(look(), outcome, store=store, fingerprints=Fingerprints(()))
    assert result.took == {0: 1.23456}
    again = look().result(0, ())
    assert again.took == {0: 1.235}
    assert again == replace(result, ran=0, took={})
