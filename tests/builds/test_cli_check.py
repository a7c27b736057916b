"""`worked check` as a reviewer, and what GitHub is told of errors and warnings."""

import pytest

from worked.cli.__main__ import main

PROSE = "# A\n\nThe window slides.\nIt adds.\nIt ends.\n\nIt is so.\nIt goes on.\n\nOne. Two.\n"
WRONG = "# B\n\n```python {.run}\n1 / 0\n```\n"
HOSTILE = (
    "# C\n\n```python {.run}\n"
    "raise ValueError('100%\\n::error file=x::y\\r\\n::add-mask::z')\n```\n"
)


@pytest.fixture
def called(make, capsys, warm_workers):
    def call(pages, *arguments, config=None):
        site = make(pages, *([config] if config else []))
        code = main(["-f", str(site.root / "mkdocs.yml"), *arguments])
        said = capsys.readouterr()
        return code, said.out + said.err

    return call


def test_a_warning_is_no_error_unless_one_is_strict(called):
    code, said = called({"index.md": PROSE}, "check")
    assert code == 0
    assert "docs/index.md:10: warning: two-sentences: 2 sentences: one on each line" in said
    assert "worked: 1 warning in 1 pages; `<!-- worked: allow RULE: reason -->`" in said
    assert "::" not in said
    assert called({"index.md": PROSE}, "check", "--strict")[0] == 1
    assert called({"index.md": PROSE.replace("One. Two.", "")}, "check", "--strict")[0] == 0


def test_a_site_names_its_glossary_and_the_rules_that_it_does_without(called, config):
    page = "# A\n\nIt is called a **kernel**.\n\nOne and a **step** is one of two.\n"
    terms = "# Terms\n\n**Window**\n:   A part.\n"
    pages = {"index.md": page, "terms.md": terms}
    with_terms = config.replace("downloads: false", "downloads: false, glossary: terms.md")
    _, said = called(pages, "check", config=with_terms)
    assert "docs/index.md:3: warning: unlisted-term: “kernel” is explained here" in said
    without = with_terms.replace("glossary", "unchecked: [unlisted-term], glossary")
    assert "nothing wrong" in called(pages, "check", config=without)[1]
    code, said = called(pages, "check", config=with_terms.replace("terms.md", "other.md"))
    assert (code, "glossary: docs/other.md is no page of the site" in said) == (2, True)
    code, said = called(pages, "check", config=config.replace("false}", "false, unchecked: [x]}"))
    assert code == 2


@pytest.mark.parametrize("how", ["--format", "GITHUB_ACTIONS"])
def test_github_is_told_of_errors_and_warnings(called, monkeypatch, how):
    page = PROSE + "\n```python {.run}\n#| fig-cap: A.\nx\n```\n"
    options = ("--format", "github") if how == "--format" else ()
    monkeypatch.setenv("GITHUB_ACTIONS", "true" if how != "--format" else "")
    code, said = called({"index.md": page}, "check", *options)
    assert code == 1
    assert "::error file=docs/index.md,line=13,title=fig-alt::a figure without" in said
    assert "::warning file=docs/index.md,line=10,title=two-sentences::2 sentences" in said


def test_github_may_be_told_nothing(called, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert "::" not in called({"index.md": PROSE}, "check", "--format", "text")[1]


def test_a_run_names_its_errors_at_their_lines(called, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    code, said = called({"index.md": WRONG}, "run")
    assert code == 1
    assert "\n::error file=docs/index.md,line=4,title=ZeroDivisionError::division by zero" in said


def commands(said):
    """The lines that GitHub would obey."""
    return [line for line in said.splitlines() if line.lstrip().startswith("::")]


def test_a_page_gives_github_no_commands(called, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    _, said = called({"index.md": HOSTILE}, "run")
    (line,) = commands(said)
    assert line.startswith("::error file=docs/index.md,line=4,title=ValueError::100%25%0A")
    assert "::add-mask" not in line.replace(": :", "")


def test_a_build_tells_github_as_well(make):
    site = make({"index.md": WRONG, "hostile.md": HOSTILE})
    done = site.run("-m", "mkdocs", "build", GITHUB_ACTIONS="true", GITHUB_WORKSPACE=str(site.root))
    assert done.returncode == 1
    found = commands(done.stdout + "\n" + done.stderr)
    assert [line.partition(",title")[0] for line in found] == [
        "::error file=docs/hostile.md,line=4",
        "::error file=docs/index.md,line=4",
    ]
    assert commands(site.run("-m", "mkdocs", "build").stdout) == []
