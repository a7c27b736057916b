"""Expectations: what is read, what is compared, what the reader sees, what `worked fix` writes."""

import pytest

from worked.cli.__main__ import main
from worked.page.expectations import ATOL, RTOL, Tolerance, difference, shown_text
from worked.page.parser import parse
from worked.protocol.outputs import Drawing, ExpectedError, Frames, Matrix, Rich, Text

CELL = "# A page\n\n```python {.run}\nprint(40 + 2)\n```\n\n"


def page(fence: str) -> str:
    return f"{CELL}{fence}\nBehind.\n"


@pytest.fixture
def call(capsys):
    """Call the command for a site: exit code and what it printed."""

    def run(site, *arguments):
        code = main(["-f", str(site.root / "mkdocs.yml"), *arguments])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def wrong(text: str) -> list[tuple[int, str]]:
    return [(one.line, one.message) for one in parse(text, "docs/a.md").problems]


def test_an_expectation_belongs_to_the_cell_before_it():
    (one,) = parse(page("```text {.expect}\n42\n```"), "docs/a.md").expectations
    assert (one.cell, one.text, one.line, one.height) == (0, "42", 7, 1)
    assert one.tolerance == Tolerance(RTOL, ATOL)


def test_tolerances_stand_behind_the_class():
    (one,) = parse(page("~~~text {.expect rtol=1e-3 atol=0}\n42\n~~~"), "a").expectations
    assert one.tolerance == Tolerance(1e-3, 0)


@pytest.mark.parametrize(
    ("fence", "said"),
    [
        ("```text {.expect tol=1}\n42\n```", "`rtol=…` and `atol=…`, not `tol=1`"),
        ("```text {.expect rtol=x}\n42\n```", "rtol is a number from 0, not 'x'"),
        ("```text {.expect rtol=-1}\n42\n```", "rtol is a number from 0"),
        ("```text {.expect atol=inf}\n42\n```", "atol is a number from 0"),
        ("```python {.expect}\n42\n```", "write `text {.expect}`, not `python {.expect}`"),
        ("Text.\n\n```text {.expect}\n42\n```", "right behind its cell"),
        ("    ```text {.expect}\n    42\n    ```", "indented as it is"),
        ("```text {.expect}\n42\n", "the expectation is not closed"),
    ],
)
def test_what_is_wrong_with_an_expectation_is_said_with_its_line(fence, said):
    ((line, message),) = wrong(page(fence))
    assert said in message
    assert line == 7 + (2 if fence.startswith("Text") else 0)


def test_a_cell_has_one_expectation():
    fence = "```text {.expect}\n42\n```\n\n"
    ((line, message),) = wrong(page(fence + fence))
    assert line == 11
    assert "one for each" in message


@pytest.mark.parametrize(
    ("wanted", "came"),
    [
        ("42", "42"),
        ("[1 2]\n[3 4]", " [ 1   2 ]\n\n[3 4]\n"),
        ("0.3333333", "0.33333334"),
        ("loss = 0.25,", "loss = 0.2500000001,"),
        ("nan inf -inf", "nan inf -inf"),
        ("1e-3", "0.001"),
        ("(1, 2)", "(1,2)"),
        ("", ""),
    ],
)
def test_spaces_and_last_bits_make_no_difference(wanted, came):
    assert difference(wanted, came, Tolerance()) == ""


@pytest.mark.parametrize(
    ("wanted", "came"),
    [("42", "43"), ("0.333", "0.334"), ("a 1", "b 1"), ("1", "1 2"), ("", "1"), ("nan", "1")],
)
def test_another_text_or_number_is_a_difference(wanted, came):
    assert difference(wanted, came, Tolerance()) != ""


def test_a_difference_reads_line_by_line():
    assert difference("a\n1\nc", "a\n2\nc", Tolerance()) == "  a\n- 1\n+ 2\n  c"


def test_what_is_shown_is_written_down_without_drawings():
    outputs = [
        Text("printed  \n"),
        Matrix((2, 2), "int64", (("", (("1", "20"), ("-3", "4"))),)),
        Drawing("<svg/>", 1, 1),
        ExpectedError("ValueError", "no"),
        Rich("text/html", "<b>x</b>"),
    ]
    assert shown_text(outputs) == "printed\n 1 20\n-3  4\nValueError: no\n<b>x</b>"


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
    assert "\n- 41\n+ 42\n" in built.log


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
    assert "- 41\n+ 42\n" in said
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


def test_every_frame_of_a_sweep_is_written_down_below_its_name():
    frames = Frames(((Text("a\n"), Drawing("<svg>", 1, 1)), (Text("b"), Text("c"))))
    assert shown_text([frames], ["k = 1", "k = 2"]) == "k = 1:\na\nk = 2:\nb\nc"
