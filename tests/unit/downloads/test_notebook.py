"""A page as a notebook: its form, and what becomes of each output."""

import json
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from worked.downloads.bundle import Bundle
from worked.downloads.notebook import write_notebook
from worked.page.references import number_labels
from worked.palette import LIGHT
from worked.protocol.outputs import Drawing, ExpectedError, Frames, Matrix, Rich, Text

# ruff would format a notebook, so the name ends otherwise
GOLDEN = Path(__file__).with_name("taken") / "page.ipynb.json"
PAGE = GOLDEN.with_name("page.md").read_text("utf-8")
SVG = '<svg viewBox="0 0 9 9" style="stroke-linejoin: round"><path fill="var(--fig-pos)"/></svg>'
MATRIX = Matrix((1, 2), "int64", (("", (("1", "-2"),)),))


@pytest.fixture
def made(ran):
    def notebook(text, *outputs, carried=None, **values):
        result = ran(text, *outputs, **values)
        text = write_notebook(result, number_labels([(result.page, 1)]), carried or Bundle())
        nbformat.validate(nbformat.reads(text, as_version=4))
        return text

    return notebook


@pytest.fixture
def shown(made):
    def outputs(*outputs, options=""):
        text = made(f"```python {{.run}}\n{options}x\n```\n", list(outputs))
        return next(cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code")

    return outputs


def test_a_page_comes_out_as_its_golden_file(made):
    outputs = [[Text("1 of 2\n"), MATRIX], [ExpectedError("ValueError", "too *wide*")], []]
    text = made(PAGE, *outputs, carried=Bundle(modules={"tools": "x = 1\n"}), total="a_b|-1")
    # to be read by people
    text = json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if not GOLDEN.exists():
        GOLDEN.write_text(text, "utf-8")
        pytest.fail(f"{GOLDEN} was missing and is written now: read it, then run the tests again")
    assert text == GOLDEN.read_text("utf-8")


def test_each_cell_of_the_file_has_a_line(made):
    first, *cells, last, end = made(PAGE, [], [], [], total="3").split("\n")
    assert (first, end) == ('{"cells": [', "")
    assert [json.loads(cell.rstrip(","))["cell_type"] for cell in cells[:-1]]
    assert cells[-1] == "],"
    assert json.loads("{" + last)["nbformat"] == 4


def test_what_is_printed_is_a_stream_and_the_last_value_a_result(shown):
    kinds = [one["output_type"] for one in shown(Text("a\n"), Text("1"))["outputs"]]
    assert kinds == ["stream", "execute_result"]


def test_of_several_values_each_is_displayed(shown):
    cell = shown(MATRIX, MATRIX)
    assert cell["source"] == ["display(*x)"]
    assert [one["output_type"] for one in cell["outputs"]] == ["display_data"] * 2


def test_a_cell_that_displays_values_keeps_its_code(made):
    text = made("```python {.run}\ndisplay(x)\nx\n```\n", [MATRIX, Text("1\n"), MATRIX])
    (cell,) = json.loads(text)["cells"]
    assert "".join(cell["source"]) == "display(x)\nx"
    kinds = [one["output_type"] for one in cell["outputs"]]
    assert kinds == ["display_data", "stream", "display_data"]


def test_an_array_is_text_and_a_table(shown):
    (output,) = shown(MATRIX)["outputs"]
    assert output["data"]["text/plain"] == ["1 -2"]
    assert "<td>−2</td>" in "".join(output["data"]["text/html"])


def test_a_drawing_stands_alone_in_light_colours_with_its_alternative_text(shown):
    cell = shown(Drawing(SVG, 9, 9), options="#| fig-alt: A bar.\n")
    (output,) = cell["outputs"]
    (svg,) = output["data"]["image/svg+xml"]
    assert "var(" not in svg
    assert LIGHT["pos"] in svg
    assert 'xmlns="http://www.w3.org/2000/svg"' in svg
    assert output["data"]["text/plain"] == ["A bar."]


def test_an_exception_is_an_error_that_does_not_end_the_run(shown):
    cell = shown(ExpectedError("ValueError", "no"), options="#| raises: ValueError\n")
    assert cell["metadata"]["tags"] == ["raises-exception"]
    assert cell["outputs"][0]["traceback"] == ["ValueError: no"]


@pytest.mark.parametrize(
    ("source", "mime", "said"),
    [
        ("<b>x</b>", "text/html", '<div class="worked-html"><b>x</b></div>'),
        ("*x*", "text/markdown", "*x*"),
        ("$x$", "text/latex", "$x$"),
    ],
)  # fmt: skip
def test_what_an_object_says_of_itself_keeps_its_kind(source, mime, said, shown):
    assert shown(Rich(mime, source))["outputs"][0]["data"][mime] == [said]


@pytest.mark.parametrize(
    ("option", "tag", "hidden"),
    [
        ("echo: false", "hide-input", {"source_hidden": True}),
        ("code-fold: true", "hide-input", {"source_hidden": True}),
        ("output: false", "hide-output", {"outputs_hidden": True}),
    ],
)
def test_what_the_page_hides_is_folded(option, tag, hidden, shown):
    assert shown(options=f"#| {option}\n")["metadata"] == {"tags": [tag], "jupyter": hidden}


def test_half_a_character_that_was_printed_breaks_no_file(shown):
    assert shown(Text("\ud800\n"))["outputs"][0]["text"] == ["?\n"]


def test_a_sweep_is_a_loop_with_what_each_frame_shows(ran):
    text = "```python {.run}\n#| sweep: {a: [1, 2]}\n#| tbl-cap: Of `{python} a`.\na\n```\n"
    frames = Frames(((Text("1"),), (Text("2"),)))
    result = ran(text, [frames])
    (value,) = (value for step in result.page.steps for value in step.framed)
    told = tuple({value.index: text} for text in "12")
    result = replace(result, values={}, frames={0: told})
    notebook = json.loads(write_notebook(result, number_labels([(result.page, 1)]), Bundle()))
    prose, code = notebook["cells"]
    assert "".join(prose["source"]).strip() == "- a = 1: Of 1.\n- a = 2: Of 2."
    assert "".join(code["source"]).startswith("for a in [1, 2]:\n")
    assert [one["output_type"] for one in code["outputs"]] == ["stream", "display_data"] * 2
