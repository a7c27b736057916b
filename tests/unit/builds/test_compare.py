"""What is said of a page that came out otherwise the second time."""

import pytest

from worked.builds.compare import differences
from worked.page.parser import parse
from worked.page.result import PageResult
from worked.protocol.outputs import (
    CellResult,
    CellWarning,
    Drawing,
    ExpectedError,
    Frames,
    Matrix,
    Rich,
    Text,
)
from worked.protocol.pictures import Picture

PAGE = parse("```python {.run}\n1\n```\n\n`{python} x`\n", "docs/a.md")


def result(*outputs, value="1", warnings=()):
    got = CellResult(outputs, warnings)
    return PageResult(PAGE, (got,), {PAGE.values[0].index: value}, (), ran=1)


def named(first, again):
    return [(problem.line, problem.message) for problem in differences(first, again)]


@pytest.mark.parametrize(
    ("one", "two", "message"),
    [
        (Text("a\nb\n"), Text("a\nc\n"), "text, line 2\n  first:  b\n  second: c"),
        (Text("a"), Text("a\nb"), "text, line 2\n  first:  (nothing)\n  second: b"),
        (
            Matrix((2,), "int64", (("", (("1", "2"),)),)),
            Matrix((2,), "int64", (("", (("1", "3"),)),)),
            "matrix, line 2\n  first:  1 2\n  second: 1 3",
        ),
        (
            Matrix((1,), "int64", (("", (("1",),)),)),
            Matrix((1,), "int32", (("", (("1",),)),)),
            "matrix, line 1\n  first:  shape (1,), int64\n  second: shape (1,), int32",
        ),
        (
            Drawing('<svg><g><path d="M1"/></g></svg>', 9, 9),
            Drawing('<svg><g><path d="M2"/></g></svg>', 9, 9),
            'drawing, line 4\n  first:  <path d="M1"/>\n  second: <path d="M2"/>',
        ),
        (
            Drawing("<svg></svg>", 9, 9),
            Drawing("<svg></svg>", 8, 9),
            "drawing, line 1\n  first:  9 x 9 points\n  second: 8 x 9 points",
        ),
        (
            Rich("text/html", "<b>1</b>"),
            Rich("text/html", "<b>2</b>"),
            "html, line 2\n  first:  <b>1</b>\n  second: <b>2</b>",
        ),
        (
            ExpectedError("A", "1"),
            ExpectedError("B", "1"),
            "expected error\n  first:  A: 1\n  second: B: 1",
        ),
        (
            Text("1"),
            ExpectedError("A", "1"),
            "text, then expected error\n  first:  1\n  second: A: 1",
        ),
    ],
    ids=["text", "shorter", "number", "dtype", "path", "size", "html", "failure", "kind"],
)
def test_the_first_lines_that_differ_are_quoted(one, two, message):
    assert named(result(one), result(two)) == [(2, message)]
    assert named(result(one), result(one)) == []


def test_an_output_that_is_missing_is_named():
    assert named(result(Text("1")), result()) == [
        (2, "text, then nothing\n  first:  1\n  second: (nothing)")
    ]


def test_every_output_that_differs_is_named():
    pairs = named(result(Text("1"), Text("2")), result(Text("3"), Text("4")))
    assert [line for line, _ in pairs] == [2, 2]


def test_a_value_that_differs_is_named_at_its_line():
    assert named(result(value="a"), result(value="b")) == [(5, "value\n  first:  a\n  second: b")]


def test_a_frame_and_a_value_of_it_that_differ_are_named():
    page = parse(
        "```python {.run}\n#| sweep: {k: [1, 2]}\n#| fig-cap: `{python} k`\nk\n```\n", "docs/a.md"
    )
    ((_, value),) = page.cells[0].values
    runs = [
        PageResult(
            page,
            (CellResult((Frames(((Text("a"),), (Text(shown),))),)),),
            {},
            (),
            ran=1,
            frames={0: ({value.index: "1"}, {value.index: shown})},
        )
        for shown in ("b", "c")
    ]
    messages = [problem.message for problem in differences(*runs)]
    assert messages == [
        "where k = 2: text\n  first:  b\n  second: c",
        "value, line 2\n  first:  b\n  second: c",
    ]


def test_a_picture_of_an_animation_that_differs_is_named():
    drawn = [Frames(((Drawing("<svg>", 1, 1),), (Drawing(svg, 1, 1),))) for svg in ("<svg>", "<a>")]
    ((line, said),) = named(*map(result, drawn))
    assert line == 2
    assert said.startswith("where frame = 2: drawing, line 2\n")


def test_a_picture_that_differs_is_named():
    ((_, said),) = named(*(result(Picture("image/png", data, 2, 1)) for data in ("AAAA", "AAAB")))
    assert said == "picture, line 2\n  first:  AAAA\n  second: AAAB"


def test_of_a_long_line_the_place_that_differs_is_quoted():
    ((_, said),) = named(result(Text("x" * 500 + "1" + "y" * 500)), result(Text("x" * 500)))
    first, second = said.split("\n")[1:]
    assert len(first) < 100
    assert first.endswith("x1" + "y" * 47 + "…")
    assert second.endswith("…" + "x" * 24)


def test_a_warning_that_differs_is_named():
    ((line, said),) = named(result(warnings=[CellWarning(0, "UserWarning", "a")]), result())
    assert (line, said.split("\n")[0]) == (2, "warning")


def test_an_array_of_an_element_that_is_another_is_named_at_its_line():
    page = parse("```python {.run}\n#| element: a-b\n#| arrays: [x, y]\n1\n```\n", "docs/a.md")
    first, again = (
        PageResult(page, (CellResult((Text("1"),), arrays={"x": x, "y": 0}),), {}, (), ran=1)
        for x in (1, 2)
    )
    assert named(first, again) == [(3, "the array 'x' is another value")]
    assert named(first, first) == []
