"""Kinds of cells that another plugin declares."""

import pytest

from worked.page.options import OptionError, read_options
from worked.page.parser import parse

HEAD = ("#| question: a-b", "#| topic: sizes", "#| level: 2")


def test_the_options_of_a_kind_are_told_and_not_run() -> None:
    options, taken = read_options("\n".join((*HEAD, "1")))
    assert taken == 3
    assert options.kind is not None
    assert options.kind.name == "question"
    assert options.told == (("question", "a-b"), ("topic", "sizes"), ("level", 2))
    assert options.run.seed == "question a-b"


def test_a_page_with_a_kind_is_written_alike_in_every_process() -> None:
    page = parse(f"```python {{.run}}\n{'QQ'}\nx\n```\n", "docs/a.md")
    assert " at 0x" not in repr(page)


def test_the_code_of_a_kind_is_shown_where_somebody_asks_for_it() -> None:
    assert not read_options("\n".join(HEAD))[0].echo
    assert read_options("\n".join((*HEAD, "#| code-fold: true")))[0].echo


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("#| question: A b", *HEAD[1:]), "takes an id of small letters"),
        ((HEAD[0], HEAD[1]), "needs the option `level` beside it"),
        ((HEAD[0], HEAD[2]), "needs the option `topic` beside it"),
        (HEAD[1:2], "needs the option `question` beside it"),
        ((*HEAD[:2], "#| level: 4"), "is 1, 2 or 3"),
        ((*HEAD[:2], "#| level: true"), "is 1, 2 or 3"),
        ((*HEAD, "#| minutes: 0"), "is a whole number of minutes"),
        ((HEAD[0], "#| topic: '?'", HEAD[2]), "is the name of a topic"),
        ((*HEAD, "#| label: fig-a"), "does not go with `question`"),
        ((*HEAD, "#| export: [x]"), "does not go with `question`"),
        ((*HEAD, "#| sweep: {a: [1, 2]}"), "does not go with `question`"),
        ((*HEAD, "#| raises: ValueError"), "does not go with `question`"),
        ((*HEAD, "#| element: try-kernel"), "does not go with `question`"),
    ],
)
def test_what_a_kind_does_not_take_is_an_error(lines: tuple[str, ...], said: str) -> None:
    with pytest.raises(OptionError, match=said):
        read_options("\n".join(lines))


def test_an_error_of_a_kind_names_its_line() -> None:
    text = "# Page\n\n```python {.run}\n#| question: a\n#| topic: bb\n#| level: 9\n1\n```\n"
    (problem,) = parse(text, "docs/a.md").problems
    assert (problem.page, problem.line, problem.kind) == ("docs/a.md", 6, "option")
