"""What the key of a result holds."""

import os
import sys
from importlib import metadata
from pathlib import Path

import pytest

from worked import keys
from worked.page import parse

BASE = "0" * 64


def cell_key(options: str, code: str = "x = 1", *, root: Path, before: str = BASE) -> str:
    (cell,) = parse(f"```python {{.run}}\n{options}{code}\n```\n", "docs/a.md").cells
    return keys.of_cell(cell, before, root=root)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "drawings"
    folder.mkdir()
    (folder / "__init__.py").write_text("A = 1\n")
    return folder


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
def test_options_that_change_nothing_that_runs_keep_the_key(tmp_path: Path, options: str) -> None:
    assert cell_key(options, root=tmp_path) == cell_key("", root=tmp_path)


@pytest.mark.parametrize("options", ["#| output: false\n", "#| raises: ValueError\n"])
def test_options_that_change_what_runs_change_the_key(tmp_path: Path, options: str) -> None:
    assert cell_key(options, root=tmp_path) != cell_key("", root=tmp_path)


def test_code_changes_the_key(tmp_path: Path) -> None:
    assert cell_key("", "x = 2", root=tmp_path) != cell_key("", root=tmp_path)


def test_the_cell_before_changes_the_key(tmp_path: Path) -> None:
    assert cell_key("", root=tmp_path, before="1" * 64) != cell_key("", root=tmp_path)


def test_the_place_on_the_page_keeps_the_key(tmp_path: Path) -> None:
    text = "```python {.run}\nx\n```\n"
    (high,) = parse(text, "docs/a.md").cells
    (low,) = parse(f"Prose.\n\n> quoted\n\n{text}", "docs/b.md").cells
    assert keys.of_cell(high, BASE, root=tmp_path) == keys.of_cell(low, BASE, root=tmp_path)


def test_the_content_of_a_data_file_changes_the_key(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1")
    before = cell_key("#| files: a.csv\n", root=tmp_path)
    (tmp_path / "a.csv").write_text("2")
    assert cell_key("#| files: a.csv\n", root=tmp_path) != before


def test_a_data_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        cell_key("#| files: a.csv\n", root=tmp_path)


@pytest.mark.parametrize("text", ["`{python} y`", "`{python} x:.3f`", "`{python} x` `{python} x`"])
def test_expressions_and_specs_change_the_key_of_values(text: str) -> None:
    one, other = parse("`{python} x`", "docs/a.md"), parse(text, "docs/a.md")
    assert keys.of_values(one.values, BASE) != keys.of_values(other.values, BASE)


def test_prose_around_values_keeps_their_key() -> None:
    one, other = parse("`{python} x`", "docs/a.md"), parse("a\n\n*b* `{python} x`!", "docs/b.md")
    assert keys.of_values(one.values, BASE) == keys.of_values(other.values, BASE)


def test_values_and_cells_never_share_a_key(tmp_path: Path) -> None:
    assert keys.of_values((), BASE) != cell_key("", "", root=tmp_path)


def test_the_base_is_the_same_twice(package: Path) -> None:
    packages = (("drawings", str(package)),)
    assert keys.base(packages) == keys.base(packages)


def test_editing_a_package_changes_the_base(package: Path) -> None:
    packages = (("drawings", str(package)),)
    module = package / "__init__.py"
    before, times = keys.base(packages), module.stat()
    module.write_text("A = 2\n")  # of the same size, and of the same time:
    os.utime(module, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert keys.base(packages) != before


def test_renaming_a_module_changes_the_base(package: Path) -> None:
    packages = (("drawings", str(package)),)
    (package / "a.py").write_text("")
    before = keys.base(packages)
    (package / "a.py").rename(package / "b.py")
    assert keys.base(packages) != before


def test_compiled_code_keeps_the_base(package: Path) -> None:
    packages = (("drawings", str(package)),)
    before = keys.base(packages)
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "a.pyc").write_bytes(b"1")
    assert keys.base(packages) == before


def test_where_a_package_lies_keeps_the_base(package: Path, tmp_path: Path) -> None:
    before = keys.base((("drawings", str(package)),))
    moved = package.rename(tmp_path / "elsewhere")
    assert keys.base((("drawings", str(moved)),)) == before


@pytest.mark.parametrize("engine", keys.ENGINES)
def test_another_version_of_what_draws_and_counts_changes_the_base(
    monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    before = keys.base(())
    real = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "0.1" if name == engine else real(name))
    assert keys.base(()) != before


def test_another_python_changes_the_base(monkeypatch: pytest.MonkeyPatch) -> None:
    before = keys.base(())
    monkeypatch.setattr(sys, "version", "2.7")
    assert keys.base(()) != before
