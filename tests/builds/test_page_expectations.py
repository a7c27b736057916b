"""Expectations below cells: what a site shows of them, and what mends them."""

import pytest

from worked.cli.__main__ import main

CELL = "# A page\n\n```python {.run}\nprint(40 + 2)\n```\n\n"


def page(fence: str) -> str:
    return f"{CELL}{fence}\nBehind.\n"


@pytest.fixture
def call(capsys, warm_workers):
    """Call the command for a site: exit code and what it printed."""

    def run(site, *arguments):
        code = main(["-f", str(site.root / "mkdocs.yml"), *arguments])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_the_reader_sees_the_output_once_and_not_the_fence(make):
    site = make({"index.md": page("```text {.expect}\n42\n```")})
    assert site.build().good
    article = site.article("index.html")
    assert article.count("42") == 1
    assert "expect" not in article
    assert "<p>Behind.</p>" in article


def test_an_expectation_in_a_box_goes_as_well(make):
    inside = "".join(f"    {row}\n" for row in page("```text {.expect}\n42\n```").split("\n")[2:-2])
    site = make({"index.md": f"# A\n\n!!! slip\n\n{inside}\nBehind.\n"})
    assert site.build().good
    assert "expect" not in site.article("index.html")


def test_an_unmet_expectation_fails_the_build_with_a_difference(make):
    site = make({"index.md": page("```text {.expect}\n41\n```")})
    built = site.build()
    assert not built.good
    assert "docs/index.md:7: expect: the cell shows something else" in built.log
    assert "\n  - 41\n  + 42\n" in built.log


def test_an_edited_expectation_runs_nothing(make):
    site = make({"index.md": page("```text {.expect}\n41\n```")})
    site.build()
    site.write({"index.md": page("```text {.expect}\n42\n```")})
    built = site.build()
    assert built.good
    assert built.ran == {}


def test_fix_writes_what_the_cell_shows_and_nothing_else(make, call):
    before = page("````text {.expect rtol=1e-3}\n41\nold\n````").replace("\n", "\r\n")
    site = make({})
    path = site.put("docs/index.md", "\N{BYTE ORDER MARK}" + before)
    path.chmod(0o640)
    code, said = call(site, "fix")
    assert code == 0
    assert "docs/index.md:7: expect" in said
    assert "1 expectation rewritten" in said
    after = before.replace("41\r\nold\r\n", "42\r\n")
    assert path.read_bytes().decode() == "\N{BYTE ORDER MARK}" + after
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in path.parent.iterdir()] == ["index.md"]


def test_fix_fills_an_empty_expectation(make, call):
    site = make({"index.md": page("```text {.expect}\n```")})
    assert call(site, "fix")[0] == 0
    text = (site.root / "docs/index.md").read_text("utf-8")
    assert text == page("```text {.expect}\n42\n```")
    assert site.build().good


def test_fix_keeps_the_indentation_of_a_box(make, call):
    inside = (
        "    ```python {.run}\n    print('a\\n\\nb')\n    ```\n\n    ```text {.expect}\n    ```\n"
    )
    site = make({"index.md": f"# A\n\n!!! slip\n\n{inside}"})
    assert call(site, "fix")[0] == 0
    text = (site.root / "docs/index.md").read_text("utf-8")
    assert "    ```text {.expect}\n    a\n\n    b\n    ```\n" in text
    assert site.build().good


def test_a_dry_run_writes_nothing_and_ends_with_1(make, call):
    text = page("```text {.expect}\n41\n```")
    site = make({"index.md": text})
    code, said = call(site, "fix", "--dry-run")
    assert code == 1
    assert "  - 41\n  + 42\n" in said
    assert (site.root / "docs/index.md").read_text("utf-8") == text


def test_a_dry_run_with_nothing_to_do_ends_with_0(make, call):
    site = make({"index.md": page("```text {.expect}\n42\n```")})
    assert call(site, "fix", "--dry-run")[0] == 0


def test_fix_refuses_where_the_cell_failed(make, call):
    text = page("```text {.expect}\n41\n```").replace("40 + 2", "unknown")
    site = make({"index.md": text})
    code, said = call(site, "fix")
    assert code == 1
    assert "docs/index.md:4: NameError" in said
    assert (site.root / "docs/index.md").read_text("utf-8") == text


def test_fix_refuses_a_text_that_would_close_its_fence(make, call):
    text = page("```text {.expect}\n41\n```").replace("40 + 2", "'```'")
    site = make({"index.md": text})
    code, said = call(site, "fix")
    assert code == 1
    assert "docs/index.md:7: fence: the cell shows ``` itself" in said
    assert (site.root / "docs/index.md").read_text("utf-8") == text
