"""Every page of the course ends with graded exercises, of the three kinds that an exam likes.

A page marks the grade in a line of its own, `**Recall**` or `### Recall`, or in the question:
`**Recall.** What …`.
"""

import re

import pytest

import formulas_of_pages as notes

WITHOUT = {f"exam/{name}.md" for name in ("figures", "glossary", "terms", "revise", "papers")}
PAGES = [
    page
    for page in notes.pages()
    if page not in WITHOUT and not page.endswith("index.md") and not page.startswith("practice/")
]
GRADES = ("Recall", "Compute", "Transfer")
KINDS = ("Find the bug", "Design under a budget", "Predict, then run")


def exercises(page: str) -> str:
    text = (notes.DOCS / page).read_text(encoding="utf-8")
    return text[text.index("\n## Check yourself\n") :]


@pytest.mark.parametrize("page", PAGES)
def test_the_exercises_of_a_page_are_graded(page):
    for grade in GRADES:
        assert re.search(rf'^(?:#+ |\*\*|\?\?\? check "\*\*){grade}\b', exercises(page), re.M), (
            grade
        )


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_a_bug_to_find_a_budget_and_a_prediction(page):
    for kind in KINDS:
        assert re.search(rf'^\?\?\? check "(?:\*\*)?{kind}\b', exercises(page), re.M), kind
