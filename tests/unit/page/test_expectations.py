"""Expectations: what is read and what is compared."""

import pytest

from worked.page.expectations import ATOL, RTOL, Tolerance, difference, shown_text
from worked.page.parser import parse
from worked.protocol.outputs import Drawing, ExpectedError, Frames, Matrix, Rich, Text

CELL = "# A page\n\n```python {.run}\nprint(40 + 2)\n```\n\n"


def page(fence: str) -> str:
    return f"{CELL}{fence}\nBehind.\n"


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
        ("Text.\n\n```text {.expect}\n42\n```", "right after its cell"),
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


def test_every_frame_of_a_sweep_is_written_down_below_its_name():
    frames = Frames(((Text("a\n"), Drawing("<svg>", 1, 1)), (Text("b"), Text("c"))))
    assert shown_text([frames], ["k = 1", "k = 2"]) == "k = 1:\na\nk = 2:\nb\nc"
