"""Every letter of the formulas is on the page on notation, and means there what pages mean by it.

The page on notation has two tables: letters that mean the same on all pages, and letters that
mean something of their own on the pages that are named.  A new letter, or a new meaning, is a
row there; a page says in words what a letter of the second table is.
"""

import re

import pytest

import formulas_of_pages as notes
import letters_of_pages as read

EVERYWHERE = read.everywhere()
ON_PAGES = read.on_pages()
PAGES = [page for page in notes.pages() if page != read.NOTATION]
NOUNS = {  # words that name one thing of the notation only: beside a letter they say which it is
    *("stride", "padding", "dilation", "groups", "kernel", "channels", "loss", "logits", "classes"),
    *("bias", "curvature", "jump", "momentum", "accuracy", "height", "width"),
}
ELSEWHERE = {  # page, word and letter of places where the words are right and name another thing
    ("training/backpropagation.md", "stride", "d"),  # dK is a correlation whose stride is d
}
BY_ITS_FORMULA = {  # page and letter of what only a formula says, and says at once
    ("architectures/vgg-resnet.md", "F"),  # x + F(x)
    ("convolution/receptive-field.md", "n"),  # a card asks for n layers
    ("convolution/variants.md", "A"),  # <Ax, y> = <x, A'y>: any matrix
    *(("nonlinearity/head.md", letter) for letter in "FMV"),  # only the sheet writes them
    ("nonlinearity/equivariance.md", "u"),  # a shift by u is T_u
    ("training/gradient-checks.md", "theta"),  # L(theta + h)
    ("training/initialisation.md", "t"),
    ("training/optimisers.md", "a"),  # (w - a)^2
    ("training/optimisers.md", "alpha"),
    ("training/optimisers.md", "h"),
    ("training/optimisers.md", "t"),
    ("training/trained-network.md", "b"),  # |a - b|^2 of two images
}


def test_both_tables_are_read():
    assert len(EVERYWHERE) > 30
    assert EVERYWHERE["s"].strip() == "stride"
    assert len(ON_PAGES) > 10


@pytest.mark.parametrize("page", PAGES)
def test_every_letter_of_a_page_is_on_the_notation_page_or_said_on_the_page(page):
    unknown = {
        letter
        for letter, home in read.used(page)
        if letter not in EVERYWHERE
        and letter not in ON_PAGES.get(home, {})
        and letter not in ON_PAGES.get(page, {})
        and not read.introduced(page, letter)
    }
    assert unknown == set()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_what_its_own_letters_mean(page):
    """A letter of the second table is introduced in words on each page that the table names."""
    silent = {letter for letter in ON_PAGES.get(page, {}) if not read.introduced(page, letter)}
    assert silent <= {letter for where, letter in BY_ITS_FORMULA if where == page}


def test_a_letter_of_its_own_is_used_on_the_page_that_the_table_names():
    used = {(home, letter) for page in PAGES for letter, home in read.used(page)}
    named = {(page, letter) for page, own in ON_PAGES.items() for letter in own}
    assert named - used == set()


@pytest.mark.parametrize("page", PAGES)
def test_a_word_beside_a_letter_is_what_the_notation_says(page):
    """“The stride $p$” would be a letter with a second meaning."""
    wrong = set()
    for word, letter in read.appositions(page):
        homes = ON_PAGES if page.startswith("exam/") else [page]  # its rows lead to all pages
        own = " ".join(ON_PAGES.get(home, {}).get(letter, "") for home in homes)
        meanings = f"{own} {EVERYWHERE.get(letter, '')}"
        told = re.findall(r"[a-z]+", meanings.lower())
        if word in NOUNS and word.rstrip("s") not in {one.rstrip("s") for one in told}:
            wrong.add((page, word, letter))
    assert wrong - ELSEWHERE == set()


def test_no_exception_is_stale():
    said = {(page, *pair) for page in PAGES for pair in read.appositions(page)}
    assert said >= ELSEWHERE
    assert {page for page, _ in BY_ITS_FORMULA} <= set(ON_PAGES)
