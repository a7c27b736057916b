"""All that a reviewer would say of a page, and by what custom of its site."""

import re
from collections.abc import Collection, Iterable
from typing import Final

from worked.errors import Problem
from worked.page import Page
from worked.review.allowed import allowances, unused
from worked.review.prose import ProseLine, blocks_of, prose_lines
from worked.review.rules import RULES, House, term_key
from worked.review.sentences import sentences

CUSTOM: Final = 0.8
"""Share of the lines of paragraphs that are one sentence, from which that is the custom."""

_TERM: Final = re.compile(
    r"^(?:\*\*(?P<bold>[^*\n]+)\*\*|(?P<plain>[^\s:>|#*-][^\n]*))\n:[ ]", re.MULTILINE
)
_HEADED: Final = re.compile(r"^#{2,6}\s+(?P<term>[^\n]+)$", re.MULTILINE)
_ENDED: Final = re.compile(r"[.!?:;][\"”’)\]*_]*(?:\[\^[^\]]+\])*$")


def house_of(pages: Iterable[Page], glossary: str = "", terms: Iterable[str] = ()) -> House:
    """Read from all pages what a site does everywhere.

    Args:
        pages: of the site.
        glossary: the name of the page with the terms; empty for none.
        terms: more of them, abbreviations say.
    """
    known: set[str] = set()
    whole = good = 0
    cites = False
    for page in pages:
        if glossary and page.name == glossary:
            known |= _terms_of(page)
        lines = prose_lines(page)
        cites = cites or any(line.kind == "source" for line in lines)
        for block in blocks_of(lines):
            if block[0].kind == "prose" and len(block) > 1:
                whole += len(block)
                good += sum(map(_is_sentence, block))
    return House(
        terms=frozenset(known and {*known, *map(term_key, terms)}),
        glossary=glossary,
        breaks_lines=whole > 0 and good >= CUSTOM * whole,
        cites=cites,
    )


def _is_sentence(line: ProseLine) -> bool:
    return bool(_ENDED.search(line.text)) and len(sentences(line.text)) == 1


def _terms_of(page: Page) -> set[str]:
    listed = {found["bold"] or found["plain"] for found in _TERM.finditer(page.text)}
    headed = {found["term"] for found in _HEADED.finditer(page.text)}
    parts = (part for term in listed or headed for part in (term, *re.split(r",| or |/|\(", term)))
    return {key for part in parts if (key := term_key(part))}


def review_page(page: Page, house: House, without: Collection[str] = ()) -> list[Problem]:
    """Say what a reviewer would say of a page: warnings, by line, without what it lets stand.

    Args:
        page: as parsed.
        house: what its site does everywhere.
        without: names of rules that the site does without.
    """
    lines = prose_lines(page)
    let, wrong = allowances(page, RULES)
    found = [
        Problem(page.name, line, rule.name, f"{said}: {rule.why}")
        for rule in RULES.values()
        if rule.name not in without
        for line, said in rule.find(page, lines, house)
    ]
    told = [one for one in found if not any(each.covers(one) for each in let)]
    idle = [one for one in let if one.rule not in without]
    return sorted({*told, *wrong, *unused(page, idle, found)})
