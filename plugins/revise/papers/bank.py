"""The questions of a site, as papers take them."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from typing import Any

_APART = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """One question with all its variants."""

    id: str
    topic: str
    level: int
    minutes: int
    place: str
    """Address of the question, from the site's root."""
    variants: tuple[Mapping[str, Any], ...]
    """As `Question` says them, but with HTML in the place of Markdown."""
    print: str
    """Tells this question from the same one before somebody changed it."""

    @property
    def slug(self) -> str:
        """The topic, as it stands in an address."""
        return slug(self.topic)


def slug(name: str) -> str:
    """Write a name as it stands in an address."""
    letters = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return _APART.sub("-", letters).strip("-") or "topic"


def fingerprint(*parts: object) -> str:
    """Give eight letters that change with what the parts say."""
    return sha256(dumps(parts, sort_keys=True).encode()).hexdigest()[:8]


def set_print(questions: Sequence[BankQuestion]) -> str:
    """Give the fingerprint of all questions together."""
    return fingerprint(*sorted((question.id, question.print) for question in questions))
