"""How a problem is said."""

import pytest

from worked.errors import (
    ConfigError,
    NotesError,
    Problem,
    WorkedError,
    WorkerError,
    describe,
    excerpt,
    report,
)

PAGE = "docs/a.md"
TEXT = "one\ntwo\nthree\nfour\n"


def test_a_problem_is_said_with_the_lines_above_it() -> None:
    problem = Problem(PAGE, 3, "NameError", "name 'x' is not defined", called=(4, 1))
    assert describe(problem, TEXT) == (
        "docs/a.md:3: NameError: name 'x' is not defined\n"
        "  1 | one\n"
        "  2 | two\n"
        "> 3 | three\n"
        "  called at docs/a.md:4\n"
        "  called at docs/a.md:1"
    )


def test_numbers_of_lines_stand_under_each_other() -> None:
    lines = [str(number) for number in range(1, 12)]
    assert excerpt(lines, 10) == ["   8 | 8", "   9 | 9", "> 10 | 10"]


def test_the_first_line_has_nothing_above_it() -> None:
    assert excerpt(["", "b"], 1) == ["> 1 |"]


@pytest.mark.parametrize("line", [0, -3, 6, 10**30])
def test_a_line_that_is_not_there_is_not_quoted(line: int) -> None:
    assert describe(Problem(PAGE, line, "died", "early"), TEXT) == f"docs/a.md:{line}: died: early"


def test_an_exception_without_a_message_ends_with_its_name() -> None:
    assert Problem(PAGE, 1, "KeyboardInterrupt", "").headline == "docs/a.md:1: KeyboardInterrupt"


def test_a_report_says_problems_in_order_and_once() -> None:
    deferred, early = Problem("docs/b.md", 1, "a", "b"), Problem(PAGE, 2, "c", "d")
    said = report([deferred, early, deferred], {}, 5)
    assert said == "docs/a.md:2: c: d\n\ndocs/b.md:1: a: b\n\n2 of 5 pages failed."


def test_a_report_on_one_page_says_page() -> None:
    assert report([Problem(PAGE, 1, "a", "b")], {}, 1).endswith("\n\n1 of 1 page failed.")


@pytest.mark.parametrize(
    "message",
    [
        "a\n::error::b",
        "a\n   ::set-env name=A::b",
        "a\r::error::b",
        "a\r\n\t::error::b",
        "\n\n::stop-commands::x",
        "a ##[error]b",
        "##[add-mask]b",
    ],
)
def test_what_a_cell_raises_is_no_command_to_a_build_server(message: str) -> None:
    said = describe(Problem(PAGE, 2, "ValueError", message), "::error::a\n##[error]b")
    assert not any(line.lstrip().startswith("::") for line in said.splitlines())
    assert "##[" not in said


def test_what_a_cell_raises_holds_no_control_characters() -> None:
    said = describe(Problem(PAGE, 1, "A\x1b[2J", "b\x00\x02c\x7f"), "d\x1b[31m")
    assert all(char.isprintable() or char == "\n" for char in said)


@pytest.mark.parametrize(
    ("kind", "builtin"),
    [(NotesError, ValueError), (ConfigError, ValueError), (WorkerError, RuntimeError)],
)
def test_every_error_is_ours_and_a_builtin(kind: type, builtin: type) -> None:
    assert issubclass(kind, WorkedError)
    assert issubclass(kind, builtin)


def test_no_line_of_a_message_passes_for_another_problem():
    said = describe(Problem("docs/a.md", 1, "E", "x\ndocs/b.md:2: E: forged\n  - deep"), "text")
    assert said.split("\n")[:3] == ["docs/a.md:1: E: x", "  docs/b.md:2: E: forged", "  - deep"]
