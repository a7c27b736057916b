"""Where a page's front matter ends: exactly what MkDocs takes off before it converts the rest.

What this reads and what MkDocs converts must be the same text, so it follows `mkdocs.utils.meta`,
also where that surprises: a rule, text and another rule are no front matter, but a first line
`Note: …` is, in MultiMarkdown's way.
"""

import contextlib
import re
from typing import Final

import yaml

from worked import limits

try:  # whichever MkDocs takes: they do not refuse the same texts
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

_YAML: Final = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
_KEY: Final = re.compile(r" {0,3}[A-Za-z0-9_-]+:.*")
_MORE: Final = re.compile(r"(?: {4}|\t).*")


def refused_front_matter(text: str) -> tuple[int, str, str] | None:
    """Say what front matter has that nobody may read: (line, kind, message); None for nothing.

    YAML's reader ends the process where it is very deep, and aliases make a few lines of any size.
    """
    found = _YAML.match(text)
    if found is None:
        return None
    if len(found[1]) > limits.MAX_FRONT_MATTER:
        most = f"{limits.MAX_FRONT_MATTER:,}"
        return 1, "front matter", f"it has {len(found[1]):,} characters; at most {most} are read"
    with contextlib.suppress(yaml.YAMLError):  # then the whole page is text
        for token in yaml.scan(found[1], Loader) if "*" in found[1] else ():
            if isinstance(token, yaml.AliasToken):
                said = "an alias (`*name`) has no place in it: write out what it stands for"
                return token.start_mark.line + 2, "front matter", said
    return None


def body_start(text: str) -> int:
    """Give the offset at which the Markdown of a page begins, empty lines left out."""
    found = _YAML.match(text)
    if found is None:
        return _behind(text, _pairs(text))
    if refused_front_matter(text):
        return 0
    try:
        data = yaml.load(found[1], Loader)
    except Exception:  # of whatever class: MkDocs then takes the whole page for text
        return 0
    return _behind(text, found.end()) if isinstance(data, dict) else 0


def _pairs(text: str) -> int:
    """Skip lines `key: value`, lines that go on with a value, and the empty line that ends them."""
    at = 0
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        row = text[at:stop]
        if not row.strip():
            return stop
        if not _KEY.match(row) and not (at and _MORE.match(row)):
            return at
        at = stop + 1
    return len(text)


def _behind(text: str, at: int) -> int:
    while text[at : at + 1] == "\n":
        at += 1
    return at
