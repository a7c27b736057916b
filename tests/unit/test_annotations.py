"""Problems for GitHub: whatever a page says, each is one command of one line."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from worked.annotations import annotations, folder_in_repository, is_wanted
from worked.errors import Problem


def test_errors_come_first_and_each_names_its_file_and_line() -> None:
    error = Problem("docs/b.md", 7, "expect", "100% wrong\n- 1\n+ 2")
    warning = Problem("docs/a,b:c.md", 3, "two-sentences", "2 sentences")
    assert annotations([error], [warning], folder="course/") == (
        "::error file=course/docs/b.md,line=7,title=expect::100%25 wrong%0A- 1%0A+ 2\n"
        "::warning file=course/docs/a%2Cb%3Ac.md,line=3,title=two-sentences::2 sentences\n"
    )


def test_what_a_page_says_gives_no_command() -> None:
    said = "x\n::set-env name=PATH::evil\r::stop-commands::t\u2028::error::y\x1b[0m##[error]z"
    problem = Problem("docs/a.md\n::error::1", 1, "Evil\n::error::2,file=b", said)
    (line,) = annotations([problem]).splitlines()
    assert line.startswith("::error file=docs/a.md%0A")
    assert line.partition(",line=1,title=")[2].startswith("Evil%0A%3A %3Aerror")
    assert "\x1b" not in line
    assert "##[" not in line


@given(*[st.text(max_size=40)] * 3)
def test_every_problem_is_one_line_with_one_head(page: str, kind: str, said: str) -> None:
    out = annotations([Problem(page, 1, kind, said)])
    assert out.endswith("\n")
    assert len(out[:-1].splitlines()) == 1
    head = out[2:].partition("::")[0]
    assert head.startswith("error file=")
    assert head.count("=") >= 3
    assert ",line=1,title=" in head


def test_only_a_workflow_of_github_wants_them() -> None:
    assert is_wanted({"GITHUB_ACTIONS": "true"})
    assert not is_wanted({"GITHUB_ACTIONS": "false"})
    assert not is_wanted({})


def test_a_site_in_a_folder_of_its_repository_is_named_from_the_top(tmp_path: Path) -> None:
    there = {"GITHUB_WORKSPACE": str(tmp_path)}
    assert folder_in_repository(tmp_path / "courses" / "a", there) == "courses/a/"
    assert folder_in_repository(tmp_path, there) == ""
    assert folder_in_repository(tmp_path.parent, there) == ""
    assert folder_in_repository(tmp_path, {}) == ""
