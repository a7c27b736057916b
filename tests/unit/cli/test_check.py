"""What is wrong with a page before it runs."""

from pathlib import Path

import pytest

from worked.cli.check import check_page
from worked.page.parser import parse


def found(text: str, root: Path = Path("nowhere")) -> list[tuple[int, str]]:
    return [(problem.line, problem.kind) for problem in check_page(parse(text, "docs/a.md"), root)]


def cell(*lines: str) -> str:
    return "\n".join(["Prose.", "", "```python {.run}", *lines, "```", ""])


def test_nothing_is_wrong_with_a_good_page() -> None:
    text = cell("#| label: fig-a", "#| fig-cap: A.", "#| fig-alt: B.", "x = 1")
    assert found(text + "\n`{python} x:.2f`\n") == []


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (["#| fig-cap: A."], 4),
        (["#| label: fig-a"], 4),
        (["#| label: fig-a", "#| fig-cap: A."], 5),
    ],
)
def test_a_figure_without_alternative_text_is_an_error(lines: list[str], line: int) -> None:
    assert found(cell(*lines)) == [(line, "fig-alt")]


@pytest.mark.parametrize("name", ["tbl-cap", "fig-alt"])
def test_an_option_without_its_text_is_an_error(name: str) -> None:
    assert found(cell("#| echo: false", f"#| {name}:")) == [(5, name)]


def test_two_captions_are_an_error() -> None:
    lines = ["#| fig-cap: A.", "#| tbl-cap: B.", "#| fig-alt: C."]
    assert found(cell(*lines)) == [(5, "tbl-cap")]


@pytest.mark.parametrize("prefix", [" ", "  ", "      "])
def test_an_indentation_that_is_no_multiple_of_four_is_an_error(prefix: str) -> None:
    text = f"- a\n\n{prefix}```python {{.run}}\n{prefix}x\n{prefix}```\n"
    assert found(text) == [(3, "place")]


@pytest.mark.parametrize("prefix", ["", "    ", "\t", "  \t", "> ", ">   "])
def test_an_indentation_of_four_or_a_quotation_is_good(prefix: str) -> None:
    assert found(f"{prefix}```python {{.run}}\n{prefix}x\n{prefix}```\n") == []


def test_a_data_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("")
    assert found(cell("#| files: [a.csv, b.csv]"), tmp_path) == [(4, "files")]


def test_a_folder_is_no_data_file(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert found(cell("#| files: data"), tmp_path) == [(4, "files")]


def test_a_name_that_is_too_long_is_no_data_file(tmp_path: Path) -> None:
    assert found(cell(f"#| files: {'a' * 5000}"), tmp_path) == [(4, "files")]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("x = (", "SyntaxError"),
        ("if x:\ny", "IndentationError"),
        ("x = 1\x00", "SyntaxError"),
        ("-" * 100_000 + "1", "SyntaxError"),
    ],
)
def test_code_that_is_no_python_is_an_error(code: str, kind: str) -> None:
    assert [kind for _, kind in found(cell(code))] == [kind]


def test_the_line_of_a_syntax_error_is_the_files() -> None:
    assert found(cell("#| echo: false", "x = 1", "y = = 2")) == [(6, "SyntaxError")]


def test_what_parsing_found_is_said_too() -> None:
    assert found("`{python} a b`\n\n" + cell("x = (")) == [(1, "SyntaxError"), (6, "SyntaxError")]


def test_problems_come_in_the_order_of_lines_and_once() -> None:
    text = cell("x = (") + "\n" + cell("#| label: fig-a") + "\n" + cell("#| ecko: a")
    lines = [line for line, _ in found(text)]
    assert lines == sorted(set(lines))
    assert len(lines) == 3


def test_checking_runs_nothing(tmp_path: Path) -> None:
    assert found(cell(f"open({str(tmp_path / 'made')!r}, 'w')", "1 / 0")) == []
    assert not (tmp_path / "made").exists()
