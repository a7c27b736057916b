"""Where formulas stand in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texmath.scan import scan

LINES = ["\n", "\n\n", "> ", "- ", "    "]
CODE = ["`", "```", "~~~", "<!--", "-->", "<pre>", "</pre>"]
TEX = ["\\(", "\\)", "\\[", "\\]", "\\begin{align}", "\\end{align}", "```math"]
PIECES = st.sampled_from([*LINES, *CODE, *TEX, "$", "$$", "\\", " ", "a", "5", "|", "x^2"])


def found(text: str) -> list[tuple[str, bool]]:
    return [(span.tex, span.display) for span in scan(text)]


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $6.",
        "$5 or 6 $",
        r"\$a\$",
        "`$a$`",
        "``a ` $b$``",
        "`over\ntwo $a$ lines`",
        "```\n$a$\n```",
        "  ````\n  $a$\n  ```\n  $b$\n  ````",
        "> ~~~\n> $a$\n> ~~~",
        "<!-- $a$\n\n$b$ -->",
        "<pre>\n$a$\n\n$b$</pre>",
        '<img alt="$a$">',
        "$a",
        "$a\n\nb$",
        "a $$ sign",
        "5 $ and 6 $",
        "5 $ where x_1 is 6 $",
        "$5 for\nthe e^x and 6$",
        "US$ a_1\n\n= b$",
        "| $5 | x_1 |\n| a | b$ |",
        "Code:\n\n    $a$",
        "Code:\n\n    a\n\n    $$",
        "- item\n\nCode:\n\n\t$a$",
        r"see \[below\] and \(optional\)",
        r"\[a link\](url)",
        r"\[x\](url)",
        r"\[1\], \(2\)",
        r"- \[x\] done",
        r"\\(x\\)",
        r"`\(x\)`",
        "```python\n\\begin{align}\na\n\\end{align}\n```",
        r"\\begin{align}a\\end{align}",
        "<https://example.org/$x$>",
        "[a](https://example.org/?a=$x$)",
        "[a]: https://example.org/?a=$x$",
    ],
)
def test_there_is_no_formula(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("$x$", [("x", False)]),
        ("$|x|$ | $5", [("|x|", False)]),
        ("$x$, $y$", [("x", False), ("y", False)]),
        (r"$a\$b$", [(r"a\$b", False)]),
        (r"\\$a$", [("a", False)]),
        (r"\`$a$\`", [("a", False)]),
        ("` $a$", [("a", False)]),
        ("$a < b$ and $c > d$", [("a < b", False), ("c > d", False)]),
        ("$ x^2 $", [(" x^2 ", False)]),
        ("$z = 1 + i $, $z_1$", [("z = 1 + i ", False), ("z_1", False)]),
        (r"$ 41\%$ of $ \$ 5$", [(r" 41\%", False), (r" \$ 5", False)]),
        ("$A \\to\nB$", [("A \\to\nB", False)]),
        ("> $A \\to\n> B$", [("A \\to\nB", False)]),
        ("- item\n\n    $a$", [("a", False)]),
        ("1. item\ngoes on\n\n    $a$", [("a", False)]),
        ("!!! note\n\n    text\n\n    $a$", [("a", False)]),
        ("Text\n    $a$", [("a", False)]),
        ("$$x$$", [("x", True)]),
        ("$$\na\n+ b\n$$", [("\na\n+ b\n", True)]),
        ("> $$\n> a\n> > b\n> $$", [("\na\n> b\n", True)]),
        ("$$\na\n> b\n$$", [("\na\n> b\n", True)]),
        ("```\nnot closed $a$", [("a", False)]),
        ("- ~~~\n- $a$", [("a", False)]),
        ("<!-- never closed $a$", [("a", False)]),
        (r"\(x\)", [("x", False)]),
        (r"so \(x_1 + \frac{a}{b}\), b", [(r"x_1 + \frac{a}{b}", False)]),
        (r"so \[x^2\] b", [("x^2", True)]),
        ("\\[\na\\\\[2pt]\nb\n\\]", [("\na\\\\[2pt]\nb\n", True)]),
        ("> \\[\n> a\n> \\]", [("\na\n", True)]),
        (r"\[x + y\].", [("x + y", True)]),
        ("\\begin{align}\na\n\\end{align}", [("\\begin{align}\na\n\\end{align}", True)]),
        (r"- \begin{gather*}a\end{gather*}", [(r"\begin{gather*}a\end{gather*}", True)]),
        ("$`a_b`$", [("a_b", False)]),
        ("- ```math\n  a\n  ```", []),
        ("```math\na\n\nb\n```\nc", [("\na\n\nb", True)]),
        ("> ```math\n> a\n> ```", [("\na", True)]),
    ],
)
def test_a_formula_is_found(text, formulas):
    assert found(text) == formulas


def test_two_dollars_that_open_a_line_must_be_closed():
    assert [span.closed for span in scan("$$\na\n\nb")] == [False]
    assert [span.closed for span in scan("- $$ a\n\nb $$")] == [False]


@pytest.mark.parametrize("text", ["\\[\na\n\nb\n\\]", "\\begin{align}\na\n\n\\end{align}"])
def test_what_opens_a_display_formula_must_be_closed_before_an_empty_line(text):
    assert [span.closed for span in scan(text)] == [False]


def test_lines_are_counted_from_one():
    assert [span.line for span in scan("$a$\n\n$$\nb\n$$\n```\n```\n$c$")] == [1, 3, 8]


@given(st.text().filter(lambda text: not set(text) & set("$\\`")))
def test_a_text_without_dollars_holds_no_formula(text):
    assert scan(text) == ()


@given(st.lists(PIECES, max_size=40).map("".join))
def test_spans_lie_in_order_between_dollars(text):
    end = 0
    for span in scan(text):
        assert end <= span.start < span.end <= len(text)
        assert text[span.start] in "$\\`"
        assert not span.closed or text[span.end - 1] in "$)]}`"
        assert text[span.start : span.end].count("\n") == len(span.prefixes)
        assert span.line == text.count("\n", 0, span.start) + 1
        end = span.end
