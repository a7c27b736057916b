"""Every question, over many variants: that it can be understood, answered and looked up."""

import re

import numpy as np
import pytest

import questions_of_pages as questions

EVERY = [(page, name) for page in questions.PAGES for name in questions.ids(page)]
LEAST_KINDS = 40
LEAST_MISTAKES = 2
LEAST_ANSWERS = 3
_HEADING = re.compile(r"^#+ (.+?)(?: \{ ?#([\w-]+) ?\})?$", re.M)
_LINK = re.compile(r"\]\((?:\.\./)*([\w/-]+\.md)#([\w-]+)\)")
_NOT_A_LETTER = re.compile(r"[^\w\s-]")


def anchors(page: str) -> set[str]:
    text = (questions.DOCS / page).read_text(encoding="utf-8")
    found = set()
    for title, named in _HEADING.findall(text):
        plain = _NOT_A_LETTER.sub("", title.lower())
        found.add(named or re.sub(r"[\s-]+", "-", plain).strip("-"))
    return found


def test_there_are_at_least_forty_kinds_of_question_and_no_name_is_used_twice():
    names = [name for _, name in EVERY]
    assert len(names) == len(set(names)) >= LEAST_KINDS


@pytest.mark.parametrize(("page", "name"), EVERY)
def test_every_number_of_a_question_is_one_of_those_given(page, name):
    for one in questions.variants(page, name):
        given = set(questions.flat(one.given))
        assert [number for number in questions.numbers(one.text) if number not in given] == []


@pytest.mark.parametrize(("page", "name"), EVERY)
def test_variants_differ_and_no_answer_is_degenerate(page, name):
    drawn = questions.variants(page, name)
    assert len({str(one.answer) for one in drawn}) >= LEAST_ANSWERS
    for one in drawn:
        if not one.choices and not one.marking:
            numbers = np.asarray(one.answer, float)
            assert np.isfinite(numbers).all()
            assert numbers.any(), (name, one.given)


@pytest.mark.parametrize(("page", "name"), EVERY)
def test_a_known_mistake_leads_to_another_answer(page, name):
    for one in questions.variants(page, name):
        if not one.marking:
            assert len(questions.slips(one)) >= LEAST_MISTAKES, (name, one.given)


@pytest.mark.parametrize(("page", "name"), EVERY)
def test_the_steps_lead_to_the_section_that_teaches_it(page, name):
    for one in questions.variants(page, name):
        links = [link for step in one.steps for link in _LINK.findall(step)]
        assert links, name
        for target, anchor in links:
            assert anchor in anchors(target), (name, target, anchor)


@pytest.mark.parametrize(("page", "name"), EVERY)
def test_texts_hold_no_trace_of_a_program(page, name):
    for one in questions.variants(page, name):
        for text in (one.text, *one.steps, *one.marking, *map(str, questions.slips(one))):
            bare = re.sub(r"`[^`]*`", "", text)
            assert not re.search(r"np\.|nan\b|\binf\b|array\(|e[-+]\d\d", bare), (name, text)
            assert bare.count("$") % 2 == 0, (name, text)
            outside = re.sub(r"\$\$[^$]*\$\$|\$[^$]*\$|\]\([^)]*\)", "", bare)
            assert not re.search(r"(?<![\w-])-\d", outside), f"a hyphen for a minus: {text}"
