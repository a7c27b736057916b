"""The glossary: its order, and that the pages it links to use the terms."""

import re
from pathlib import Path

from worked.page.front_matter import body_start

DOCS = Path(__file__).parents[2] / "docs"
ENTRY = re.compile(r"^\*\*(\S.*)\*\*\n:   (.*)\n:   \[(.*)\]\(\.\./(.*\.md)#(.*)\)$", re.M)


def entries() -> list[tuple[str, ...]]:
    return ENTRY.findall((DOCS / "exam" / "glossary.md").read_text(encoding="utf-8"))


def test_terms_stand_in_the_order_of_the_alphabet_and_once():
    terms = [term.lower() for term, *_ in entries()]
    assert len(terms) > 90
    assert terms == sorted(set(terms))


def test_every_entry_parses():
    source = (DOCS / "exam" / "glossary.md").read_text(encoding="utf-8")
    assert source.count("\n:   ") == 2 * len(entries())


def test_no_page_explains_a_term_twice():
    for path in DOCS.rglob("*.md"):
        terms = re.findall(r"glossary\.md#([\w-]+)\)", path.read_text(encoding="utf-8"))
        twice = [term for term in set(terms) if terms.count(term) > 1]
        assert not twice, path


def test_the_page_behind_a_link_uses_the_term_and_has_the_title():
    for term, _, title, page, _ in entries():
        text = (DOCS / page).read_text(encoding="utf-8")
        source = text[body_start(text) :]
        assert source.startswith(f"# {title}\n"), term
        words = source.lower()
        stem = term.lower().split()[0][:6].rstrip("s")
        assert stem in words, f"{term}: {page}"
