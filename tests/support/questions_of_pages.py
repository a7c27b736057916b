"""Draw variants of the questions on the pages of practice, and compare them with a second opinion.

A question is checked from what it says was drawn, `given`, alone: by a function of a test that
uses nothing of the notes.
"""

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import numpy as np
import pytest

from worked.worker.variants import generator

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = ["sizes", "counting", "by-hand", "functions-and-losses", "training", "architectures"]
SEEDS = 50

Given = Mapping[str, Any]
Check = Callable[..., Any]

_CELL = re.compile(r"^```python \{\.run\}\n(.*?)^```$", re.M | re.S)
_ID = re.compile(r"^#\| question: (\S+)$", re.M)
_NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?")
_ADDRESS = re.compile(r"\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Cells:
    """A page of practice, taken apart."""

    namespace: Mapping[str, object]
    """What the ordinary cells leave behind."""
    questions: Mapping[str, str]
    """Id of a question -> its code."""


@cache
def cells(page: str) -> Cells:
    """Run the ordinary cells of a page, and find its questions."""
    found = _CELL.findall((DOCS / f"practice/{page}.md").read_text(encoding="utf-8"))
    namespace: dict[str, object] = {"__name__": "__main__"}
    questions = {}
    for code in found:
        if named := _ID.search(code):
            assert named[1] not in questions, f"{named[1]} stands there twice"
            questions[named[1]] = code
        else:
            exec(code, namespace)
    return Cells(namespace, questions)


def ids(page: str) -> list[str]:
    """Give the ids of the questions of a page, without running it."""
    return _ID.findall((DOCS / f"practice/{page}.md").read_text(encoding="utf-8"))


@cache
def variants(page: str, name: str) -> Sequence[Any]:
    """Run the cell of a question, each time with numbers of its own; the first are the site's."""
    body = ast.parse(cells(page).questions[name])
    last = body.body.pop()
    assert isinstance(last, ast.Expr), f"{name} does not end with its question"
    before = compile(body, name, "exec")
    question = compile(ast.Expression(last.value), name, "eval")
    draws = (generator(f"question {name}", number) for number in range(SEEDS))
    return [_one(page, rng, before, question) for rng in draws]


def _one(page: str, rng: np.random.Generator, before: CodeType, question: CodeType) -> Any:
    namespace = {**cells(page).namespace, "rng": rng}
    exec(before, namespace)
    return eval(question, namespace)


def agree(page: str, name: str, check: Check) -> None:
    """Compare all variants of a question with what `check` makes of the numbers drawn.

    Raises:
        AssertionError: an answer is further off than half of what a reader may be off.
    """
    for one in variants(page, name):
        expected = check(**one.given)
        if one.choices or one.marking:
            assert one.answer == expected, (name, one.given)
            continue
        found, wanted = np.asarray(one.answer, float), np.asarray(expected, float)
        assert found.shape == wanted.shape, (name, one.given)
        room = max(one.tolerance / 2, one.relative / 2 * np.abs(wanted).max(), 1e-9)
        assert (np.abs(found - wanted) <= room + 1e-9).all(), (name, one.given, found, wanted)


def checked(page: str, checks: Mapping[str, Check], *explained: str) -> pytest.MarkDecorator:
    """Parametrise a test over the questions of a page, each of which needs its check.

    Args:
        explained: questions that are answered in words, and have a test of their own.
    """
    assert {*checks, *explained} == set(ids(page))
    return pytest.mark.parametrize("name", checks)


def slips(one: Any) -> dict[str, Any]:
    """Give the known mistakes that lead to another answer in this variant."""
    return dict(one._variant_()["mistakes"])


def flat(data: object) -> Iterator[float]:
    """Give all numbers in plain data, texts left out."""
    if isinstance(data, Mapping):
        for value in data.values():
            yield from flat(value)
    elif isinstance(data, list | tuple | np.ndarray):
        for value in data:
            yield from flat(value)
    elif isinstance(data, int | float | np.number):
        yield abs(float(data))
    elif isinstance(data, str):
        yield from numbers(data)


def numbers(text: str) -> list[float]:
    """Give the numbers of a text without their signs; those of addresses are left out."""
    bare = _ADDRESS.sub("]", text).replace("{,}", "")
    return [float(one.replace(",", "")) for one in _NUMBER.findall(bare)]
