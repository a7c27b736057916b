"""The terms of the glossary, as its page has them in Markdown."""

import re
from dataclasses import dataclass
from functools import lru_cache
from posixpath import dirname, join, normpath

from markdown.extensions.toc import slugify

GLOSSARY = "exam/glossary.md"
NAME = re.compile(r"^\*\*(.+)\*\*(?=\n:   )", re.M)
ENTRY = re.compile(
    r"^\*\*(?P<name>.+)\*\*\n:   (?P<text>.+)$"
    r"(?:\n:   \[(?P<title>.+)\]\((?P<to>[^)#]+)(?:#(?P<section>[^)]+))?\)$)?",
    re.M,
)
OTHERS = re.compile(r"\((?:US|also): ([^)]+)\)")


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the glossary."""

    name: str
    text: str
    page: str
    """Which defines it, as its path below `docs/`; "" where there is no link to one."""
    section: str
    """Of that page: the part of an address after the #."""

    @property
    def address(self) -> str:
        """Give the part of the entry's own address after the #."""
        return slugify(self.name, "-")

    @property
    def others(self) -> list[str]:
        """Give the other names that the text has in brackets."""
        return [name for found in OTHERS.findall(self.text) for name in found.split(", ")]


@lru_cache(maxsize=2)  # every page with a link to an entry asks
def read_terms(markdown: str) -> tuple[Term, ...]:
    """Read all entries, in their order."""
    return tuple(
        Term(
            found["name"],
            found["text"],
            normpath(join(dirname(GLOSSARY), found["to"])) if found["to"] else "",
            found["section"] or "",
        )
        for found in ENTRY.finditer(markdown)
    )
