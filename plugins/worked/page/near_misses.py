"""Marks that are nearly right: what an author surely meant, and how to write it."""

import re
from collections.abc import Iterable
from typing import Final

from worked.hints import nearest

_OPTION_LINE: Final = re.compile(r"\s*#\s*\|\s*(?P<name>[A-Za-z_][\w-]*)\s*[:=](?P<value>.*)")
_ALMOST_VALUE: Final = re.compile(
    r"\s*\{\s*(?:i?python[23]?|py)\s*[:=]?\s*\}\s*(?P<body>\S.*)", re.IGNORECASE
)
_LANGUAGES: Final = frozenset({"python", "python3", "py", "py3", "ipython", "ipython3"})
_MARKS: Final = {"run": "python {.run}", "expect": "text {.expect}"}


def fence_hint(info: str) -> str:
    """Say how to write a fence that is nearly a cell or an expectation; nothing for any other.

    Args:
        info: what stands after the mark of the fence.
    """
    words = [word for word in re.split(r"[\s{}]+", info.lower()) if word]
    marked = [word.lstrip(".#") for word in words if word[0] in ".#" or "{" in info]
    is_python = bool(words) and words[0].lstrip(".") in _LANGUAGES
    for word in marked:
        if word in _MARKS:
            return f"write `{_MARKS[word]}`, not `{info}`"
        if is_python and nearest(word, ["run"], cutoff=0.75):
            return f"write `python {{.run}}` for a cell, not `{info}`"
    return ""


def option_hint(line: str, names: Iterable[str]) -> str:
    """Say how to write a line of a cell that is nearly an option; nothing for any other.

    Args:
        line: of the cell, below its options.
        names: of the options that there are.
    """
    found = _OPTION_LINE.fullmatch(line)
    name = nearest(found["name"].replace("_", "-").lower(), names, cutoff=0.75) if found else ""
    if not found or not name:
        return ""
    return (
        f"an option is `#| {name}: …` at the top of its cell, before any code and empty line; "
        f"here Python reads a comment"
    )


def value_hint(span: str) -> str:
    """Say how to write a code span that is nearly a value; nothing for any other.

    Args:
        span: what stands between the backticks.
    """
    found = _ALMOST_VALUE.fullmatch(span)
    if not found:
        return ""
    return f"a value is written `{{python}} {found['body'].strip()}`"
