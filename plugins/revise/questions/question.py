"""What the cell of a question says: its text, its answer, the steps to it, and known mistakes."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from revise.questions.answers import CHOICE, WORDS, form_of, is_short, numbers_of, same
from revise.questions.spelling import answer_text, plain, spelled


@dataclass(frozen=True, slots=True)
class Question:
    """One variant of a question, complete at birth.

    Texts are Markdown, with formulas between dollars and links to pages.

    Raises:
        ValueError: an answer that no reader can type, or a mistake or choice that does not fit it.
    """

    text: str
    answer: Any
    """A number, numbers in a list or an array of up to two axes, one of `choices`, or, where there
    is `marking`, the words of a model answer."""
    _: KW_ONLY
    tolerance: float = 0
    """How far from the answer is right, in its own unit."""
    relative: float = 0
    """How far from the answer is right, as a share of it: 0.01 for one per cent."""
    unit: str = ""
    steps: Sequence[str] = ()
    """How to come to the answer."""
    mistakes: Mapping[str, Any] = field(default_factory=dict)
    """What somebody did wrong -> the answer that this leads to."""
    choices: Sequence[str] = ()
    marking: Sequence[str] = ()
    """What a good answer in words says, point by point."""
    given: Mapping[str, Any] = field(default_factory=dict)
    """The numbers drawn, by name: for tests that compute the answer again; no page holds them."""

    def __post_init__(self) -> None:
        for name in ("text", "unit"):
            _need(isinstance(getattr(self, name), str), f"{name} is a text")
        _need(bool(self.text.strip()), "a question has a text")
        for name in ("steps", "choices", "marking"):
            given = getattr(self, name)
            is_list = isinstance(given, list | tuple) and all(isinstance(one, str) for one in given)
            _need(is_list, f"{name} is a list of texts")
        for name in ("tolerance", "relative"):
            given = plain(getattr(self, name))
            is_number = isinstance(given, int | float) and not isinstance(given, bool)
            _need(is_number and 0 <= given < 1e12, f"{name} is a number, at least 0")
            object.__setattr__(self, name, given)
        object.__setattr__(self, "answer", plain(self.answer))
        _need(isinstance(self.mistakes, Mapping), "mistakes are a dict: what was wrong -> answer")
        mistakes = {name: plain(wrong) for name, wrong in self.mistakes.items()}
        object.__setattr__(self, "mistakes", mistakes)
        _need(isinstance(self.given, Mapping), "given is a dict: name -> what was drawn")
        given = {name: plain(drawn) for name, drawn in self.given.items()}
        object.__setattr__(self, "given", given)
        self._check()

    @property
    def form(self) -> str:
        """What a reader gives as an answer: one of `revise.questions.answers.FORMS`."""
        if self.choices:
            return CHOICE
        return WORDS if self.marking else form_of(self.answer)

    def _check(self) -> None:
        form = self.form
        if form == WORDS:
            _need(isinstance(self.answer, str), "with `marking`, the answer is a text")
            _need(not self.mistakes, "nobody can look for mistakes in an answer in words")
        elif form == CHOICE:
            _need(len(set(self.choices)) == len(self.choices) > 1, "choices are two or more")
            for what, one in (("the answer", self.answer), *self.mistakes.items()):
                _need(one in self.choices, f"{what}: {one!r} is none of the choices")
        else:
            exact = not (self.tolerance or self.relative)
            for number in numbers_of(self.answer) if exact else ():
                said = f"{number} is no answer that a reader can type: give `tolerance=`"
                _need(is_short(number), f"{said}, or `relative=`")
            for name, wrong in self.mistakes.items():
                try:
                    fits = form_of(wrong) == form
                except ValueError as error:
                    raise ValueError(f"mistake {name!r}: {error}") from error
                count = len(list(numbers_of(wrong))) == len(list(numbers_of(self.answer)))
                _need(fits and count, f"mistake {name!r} has another form than the answer")

    def _variant_(self) -> dict[str, Any]:
        """Say everything as plain data."""
        mistakes, left_out = list[list[Any]](), list[str]()
        for name, wrong in self.mistakes.items():
            known = [self.answer, *(one for _, one in mistakes)]
            near = {"tolerance": self.tolerance, "relative": self.relative}
            if any(same(wrong, one, **near) for one in known):
                left_out.append(name)
            else:
                mistakes.append([name, wrong])
        return {
            "text": self.text,
            "form": self.form,
            "answer": self.answer,
            "tolerance": self.tolerance,
            "relative": self.relative,
            "unit": self.unit,
            "steps": list(self.steps),
            "mistakes": mistakes,
            "left_out": left_out,
            "choices": self._mixed(),
            "marking": list(self.marking),
        }

    def _mixed(self) -> list[str]:
        """Give the choices in an order that is always the same and says nothing of the answer."""
        return sorted(
            self.choices, key=lambda one: hashlib.sha256(f"{self.text}{one}".encode()).digest()
        )

    def _repr_markdown_(self) -> str:
        """Show the question, and its answer in a box to unfold."""
        parts = [self.text.strip()]
        if self.choices:
            parts.append("\n".join(f"- {one}" for one in self._mixed()))
        near = {"tolerance": self.tolerance, "relative": self.relative}
        answer = [f"**{answer_text(self.answer, self.unit, **near)}**{self._span()}"]
        if self.marking:
            answer = [str(self.answer), "A good answer says:", _listed(self.marking, "- ")]
        if self.steps:
            answer.append(_listed(self.steps, "1. "))
        inner = "\n\n".join(answer).replace("\n", "\n    ")
        return "\n\n".join([*parts, f'??? check "Answer"\n    {inner}'])

    def _span(self) -> str:
        if self.tolerance:
            return f" (anything within {spelled(self.tolerance)} of it is right)"
        return f" (anything within {spelled(self.relative * 100)}\u202f% of it is right)" * bool(
            self.relative
        )


def _listed(texts: Sequence[str], mark: str) -> str:
    return "\n".join(mark + text.strip().replace("\n", "\n    ") for text in texts)


def _need(holds: bool, said: str) -> None:
    if not holds:
        raise ValueError(said)
