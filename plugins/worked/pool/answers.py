"""What a worker of a cluster answers about a page: JSON, and nothing of it is unpickled."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from worked.pool.runner import NO_OUTCOME, Outcome
from worked.protocol.reading import (
    MalformedError,
    fields_of,
    list_of,
    number_of,
    text_of,
    whole_of,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a page on a worker of a cluster."""

    crew: str
    """Who has run it; empty where nobody there runs pages of this build."""
    outcome: Outcome = NO_OUTCOME
    lost: str = ""
    """Why the process that runs pages was lost; empty where it was not."""
    unable: str = ""
    """Why this worker cannot run the page, a full disk say; empty where it could."""
    used: Mapping[str, str] = field(default_factory=dict)
    """Distribution -> version there, of the modules that the page has loaded."""


def pack_answer(answer: Answer) -> bytes:
    """Turn an answer into bytes."""
    outcome = answer.outcome
    plain = {
        "crew": answer.crew,
        "messages": outcome.messages,
        "ending": outcome.ending,
        "step": outcome.step,
        "took": list(outcome.took.items()),
        "lost": answer.lost,
        "unable": answer.unable,
        "used": dict(answer.used),
    }
    return json.dumps(plain, separators=(",", ":")).encode()


def read_answer(data: object) -> Answer:
    """Read `pack_answer`'s bytes back, checking every type on the way; messages stay unchecked.

    Raises:
        MalformedError: when anything is not exactly as `pack_answer` writes it.
    """
    names = ("crew", "messages", "ending", "step", "took", "lost", "unable", "used")
    plain = fields_of(plain_json(data), *names)
    took = [list_of(pair) for pair in list_of(plain["took"])]
    if any(len(pair) != 2 for pair in took):
        raise MalformedError("times that are not pairs")
    return Answer(
        crew=text_of(plain["crew"]),
        outcome=Outcome(
            messages=tuple(_object(one) for one in list_of(plain["messages"])),
            ending=text_of(plain["ending"]),
            step=whole_of(plain["step"]),
            took={whole_of(step): number_of(seconds) for step, seconds in took},
        ),
        lost=text_of(plain["lost"]),
        unable=text_of(plain["unable"]),
        used=texts_of(plain["used"]),
    )


def plain_json(data: object) -> object:
    """Read bytes of JSON.

    Raises:
        MalformedError: they are none.
    """
    if not isinstance(data, bytes):
        raise MalformedError(f"expected bytes, not {type(data).__name__}")
    try:
        plain: object = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise MalformedError("bytes that are not JSON") from error
    return plain


def texts_of(data: object) -> dict[str, str]:
    """Give an object whose values are texts."""
    return {name: text_of(value) for name, value in _object(data).items()}


def _object(data: object) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise MalformedError(f"expected an object, not {type(data).__name__}")
    return data
