"""The rules of a reviewer, each a function from a page's prose to what is odd about it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from worked.page import Page
from worked.review.prose import VALUE, ProseLine, blocks_of
from worked.review.sentences import sentences

Odd = tuple[int, str]
"""(line, what is odd there)"""


TEXT: Final = ("prose", "item")
"""The kinds of lines that say something."""


@dataclass(frozen=True, slots=True)
class House:
    """What a site does everywhere, by which its pages are judged."""

    terms: frozenset[str] = frozenset()
    """Of the glossary, as `term_key` writes them; none where the site names no glossary."""
    glossary: str = ""
    """The page of the glossary; it is no page that has to link to itself."""
    breaks_lines: bool = False
    """Whether a sentence has a line of its own, nearly everywhere."""
    cites: bool = False
    """Whether claims have footnotes."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a reviewer would look at."""

    name: str
    why: str
    """The reason, as the end of a sentence that says what is odd."""
    find: Callable[[Page, tuple[ProseLine, ...], House], Iterator[Odd]]


_PICTURE: Final = re.compile(r"!\[(?P<alt>[^\]\n]*)\](?=[\[(])")
_IMG: Final = re.compile(r"<img\b(?P<rest>[^>]*)>", re.IGNORECASE)
_ALT: Final = re.compile(r"""\balt\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)


def _pictures(page: Page, lines: tuple[ProseLine, ...], house: House) -> Iterator[Odd]:
    for line in lines:
        raw = re.sub(r"(`+).*?\1", "", line.raw)
        if any(not found["alt"].strip() for found in _PICTURE.finditer(raw)):
            yield line.number, "a picture without alternative text, `![what it shows](…)`"
        if any(not _ALT.search(found["rest"]) for found in _IMG.finditer(raw)):
            yield line.number, 'an `<img>` without `alt="…"`'


_RESULT: Final = re.compile(
    r"(?<![\w.,:/×–±-])(?<!× )[−-]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)"
    r"(?![\w:/–-]|[.,]\d|\s?×)(?:\s?%)?"
    r"|(?<![\w.,:/–±-])\d+(?:\.\d+)?\s?%"
)
_GIVEN: Final = re.compile(r"\b(?:at most|at least|up to)\b|\((?:table|figure|section|page) \d")
"""Says that a number is a bound, or names the place of a source that has it."""
_NAMED: Final = re.compile(
    r"(?:\b(?:Python|NumPy|version|section|chapter|figure|table|equation|eq|fig|level|criterion"
    r"|CC BY(?:-SA)?|v|pages?|WCAG|OFL|MIT|Apache|GPL|since|from|before|until|[A-Z]\w*)\.?\s|=\s?"
    r"|≈\s?|\()$"
)


def _results(page: Page, lines: tuple[ProseLine, ...], house: House) -> Iterator[Odd]:
    if not page.cells:
        return
    for block in blocks_of(lines):
        if block[0].kind not in TEXT:
            continue
        cited = any("[^" in line.text for line in block)
        for line in block:
            if cited or VALUE in line.text or _GIVEN.search(line.text):
                continue
            for found in _RESULT.finditer(line.text):
                if not _NAMED.search(line.text[: found.start()]):
                    yield line.number, f"{found[0]} is typed, and no value is in its sentence"
                    break


_CLAIM: Final = re.compile(
    r"\bet al\b|\baccording to\b|\bstate of the art\b"
    r"|\b(?:researchers|(?:recent )?studies|(?:much |recent )?research|the literature|experiments?)"
    r" (?:show|shows|showed|have shown|has shown|suggest|suggests|report|found|find)\b"
    r"|\b(?:was|were) (?:first )?(?:introduced|proposed|invented|published|discovered|named)\b"
    r"(?=.*\b(?:by|in) [A-Z\d])"
    r"|\bis (?:widely|generally|commonly) (?:known|used|believed|accepted)\b"
    r"|\b(?:paper|article|book|report) (?:of|by|from) [A-Z\d]"
    r"|\bin (?:18|19|20)\d\d\b(?! (?:×|x|\w+s\b))",
)
_SOURCED: Final = re.compile(r"\[\^[^\]]+\]|\]\(|https?://|\]\[")


def _claims(page: Page, lines: tuple[ProseLine, ...], house: House) -> Iterator[Odd]:
    if not house.cites:
        return
    for block in blocks_of(lines):
        if block[0].kind not in TEXT or any(_SOURCED.search(line.raw) for line in block):
            continue
        for line in block:
            if found := _CLAIM.search(line.text):
                yield line.number, f"“{found[0]}” and no source"
                break


_CALLED: Final = re.compile(
    r"\b(?:called|named|known as|term(?:ed)?)\s+(?:(?:an?|the|its|their)\s+)?"
    r"\*\*(?P<term>[^*]{2,60})\*\*"
)
_DEFINED: Final = re.compile(
    r"(?:^|[.:;]\s+)(?:An?|The)\s\*\*(?P<term>[^*]{2,60})\*\*,?"
    r"\s+(?:\([^)]{1,60}\)\s+)?(?:is|are|means)\s+(?:an?|the|what|how|where|one)\b"
)


def term_key(term: str) -> str:
    """Give the form of a term in which one and many, and small and large letters, are the same."""
    words = re.sub(r"[^\w\s-]", "", term.lower()).replace("-", " ").split()
    return " ".join(word.removesuffix("s") if len(word) > 3 else word for word in words)


def _terms(page: Page, lines: tuple[ProseLine, ...], house: House) -> Iterator[Odd]:
    if not house.terms or page.name == house.glossary:
        return
    for line in lines:
        if line.kind not in TEXT:
            continue
        for found in (*_CALLED.finditer(line.text), *_DEFINED.finditer(line.text)):
            term = found["term"].strip()
            words = term_key(term).split()
            is_listed = any(known.split()[: len(words)] == words for known in house.terms)
            if not is_listed and not set(term) & {VALUE, "[", "“"}:
                yield line.number, f"“{term}” is explained here and is not in the glossary"


_LEAD: Final = re.compile(r"^\*\*[^*]+[.?!:]\*\*\s+")
"""A heading of a few words at the beginning of a paragraph."""


def _two_sentences(page: Page, lines: tuple[ProseLine, ...], house: House) -> Iterator[Odd]:
    if not house.breaks_lines:
        return
    for line in lines:
        text = _LEAD.sub("", line.text)
        if line.kind == "prose" and (count := len(sentences(text))) > 1:
            yield line.number, f"{count} sentences"


RULES: Final = {
    rule.name: rule
    for rule in (
        Rule("alt-text", "who cannot see it reads nothing instead", _pictures),
        Rule(
            "typed-result",
            "a number that a cell can compute stays right when the cell changes",
            _results,
        ),
        Rule("no-source", "a reader cannot check it", _claims),
        Rule("unlisted-term", "who looks it up does not find it", _terms),
        Rule(
            "two-sentences",
            "one on each line keeps a change to one of them small",
            _two_sentences,
        ),
    )
}
"""The rules by their names, in the order in which the documentation has them."""
