"""What `worked` is told of cells that are questions: their options, and what is checked."""

from typing import Final

from revise.questions.judging import judge
from worked.page import KIND, Kind, Option

LEVELS: Final = (1, 2, 3)
DEFAULT_MINUTES: Final = 2
_MOST_MINUTES: Final = 30


def read_topic(value: object) -> str:
    """Read the name of a topic."""
    name = " ".join(str(value).split())
    if not 1 < len(name) <= 60 or not any(map(str.isalnum, name)):
        raise ValueError("is the name of a topic, of 2 to 60 characters, such as `output size`")
    return name


def read_level(value: object) -> int:
    """Read how hard a question is."""
    if value not in LEVELS or not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("is 1, 2 or 3, from easy to hard")
    return value


def read_minutes(value: object) -> int:
    """Read how long a question takes."""
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST_MINUTES:
        raise ValueError(f"is a whole number of minutes from 1 to {_MOST_MINUTES}")
    return value


QUESTION: Final = Kind(
    name="question",
    options=(
        Option("topic", read_topic, KIND, is_text=True),
        Option("level", read_level, KIND),
        Option("minutes", read_minutes, KIND),
    ),
    required=("topic", "level"),
    element="revise-question",
    judge=judge,
    package="revise",
)
