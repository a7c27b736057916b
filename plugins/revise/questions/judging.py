"""Whether the variants of a cell make a question; their data may be a stranger's."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from revise.questions.answers import CHOICE, FORMS, WORDS, form_of

_TEXTS: Final = ("text", "form", "unit")
_LISTS: Final = ("steps", "left_out", "choices", "marking")
_NUMBERS: Final = ("tolerance", "relative")
_NAMES: Final = {*_TEXTS, *_LISTS, *_NUMBERS, "answer", "mistakes"}


def judge(variants: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Say what is wrong with a question that has run for all its variants."""
    if not all(map(is_question, variants)):
        yield "the cell hands on something else than a question: end it with `Question(…)`"
        return
    forms = sorted({variant["form"] for variant in variants})
    if len(forms) > 1:
        yield f"the answers of its variants have other forms: {', '.join(forms)}"
    answers = {str(variant["answer"]) for variant in variants}
    if len(variants) > 1 and len(answers) == 1 and forms != [WORDS]:
        said = f"all {len(variants)} variants have the same answer, {answers.pop()[:80]}"
        yield f"{said}: draw numbers from `rng`"
    found = {name for variant in variants for name, _ in variant["mistakes"]}
    never = {name for variant in variants for name in variant["left_out"]} - found
    for name in sorted(never):
        yield f"the mistake {name!r} always leads to the right answer, or to that of another one"


def is_question(data: Mapping[str, Any]) -> bool:
    """Whether data have the form that `Question` gives them."""
    if set(data) != _NAMES or data["form"] not in FORMS:
        return False
    mistakes = data["mistakes"]
    return (
        all(isinstance(data[name], str) for name in _TEXTS)
        and all(_are_texts(data[name]) for name in _LISTS)
        and all(_is_number(data[name]) for name in _NUMBERS)
        and isinstance(mistakes, list)
        and all(isinstance(pair, list) and len(pair) == 2 for pair in mistakes)
        and all(isinstance(name, str) and _is_answer(wrong, data) for name, wrong in mistakes)
        and _is_answer(data["answer"], data)
    )


def _is_answer(answer: object, data: Mapping[str, Any]) -> bool:
    if data["form"] in (CHOICE, WORDS):
        is_there = data["form"] == WORDS or answer in data["choices"]
        return isinstance(answer, str) and is_there
    try:
        return form_of(answer) == str(data["form"])
    except ValueError:
        return False


def _are_texts(given: object) -> bool:
    return isinstance(given, list) and all(isinstance(one, str) for one in given)


def _is_number(given: object) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool) and given >= 0
