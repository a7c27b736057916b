"""Which sections of a page use a term of the glossary or an abbreviation, and by which names."""

import re
from dataclasses import dataclass
from html import unescape

from spellings import WORD, spellings

MARK = re.compile(
    r'<h[23] id="(?P<section>[\w-]+)"[^>]*>(?P<title>.*?)</h[23]>'
    r'|<a href="[^"]*glossary\.html#(?P<term>[\w-]+)"'
    r"|<abbr\b[^>]*>(?P<short>[^<]+)</abbr>",
    re.S,
)
LEFT_OUT = re.compile(r'<a class="headerlink".*?</a>|<[^>]+>', re.S)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page below a heading; before the first one, the page itself."""

    title: str
    address: str
    """The part after the #, or "" for the page."""


def sections(html: str) -> dict[str, Section]:
    """Give each section of a page by its address."""
    return {
        found["section"]: Section(unescape(LEFT_OUT.sub("", found["title"])), found["section"])
        for found in MARK.finditer(html)
        if found["section"]
    }


def uses(html: str) -> dict[str, Section]:
    """Give the first section that uses each term, by its address, and each abbreviation."""
    here = Section("", "")
    known = sections(html)
    first: dict[str, Section] = {}
    for found in MARK.finditer(html):
        if found["section"]:
            here = known[found["section"]]
        else:
            first.setdefault(found["term"] or found["short"], here)
    return first


def alike(name: str) -> str:
    """Write a name so that its two spellings are equal, also with and without hyphens."""
    words = re.split(r"[\s-]+", name.lower())
    return " ".join(min([word, *spellings(word)]) for word in words)


def respelled(name: str) -> str:
    """Write a name in the other spelling; as it is, where it has one."""
    return WORD.sub(lambda word: next(iter(spellings(word[0])), word[0]), name)
