"""What the store knows of a page, and what is left to run."""

import pytest

from worked.builds.job import make_job
from worked.builds.lookup import look_up
from worked.builds.validate import read_values
from worked.cache.fingerprints import Fingerprints
from worked.cache.store import Store
from worked.page.parser import parse
from worked.protocol.outputs import CellResult, CellWarning, Drawing, Text, dump_result
from worked.protocol.values import ValuesResult
from worked.settings import Settings

THREE = "".join(
    f"```python {{.run}}\nx = {number}\n```\n\n`{{python}} x + {number}`\n\n" for number in range(3)
)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


@pytest.fixture
def look(tmp_path, store):
    """Look a page up."""
    settings = Settings(root=tmp_path, packages=(("tools", "/tools"),), timeout=7.0)

    def up(text, base="base"):
        page = parse(text, "docs/a.md")
        fingerprints = Fingerprints(settings.packages)
        known = look_up(page, base, settings=settings, store=store, fingerprints=fingerprints)
        return known, make_job(known, settings)

    return up


def keys(known):
    return [key for step in known.steps for key in (step.cell_key, step.values_key)]


def put(store, key, kept):
    store.put(key, {"needs": {"files": {}, "folders": {}, "versions": {}}, "kept": kept})


def keep(store, known, cells=(), values=()):
    for number in cells:
        put(store, known.steps[number].cell_key, dump_result(CellResult((Text(str(number)),))))
    for number in values:
        given = {"texts": [str(number)], "warnings": []}
        put(store, known.steps[number].values_key, given)


def test_of_an_empty_store_everything_is_left_to_run(look):
    known, job = look(THREE)
    assert (known.is_whole, known.stale) == (False, 2)
    assert [task.code for task in job.tasks] == ["x = 0", "x = 1", "x = 2"]
    assert all(task.show and task.values for task in job.tasks)


def test_a_page_that_is_kept_is_whole(look, store):
    keep(store, look(THREE)[0], cells=range(3), values=range(3))
    known, _ = look(THREE)
    assert known.is_whole
    result = known.result(0, ())
    assert [cell.outputs[0].text for cell in result.cells] == ["0", "1", "2"]
    assert list(result.values.values()) == ["0", "1", "2"]


def test_cells_and_values_above_a_stale_one_run_without_being_shown(look, store):
    keep(store, look(THREE)[0], cells=(0, 2), values=range(3))
    _, job = look(THREE)
    assert [(task.show, bool(task.values)) for task in job.tasks] == [(False, True), (True, True)]


def test_a_stale_value_runs_the_cells_above_it_and_none_below(look, store):
    keep(store, look(THREE)[0], cells=range(3), values=(1, 2))
    _, job = look(THREE)
    assert [(task.show, len(task.values)) for task in job.tasks] == [(False, 1)]


def test_an_edit_changes_the_keys_of_everything_below_it_and_of_nothing_above(look):
    before = keys(look(THREE)[0])
    after = keys(look(THREE.replace("x = 1", "x = 7"))[0])
    assert [a == b for a, b in zip(before, after, strict=True)] == [True] * 2 + [False] * 4


def test_another_base_changes_every_key(look):
    assert not set(keys(look(THREE, "a")[0])) & set(keys(look(THREE, "b")[0]))


def test_entries_of_another_form_are_not_there(look, store):
    known, _ = look(THREE)
    put(
        store,
        known.steps[0].cell_key,
        {"outputs": [{"type": "text"}], "warnings": [], "arrays": {}, "variants": []},
    )
    put(store, known.steps[0].values_key, ["1", "2"])
    again, _ = look(THREE)
    assert (again.steps[0].result, again.steps[0].given) == (None, None)


def test_a_job_holds_what_the_site_and_the_cell_say(look, tmp_path):
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    _, job = look(
        "```python {.run}\n#| files: [b.txt, a.txt]\n#| raises: ValueError\n#| timeout: 3\n1\n```\n"
        "```python {.run}\n#| output: false\n#| files: a.txt\n2\n```\n"
    )
    first, second = job.tasks
    assert (first.options.raises, first.timeout, first.options.output, first.line) == (
        "ValueError",
        3.0,
        True,
        5,
    )
    assert (second.options.raises, second.timeout, second.options.output) == ("", 7.0, False)
    assert job.files == tuple((name, str(tmp_path / name)) for name in ("a.txt", "b.txt"))
    assert job.packages == (("tools", "/tools"),)


def test_values_above_the_first_cell_run_first(look):
    _, job = look("`{python} 1`\n\n```python {.run}\n2\n```\n")
    assert [(task.code, len(task.values)) for task in job.tasks] == [("", 1), ("2", 0)]


