"""Where a page's front matter ends: exactly what MkDocs takes off before it converts the rest.

What this reads and what MkDocs converts must be the same text, so it follows `mkdocs.utils.meta`,
also where that surprises: a rule, text and another rule are no front matter, but a first line
`Note: …` is, in MultiMarkdown's way.
"""

import re
from typing import Final

import yaml

try:  # whichever MkDocs takes: they do not refuse the same texts
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

_YAML: Final = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
_KEY: Final = re.compile(r" {0,3}[A-Za-z0-9_-]+:.*")
_MORE: Final = re.compile(r"(?: {4}|\t).*")


def body_start(text: str) -> int:
    """Give the offset at which the Markdown of a page begins, empty lines left out."""
    found = _YAML.match(text)
    if found is None:
        return _behind(text, _pairs(text))
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
