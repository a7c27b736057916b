"""The boxes of a page as their authors write them: `??? card pool-gradient "Why?"`."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

_BOX: Final = re.compile(
    r"(?P<indent> *)\?{3}\+? ?(?P<words>[\w-]+(?: +[\w-]+)*)(?: +\"(?P<question>.*)\")? *"
)
_FENCE: Final = re.compile(r"[ >]*(?P<marks>`{3,}|~{3,})(?P<rest>.*)")
_STEP: Final = 4
"""By so many spaces an answer stands to the right of its question."""


@dataclass(frozen=True, slots=True)
class Box:
    """A question with its answer, in Markdown."""

    file: str
    line: int
    """Of the question, counted from 1"""
    kind: str
    names: tuple[str, ...]
    """The words between the kind and the question: one id, if all is well"""
    question: str
    """Empty where the author wrote none"""
    answer: str


def boxes_in(text: str, file: str, kinds: Collection[str], *, cut: int = 0) -> Iterator[Box]:
    """Find the boxes of a page; what stands in a fence of code is none.

    Args:
        text: Markdown.
        file: how messages name the page.
        kinds: those that are looked for.
        cut: lines of the file above the text.
    """
    lines = text.expandtabs(_STEP).split("\n")
    for number in _outside_fences(lines):
        found = _BOX.fullmatch(lines[number])
        kind, *names = found["words"].split() if found else [""]
        if found and kind in kinds:
            answer = _indented(lines[number + 1 :], len(found["indent"]) + _STEP)
            yield Box(file, cut + number + 1, kind, tuple(names), found["question"] or "", answer)


def _outside_fences(lines: list[str]) -> Iterator[int]:
    opened = ""
    for number, line in enumerate(lines):
        fence = _FENCE.fullmatch(line)
        if opened:
            if fence and fence["marks"].startswith(opened) and not fence["rest"].strip():
                opened = ""
        elif fence and "`" not in fence["rest"]:
            opened = fence["marks"]
        else:
            yield number


def _indented(lines: list[str], width: int) -> str:
    taken: list[str] = []
    for line in lines:
        if line.strip() and not line.startswith(" " * width):
            break
        taken.append(line[width:])
    return "\n".join(taken).strip("\n")