def test_a_page_with_a_fault_does_not_run(look):
    known, _ = look("```python {.run}\n#| ecko: true\n1\n```\n")
    assert known.is_whole
    assert [problem.kind for problem in known.result(0, ()).problems] == ["option"]


def test_a_file_that_is_not_there_is_a_fault_in_the_line_that_names_it(look):
    known, _ = look("```python {.run}\n#| label: a\n#| files: [none.txt]\n1\n```\n")
    assert [(problem.line, problem.kind) for problem in known.problems] == [(3, "files")]


def test_a_folder_is_no_file(look, tmp_path):
    (tmp_path / "data").mkdir()
    known, _ = look("```python {.run}\n#| files: [data]\n1\n```\n")
    assert [problem.kind for problem in known.problems] == ["files"]


def test_a_kept_drawing_without_alternative_text_is_a_fault_all_the_same(look, store):
    text = "A\n\n```python {.run}\n#| fig-alt: Text.\nx\n```\n"
    drawn = dump_result(CellResult((Drawing("<svg/>", 1.0, 1.0),)))
    put(store, look(text)[0].steps[0].cell_key, drawn)
    good, bad = (look(each)[0].result(0, ()) for each in (text, text.replace("Text.", "")))
    assert good.problems == ()
    assert [(problem.line, problem.kind) for problem in bad.problems] == [(3, "fig-alt")]


def test_warnings_keep_their_place_in_a_cell_that_moves(look, store):
    text = "```python {.run}\nx\ny\n```\n"
    kept = dump_result(CellResult((), (CellWarning(1, "RuntimeWarning", "w"),)))
    put(store, look(text)[0].steps[0].cell_key, kept)
    (found,) = look(f"Moved.\n\n{text}")[0].result(0, ()).warnings
    assert (found.line, found.message) == (5, "w")


@pytest.mark.parametrize("target", ["../secret", "/etc/hostname", "link", "/dev/zero", "docs"])
def test_a_data_file_may_not_lead_out_of_the_notes(target, tmp_path, store):
    notes = tmp_path / "docs"
    notes.mkdir()
    (tmp_path / "secret").write_text("hunter2")
    (notes / "link").symlink_to(target)
    page = parse("```python {.run}\n#| files: [link]\n1\n```\n", "docs/a.md")
    known = look_up(
        page, "", settings=Settings(root=notes), store=store, fingerprints=Fingerprints(())
    )
    (problem,) = known.problems
    assert problem.headline.startswith("docs/a.md:2: files: cannot read link: ")


@pytest.mark.parametrize(
    "text",
    ["$", "<b>", "`", "a\nb", "", "[a](javascript:b)", "a | b", "&lt;", "\x02", "a_b", "'\"'"],
)
def test_what_could_leave_a_formula_is_not_believed(text: str) -> None:
    (step,) = parse("$`{python} x`$", "docs/a.md").steps
    assert read_values({"texts": [text], "warnings": []}, step) is None
    (step,) = parse("`{python} x`", "docs/a.md").steps
    assert read_values({"texts": [text], "warnings": []}, step) == ValuesResult((text,))


def test_a_value_is_in_the_key_of_the_cells_below_it(look):
    cell = "```python {.run}\nx\n```\n"
    plain, drawn = (
        look(f"{cell}\n{between}\n\n{cell}")[0] for between in ("Prose.", "`{python} draw()`")
    )
    assert plain.steps[0].cell_key == drawn.steps[0].cell_key
    assert plain.steps[1].cell_key != drawn.steps[1].cell_key


def test_a_value_before_the_first_cell_or_in_a_caption_is_in_the_keys_below_it(look):
    cell = "```python {.run}\nx\n```\n"
    captioned = cell.replace("\nx", "\n#| fig-cap: `{python} draw()`\nx", 1)
    assert look(cell)[0].steps[0].cell_key != look(f"`{{python}} 1`\n\n{cell}")[0].steps[1].cell_key
    plain, drawn = (look(f"{first}\n{cell}")[0] for first in (cell, captioned))
    assert plain.steps[1].cell_key != drawn.steps[1].cell_key


def test_a_cell_asks_for_as_much_time_as_the_site_lets_it(look):
    text = "```python {{.run}}\n#| timeout: {}\nx = 1\n```\n"
    assert look(text.format(600))[0].problems == ()
    known, _ = look("\n" + text.format(600.5))
    (problem,) = known.problems
    assert (problem.line, problem.kind) == (3, "option")
    assert problem.message.startswith("option 'timeout' is at most 600 here")
    assert known.is_whole  # it does not run


def test_a_job_has_the_time_of_its_page(tmp_path, store):
    settings = Settings(root=tmp_path, page_timeout=90.0)
    page = parse(THREE, "docs/a.md")
    known = look_up(page, "base", settings=settings, store=store, fingerprints=Fingerprints(()))
    assert make_job(known, settings).timeout == 90.0
