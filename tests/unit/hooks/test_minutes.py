"""How long a page takes is estimated by a plain rule."""

import runpy
from pathlib import Path

import pytest

HOOKS = Path(__file__).resolve().parents[3] / "plugins" / "hooks"
MINUTES = runpy.run_path(str(HOOKS / "minutes.py"))
reading, A_MINUTE = MINUTES["reading"], MINUTES["WORDS_A_MINUTE"]
TWO = "word " * 2 * A_MINUTE + "\n\n"
CODE = "x = 1\n" * (60 // MINUTES["LINE"])


def cell(*options: str, code: str = CODE) -> str:
    return "\n".join(["```python {.run}", *(f"#| {option}" for option in options), f"{code}```\n"])


def minutes(text: str) -> int:
    return int(reading(TWO + text).minutes) - 2


def test_words_take_their_time() -> None:
    assert minutes("") == 0
    assert minutes("word " * A_MINUTE) == 1


def test_a_short_page_takes_a_minute() -> None:
    assert reading("word\n").minutes == 1


@pytest.mark.parametrize(
    "text",
    [
        cell(),
        "".join(
            cell("echo: false", "fig-cap: Words.", code="") for _ in range(60 // MINUTES["FIGURE"])
        ),
        "$$\na = b\n$$\n\n" * (60 // MINUTES["FORMULA"]),
    ],
    ids=["code", "figures", "formulas"],
)
def test_code_figures_and_formulas_take_theirs(text: str) -> None:
    assert minutes(text) == 1


@pytest.mark.parametrize(
    "text",
    [
        cell("echo: false"),
        cell("code-fold: true"),
        f"```text {{.expect}}\n{CODE}```\n",
        '??? check "Why?"\n\n    ' + "word " * A_MINUTE + "\n\n    " + "word " * A_MINUTE + "\n",
        '??? card a-b "Why?"\n\n    ' + "word " * A_MINUTE + "\n",
        "````markdown\n```\n" + "word " * A_MINUTE + "\n````\n",
        "[^a]: " + "word " * A_MINUTE + "\n",
        "`{python} " + "word + " * A_MINUTE + "0`\n",
    ],
    ids=["hidden", "folded", "expected", "exercise", "card", "example", "source", "value"],
)
def test_what_is_not_read_takes_none(text: str) -> None:
    assert minutes(text) == 0


def test_exercises_are_counted_and_cards_are_not() -> None:
    asked = (
        '??? check "One?"\n\n    1\n\n??? card two "Two?"\n\n    2\n\n???+ check "Three?"\n\n    3'
    )
    assert reading(asked).exercises == 2


def test_one_of_a_thing_is_no_plural() -> None:
    assert str(reading('word\n\n??? check "One?"\n\n    1\n')) == "1 minute, 1 exercise"
    assert str(reading(TWO)) == "2 minutes"


def test_contributors_are_told_the_rule() -> None:
    text = (HOOKS.parents[1] / "docs/about/contributing.md").read_text(encoding="utf-8")
    assert f"{A_MINUTE} words a minute" in text
    for what, name in (("formula", "FORMULA"), ("figure", "FIGURE"), ("line of code", "LINE")):
        assert f"{MINUTES[name]} seconds for a {what}" in text


def test_the_cell_of_a_question_is_an_exercise_and_takes_what_it_says() -> None:
    question = cell("question: size", "topic: output size", "level: 1")
    assert minutes(question) == 2
    assert minutes(cell("question: size", "topic: output size", "level: 1", "minutes: 5")) == 5
    assert reading(f"{TWO}{question}").exercises == 1
