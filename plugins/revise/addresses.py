"""What a box is called: its id, or else the first words of its question."""

import re
from typing import Final
from xml.etree.ElementTree import Element

from markdown.extensions.toc import slugify
from markdown.util import ETX, STX

WORDS: Final = 10
"""How many of a question make its address, where it has no id."""
_KEPT: Final = re.compile(rf"{STX}.*?{ETX}|\d+")  # values and formulas, which may change


def address(box: Element, kind: str, words: list[str]) -> str:
    """Name a box.

    Args:
        box: whose first element is the question.
        kind: what the name begins with.
        words: what its author wrote after the kind.
    """
    return f"{kind}-{words[0] if words else _question(box)}"


def _question(box: Element) -> str:
    text = _KEPT.sub(" ", "".join(next(iter(box), box).itertext()))
    words = [word for word in slugify(text, "-").split("-") if not word[:1].isdigit()]
    return "-".join(words[:WORDS])
