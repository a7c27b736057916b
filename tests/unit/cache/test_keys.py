"""What the key of a result holds."""

import shutil
import sys
from dataclasses import fields
from importlib import metadata
from pathlib import Path

import pytest

from worked.cache import keys
from worked.cache.keys import ENGINES, base_key, page_key, values_key
from worked.page.options import OPTIONS, RUN
from worked.page.parser import parse
from worked.protocol.messages import RunOptions
from worked.protocol.sweeps import Sweep

BASE = "0" * 64


def cell_key(options: str, code: str = "x = 1", *, before: str = BASE) -> str:
    (cell,) = parse(f"```python {{.run}}\n{options}{code}\n```\n", "docs/a.md").cells
    return keys.cell_key(cell, before)


@pytest.mark.parametrize(
    "options",
    [
        "#| label: fig-a\n",
        "#| fig-cap: b\n",
        "#| fig-alt: c\n",
        "#| echo: false\n",
        "#| code-fold: true\n",
        "#| timeout: 3\n",
    ],
)
def test_options_that_change_nothing_that_runs_keep_the_key(options: str) -> None:
    assert cell_key(options) == cell_key("")


@pytest.mark.parametrize(
    "options", ["#| output: false\n", "#| raises: ValueError\n", "#| sweep: {k: [1]}\n"]
)
def test_options_that_change_what_runs_change_the_key(options: str) -> None:
    assert cell_key(options) != cell_key("")


def test_code_changes_the_key() -> None:
    assert cell_key("", "x = 2") != cell_key("")


def test_the_cell_before_changes_the_key() -> None:
    assert cell_key("", before="1" * 64) != cell_key("")


def test_the_place_on_the_page_keeps_the_key() -> None:
    text = "```python {.run}\nx\n```\n"
    (high,) = parse(text, "docs/a.md").cells
    (low,) = parse(f"Prose.\n\n> quoted\n\n{text}", "docs/b.md").cells
    assert keys.cell_key(high, BASE) == keys.cell_key(low, BASE)


def test_the_content_of_a_data_file_changes_the_key_of_its_page() -> None:
    one, other = (page_key(BASE, {"a.csv": content}) for content in ("1", "2"))
    assert one != other
    assert page_key(BASE, {"b.csv": "1"}) != one
    assert page_key(BASE, {}) != one


def test_the_order_of_data_files_keeps_the_key_of_their_page() -> None:
    one = page_key(BASE, {"a.csv": "1", "b.csv": "2"})
    assert page_key(BASE, {"b.csv": "2", "a.csv": "1"}) == one


@pytest.mark.parametrize("text", ["`{python} y`", "`{python} x:.3f`", "`{python} x` `{python} x`"])
def test_expressions_and_specs_change_the_key_of_values(text: str) -> None:
    one, other = parse("`{python} x`", "docs/a.md"), parse(text, "docs/a.md")
    assert values_key(one.values, BASE) != values_key(other.values, BASE)


def test_prose_around_values_keeps_their_key() -> None:
    one, other = parse("`{python} x`", "docs/a.md"), parse("a\n\n*b* `{python} x`!", "docs/b.md")
    assert values_key(one.values, BASE) == values_key(other.values, BASE)


def test_values_and_cells_never_share_a_key() -> None:
    assert values_key((), BASE) != cell_key("", "")


def test_the_base_is_the_same_twice() -> None:
    assert base_key(["drawings"], "isolated") == base_key(["drawings"], "isolated")


def test_the_names_of_the_packages_are_in_the_base() -> None:
    assert base_key(["drawings"], "isolated") != base_key([], "isolated")


def test_the_order_of_the_packages_keeps_the_base() -> None:
    assert base_key(["a", "b"], "isolated") == base_key(["b", "a"], "isolated")


@pytest.mark.parametrize("engine", ENGINES)
def test_another_version_of_what_draws_and_counts_changes_the_base(
    monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    before = base_key([], "isolated")
    real = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "0.1" if name == engine else real(name))
    assert base_key([], "isolated") != before


def test_another_python_changes_the_base(monkeypatch: pytest.MonkeyPatch) -> None:
    before = base_key([], "isolated")
    monkeypatch.setattr(sys, "version", "2.7")
    assert base_key([], "isolated") != before


def test_a_value_as_tex_has_another_key() -> None:
    one, other = (parse(text, "docs/a.md") for text in ("$`{python} x`$", "`{python} x`"))
    assert values_key(one.values, BASE) != values_key(other.values, BASE)


def test_words_of_a_caption_are_in_no_key_and_its_expression_is_in_that_of_values() -> None:
    cell = "```python {{.run}}\n#| fig-cap: {0}\n1\n```\n"
    texts = ("A `{python} x`.", "Bcd, `{python} x`", "A `{python} y`.")
    steps = [parse(cell.format(text), "docs/a.md").steps[0] for text in texts]
    own = [keys.cell_key(step.cell, BASE) for step in steps]
    values = [values_key(step.values, BASE) for step in steps]
    assert own[0] == own[1] == own[2]
    assert values[0] == values[1] != values[2]


def test_every_value_of_a_sweep_changes_the_key() -> None:
    values = ["[1]", "[2]", "[1, 2]", "[2, 1]", "[1.0]", "[true]", "['1']"]
    assert len({cell_key(f"#| sweep: {{k: {value}}}\n") for value in values}) == len(values)
    assert cell_key("#| sweep: {k: [1]}\n") != cell_key("#| sweep: {l: [1]}\n")


def test_whether_a_sweep_is_played_keeps_the_key() -> None:
    sweep = "#| sweep: {k: [1, 2]}\n"
    assert cell_key(f"{sweep}#| play: true\n") == cell_key(sweep)


def test_the_names_of_arrays_change_the_key_and_that_of_the_element_keeps_it() -> None:
    one, other, more = (
        cell_key(f"#| element: {element}\n#| arrays: [{names}]\n")
        for element, names in (("an-a", "x"), ("a-b", "x"), ("an-a", "x, y"))
    )
    assert one == other != more


def test_what_the_worker_is_told_of_a_cell_is_in_its_key() -> None:
    told = {each.name for each in fields(RunOptions)}
    own = {option.field for option in OPTIONS.values() if option.acts_on == RUN}
    assert told == own | {"seed"}  # which the kind of a cell gives
    assert len(RunOptions().parts()) == len(told)
    others = (
        RunOptions(output=False),
        RunOptions(raises="ValueError"),
        RunOptions(sweep=Sweep((("k", (1,)),))),
        RunOptions(arrays=("x",)),
        RunOptions(seed="question a"),
    )
    assert len({tuple(each.parts()) for each in (RunOptions(), *others)}) == len(told) + 1


def test_what_shows_results_is_in_no_key_and_what_runs_cells_is(tmp_path, monkeypatch) -> None:
    root = tmp_path / "worked"
    shutil.copytree(Path(keys.__file__).parents[1], root)
    monkeypatch.setattr(keys, "__file__", str(root / "cache" / "keys.py"))
    before = base_key([], "off")
    for name in ("html/cell.py", "hosts/manifest.py", "cli/run.py", "downloads/notebook.py"):
        (root / name).write_text("changed")
    assert base_key([], "off") == before
    for name in ("worker/cell.py", "svg/compact.py", "sandbox/allowed.py", "palette.py"):
        (root / name).write_text(f"changed {name}")
        before, last = base_key([], "off"), before
        assert before != last, name
