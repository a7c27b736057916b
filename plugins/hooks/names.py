"""The words by which an entry of the search's index is found, beside those that it shows."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from posixpath import splitext
from typing import Any

from spellings import spellings
from terms import Term

MANUAL = "about/"
NO_CHAPTER = "-"
FIRST = re.compile(r".*?</p>", re.S)
TAG = re.compile(r"<[^>]+>")
BLOCK = re.compile(r"<pre>.*?</pre>", re.S)
SPAN = re.compile(r"<code>.*?</code>")
NAME = re.compile(r"[a-z]\w*[_A-Z0-9]\w+|[A-Z]\w*[a-z][A-Z]\w*|[a-z]+(?:-[a-z]+)+")
SEPARATOR = re.compile(r"[\s\-,/]+")


class Names:
    """The names of a site's pages and sections: its glossary and its abbreviations."""

    def __init__(self, abbreviations: Mapping[str, str], terms: Sequence[Term]) -> None:
        self.long = {name: text.partition(":")[0] for name, text in abbreviations.items()}
        self.terms: dict[str, list[str]] = {}
        for term in terms:
            page = f"{splitext(term.page)[0]}.html"
            self.terms.setdefault(page, []).append(term.name)
            self.terms.setdefault(f"{page}#{term.section}", []).extend([term.name, *term.others])

    def complete(self, docs: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Add the hidden fields to the entries of an index; leave sections without text out.

        A page shows its chapter as a tag; its other names are hidden.
        """
        for entry in docs:
            chapter, *others = entry.pop("tags")
            text, hidden = parted(entry["text"], is_manual=entry["location"].startswith(MANUAL))
            is_page = "#" not in entry["location"]
            if not is_page and not text:
                continue
            entry["text"] = text
            if is_page and chapter != NO_CHAPTER:
                entry["tags"] = [chapter]
            names = [plain(entry["title"]), *others] if is_page else []
            entry["also"] = " ".join(self.also(names, self.terms.get(entry["location"], [])))
            shown = plain(text)
            spelled = [*self.others(shown), *names_in(plain(hidden), shown)]
            if spelled:
                entry["spelled"] = " ".join(spelled)
            yield entry

    def also(self, names: list[str], terms: list[str]) -> list[str]:
        """Give each word of the names once, and again where it is of a term defined there."""
        every = [*names, *terms]
        exact = {name.lower() for name in every}
        # CE is the short name of cross-entropy, and not of binary cross-entropy
        short = {name for name, long in self.long.items() if long.lower() not in exact}
        others = [word for word in self.others(", ".join(every)) if word not in short]
        return [*words(names), *words(terms), *others]

    def others(self, text: str) -> list[str]:
        """Give what the text says in another way: spellings, abbreviations, their long forms."""
        found = dict.fromkeys(spellings(text))
        for name, long in self.long.items():
            if re.search(rf"\b{re.escape(name)}s?\b", text):
                found.update(dict.fromkeys(long.split()))
            if re.search(rf"\b{re.escape(long)}", text, re.I):
                found[name] = None
        there = set(SEPARATOR.split(text.lower()))
        return [word for word in found if word.lower() not in there]


def words(names: list[str]) -> list[str]:
    """Give each word of some names once."""
    return list(dict.fromkeys(word for name in names for word in SEPARATOR.split(name.lower())))


def parted(html: str, *, is_manual: bool) -> tuple[str, str]:
    """Part an entry's text: what it shows, and the code of which only names are found.

    The manual, which no student reads, shows its first paragraphs.
    """
    code = " ".join(BLOCK.findall(html))
    text = BLOCK.sub("", html).strip()
    if is_manual and (first := FIRST.match(text)):
        return first[0], f"{code} {' '.join(SPAN.findall(text))}"
    return text, code


def names_in(code: str, text: str) -> list[str]:
    """Give the names in code that a text does not have; plain words are no names."""
    there = text.lower()
    return [name for name in dict.fromkeys(NAME.findall(code)) if name.lower() not in there]


def plain(html: str) -> str:
    """Take the markup out of a text."""
    return unescape(TAG.sub(" ", html))
