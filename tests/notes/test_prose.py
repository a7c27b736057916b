"""No number and no comparison of the prose comes from a keyboard without a reason.

What a pattern can see is a size, a name, a year, what an exercise gives; such classes are in
tests/support/typed_in_prose.py.  Everything else has a line in typed_numbers.txt, with its reason.
`python tests/support/typed_in_prose.py` brings that file up to date.
"""

import pytest

import typed_in_prose as typed

HOW = "compute it, or run `python tests/support/typed_in_prose.py` and write the reason"


def test_every_typed_number_and_comparison_has_a_reason():
    new = typed.unexcused() - set(typed.listed())
    assert not new, f"{HOW}: {sorted(new)}"


def test_no_reason_is_stale():
    gone = set(typed.listed()) - typed.unexcused()
    assert not gone, f"run `python tests/support/typed_in_prose.py`: {sorted(gone)}"


def test_no_reason_is_empty():
    assert [key for key, reason in typed.listed().items() if not reason.strip()] == []


def test_an_assert_that_is_given_as_a_reason_is_on_the_page():
    gone = [
        (page, reason)
        for (page, *_), reason in typed.listed().items()
        if reason.startswith("assert ") and reason not in typed.asserts(page)
    ]
    assert not gone, f"the assert has changed: look at the words again: {gone}"


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("It reaches 97.3 % after 30 epochs.", ["97.3"]),
        ("The loss falls.", ["falls"]),
        ("About twice as many as before.", ["About", "twice"]),
        ("VGG-16 of 2014 has kernels of 3 × 3.", []),
        ("Of 5 networks # are right.", []),
        ("The answer is 97.", ["97"]),
        ("from 64 channels", []),
    ],
)
def test_numbers_and_comparisons_are_found(line, texts):
    assert [one.text for one in places(line) if not typed.excused(one)] == texts


def places(line):
    return [
        typed.Found("page.md", match[0].strip(), line, match.start())
        for pattern in (typed.NUMBER, typed.COMPARES)
        for match in pattern.finditer(line)
    ]


def test_a_value_counts_only_in_the_sentence_of_its_comparison():
    [one] = places("The loss falls. It is # at the end.")
    assert not typed.excused(one)
    [one] = places("The loss falls to #. That is the end.")
    assert typed.excused(one)


def test_a_title_may_compare_since_its_box_refutes_it():
    [one] = places('!!! slip "Common slip: “Most weights do nothing”"')
    assert typed.excused(one)
