"""How long a page takes to read, and how many exercises it has."""

import re
from functools import lru_cache
from typing import NamedTuple

WORDS_A_MINUTE = 150
FORMULA, FIGURE, LINE = 30, 30, 5
"""Seconds for a formula on lines of its own, a figure or table, and a visible line of code."""

EXERCISE = re.compile(r"\?\?\?\+? (?P<kind>check|card)\b")
QUESTION = re.compile(r"#\| question:")
TAKES = re.compile(r"#\| minutes: (\d+)")
TICKS = re.compile(r"`{3,}")
SPAN = re.compile(r"`[^`]+`|\$[^$]+\$")  # a value or a formula is read as one word
TARGET = re.compile(r"\]\([^)]*\)|<[^>]+>")  # where links lead
WORD = re.compile(r"\w[\w’'.-]*")
HIDDEN = {"#| echo: false", "#| code-fold: true"}


class Reading(NamedTuple):
    """What a page asks of its reader."""

    minutes: int
    """For the text, without its exercises, and for questions with drawn numbers."""
    exercises: int
    """Questions to work at; flashcards are not counted."""

    def __str__(self) -> str:
        exercises = f", {counted(self.exercises, 'exercise')}" if self.exercises else ""
        return counted(self.minutes, "minute") + exercises


def counted(number: int, thing: str) -> str:
    """Write how many there are of a thing."""
    return f"{number} {thing}" + ("s" if number != 1 else "")


@lru_cache(maxsize=256)  # a preview asks for the same pages again
def reading(markdown: str) -> Reading:
    """Estimate from a page as it is written, without its front matter.

    Exercises, cards, sources, folded code and what code prints take no time, and a question with
    drawn numbers what it says: the pages of these are nothing else.
    """
    seconds, exercises, in_exercise, in_formula = 0.0, 0, False, False
    fence: list[str] = []
    for line in markdown.splitlines():
        bare = line.strip()
        if in_exercise and (not bare or line.startswith("    ")):
            continue
        asked = EXERCISE.match(line)
        in_exercise = asked is not None
        if asked:
            exercises += asked["kind"] == "check"
        elif fence:
            fence.append(bare)
            if bare == TICKS.match(fence[0])[0]:
                asks = any(map(QUESTION.match, fence))
                exercises += asks
                seconds += 60 * _minutes(fence) if asks else _fence(fence)
                fence = []
        elif TICKS.match(bare):
            fence = [bare]
        elif bare.startswith("$$"):
            in_formula = not in_formula and (bare == "$$" or not bare.endswith("$$"))
            seconds += FORMULA * (in_formula or bare != "$$")
        elif not in_formula and not bare.startswith("[^"):  # the latter is a source
            seconds += 60 / WORDS_A_MINUTE * len(WORD.findall(TARGET.sub("", SPAN.sub("x", bare))))
    return Reading(max(1, round(seconds / 60)), exercises)


def _minutes(lines: list[str]) -> int:
    """Give how long a question takes, which is two minutes where it does not say."""
    said = [found[1] for found in map(TAKES.match, lines) if found]
    return int(said[0]) if said else 2


def _fence(lines: list[str]) -> float:
    """Give the seconds for a cell or another block of code, with the fence itself."""
    if ".expect" in lines[0]:
        return 0
    shown = [line for line in lines[1:-1] if line and not line.startswith("#|")]
    drawn = any(line.startswith(("#| fig-cap:", "#| tbl-cap:")) for line in lines)
    return FIGURE * drawn + (0 if HIDDEN.intersection(lines) else LINE * len(shown))
