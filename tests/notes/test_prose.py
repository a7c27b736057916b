"""No number and no comparison of the prose comes from a keyboard without a reason.

What a pattern can see is a size, a name, a year, what an exercise gives; such classes are in
tests/support/typed_in_prose.py.  Everything else has a line in typed_numbers.txt, with its reason.
`python tests/support/typed_in_prose.py` brings that file up to date.
"""

import pytest

import typed_in_prose as typed

UNSEEN = 29
"""Lines whose reason is that nobody has looked at them yet: it only falls."""
HOW = "compute it, or run `python tests/support/typed_in_prose.py` and write the reason"


def test_every_typed_number_and_comparison_has_a_reason():
    new = typed.unexcused() - set(typed.listed())
    assert not new, f"{HOW}: {sorted(new)}"


def test_no_reason_is_stale():
    gone = set(typed.listed()) - typed.unexcused()
    assert not gone, f"run `python tests/support/typed_in_prose.py`: {sorted(gone)}"


def test_no_reason_is_empty():
    assert [key for key, reason in typed.listed().items() if not reason.strip()] == []


def test_what_nobody_has_looked_at_only_becomes_less():
    unseen = [key for key, reason in typed.listed().items() if reason == typed.UNSEEN]
    assert len(unseen) == UNSEEN, "lower UNSEEN with what you have looked at; never raise it"


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("It reaches 97.3 % after 30 epochs.", ["97.3"]),
        ("The loss falls by #.", ["falls"]),
        ("About twice as many as before.", ["About", "twice"]),
        ("VGG-16 of 2014 has kernels of 3 × 3.", []),
        ("Of 5 networks # are right.", []),
        ("The answer is 97.", ["97"]),
        ("from 64 channels", []),
    ],
)
def test_numbers_and_comparisons_are_found(line, texts):
    places = [
        typed.Found("page.md", match[0].strip(), line, match.start(), asserted=False)
        for pattern in (typed.NUMBER, typed.COMPARES)
        for match in pattern.finditer(line)
    ]
    assert [one.text for one in places if not typed.excused(one)] == texts


def test_a_comparison_stands_beside_an_assert():
    line = "The loss falls."
    assert typed.excused(typed.Found("page.md", "falls", line, 9, asserted=True))
    assert not typed.excused(typed.Found("page.md", "falls", line, 9, asserted=False))
