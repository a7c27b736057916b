"""What is wrong with the boxes of a site, and what a learner would stumble over."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from revise.boxes import Box

CARD: Final = "card"
LONGEST: Final = 60
"""words of an answer"""
MOST_ITEMS: Final = 3
"""items of an answer that is a list"""
_CLASS: Final = re.compile(r"\.([A-Za-z][\w-]*)")
_FENCED: Final = re.compile(r"^(?P<marks>`{3,}|~{3,}).*?^(?P=marks)[ ]*$", re.M | re.S)
_KEPT: Final = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$|`\{python\}[^`]*`", re.S)
_TARGET: Final = re.compile(r"\]\([^)]*\)|<[^>]+>")
_WORD: Final = re.compile(r"\w[\w’'.,-]*")
_ITEM: Final = re.compile(r"^(?:[-+*]|\d+[.)]) ", re.M)
_SMALL: Final = frozenset(["a", "an", "the", "of", "in", "on", "at", "is", "are", "does", "do"])
"""Words without which a question asks the same"""


@dataclass(frozen=True, slots=True)
class Problem:
    """What an author has to mend."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


def theme_classes(folders: Iterable[str]) -> frozenset[str]:
    """Read which classes a theme's style sheets know.

    Args:
        folders: of the theme's files.
    """
    sheets = (sheet for folder in folders for sheet in Path(folder).rglob("*.css"))
    return frozenset(
        name for sheet in sheets for name in _CLASS.findall(sheet.read_text("utf-8", "replace"))
    )


def wrong_ids(boxes: Iterable[Box], classes: Collection[str]) -> Iterator[Problem]:
    """Find ids that are not one word, are a class of the theme, or are there twice.

    Args:
        boxes: of all pages, in their order.
        classes: of the theme.
    """
    first: dict[tuple[str, str], Box] = {}
    for box in boxes:
        message = ""
        name = box.names[0] if box.names else ""
        if len(box.names) > 1:
            message = f"one id, and then the question in quotes, not {' '.join(box.names)[:80]!r}"
        elif name in classes:
            message = f"{name!r} is a class of the theme: give it another id"
        elif name and (other := first.setdefault((box.kind, name), box)) is not box:
            message = f"the id {name!r} is taken by {other.file}:{other.line}"
        if message:
            yield Problem(box.file, box.line, f"{box.kind}: {message}")


def remarks(boxes: Iterable[Box]) -> Iterator[Problem]:
    """Find cards that cannot be told apart by an id, ask the same, or ask for too much."""
    asked: dict[frozenset[str], Box] = {}
    for card in boxes:
        if card.kind == CARD:
            for message in _remarks(card, asked):
                yield Problem(card.file, card.line, f"card: {message}")


def _remarks(card: Box, asked: dict[frozenset[str], Box]) -> Iterator[str]:
    if not card.names:
        yield "no id before the question: a reader's progress is kept under it"
    words = frozenset(re.findall(r"[^\W_]+|[^\w\s]", card.question.lower())) - _SMALL
    words = frozenset(word for word in words if word not in set("?.,;:“”\"'’"))
    if not words:
        yield "no question in quotes"
    elif (other := asked.setdefault(words, card)) is not card:
        yield f"it asks the same as {other.file}:{other.line}"
    text = _KEPT.sub("x", _FENCED.sub("", card.answer))
    if (items := len(_ITEM.findall(text))) > MOST_ITEMS:
        yield f"a list of {items} items: more than {MOST_ITEMS} are cards of their own"
    if (count := len(_WORD.findall(_TARGET.sub("", text)))) > LONGEST:
        yield f"an answer of {count} words: nobody recalls more than {LONGEST} as one"
