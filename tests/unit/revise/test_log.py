"""The log of answers: what two devices have is joined, and what is no log is refused."""

import itertools
import json
import random

import pytest

from scripts import scripted

DO = """([does, ...texts]) => {
    const {read, write, merged} = revise.log;
    try {
        const logs = texts.map(text => read(text));
        return does === 'merged' ? write(merged(...logs)) : write(logs[0]);
    } catch (error) {
        if (!(error instanceof revise.log.Unreadable)) throw error;
        return `refused: ${error.message}`;
    }
}"""


@pytest.fixture(scope="module")
def page():
    with scripted("revise-log.js") as page:
        yield page


def said(cards, *, version=1, date="", at=0):
    return json.dumps({"version": version, "exam": {"date": date, "at": at}, "cards": cards})


def random_log(rng):
    cards = {
        f"card-{n}": sorted(
            [time, rng.randint(1, 4), rng.randint(0, 9000)]
            for time in rng.sample(range(1, 12), rng.randint(1, 6))
        )
        for n in rng.sample(range(5), rng.randint(0, 5))
    }
    return said(cards, date=rng.choice(["", "2027-01-10", "2027-02-01"]), at=rng.randint(0, 3))


def test_a_join_loses_no_answer_and_its_order_does_not_matter(page):
    rng = random.Random(1)
    joined = lambda *texts: page.evaluate(DO, ["merged", *texts])  # noqa: E731
    for _ in range(60):
        one, other, third = (random_log(rng) for _ in range(3))
        both = joined(one, other)
        assert joined(other, one) == both
        assert joined(both, one) == joined(both, both) == both
        assert joined(both, third) == joined(one, joined(other, third))
        answered = {
            (card, time)
            for text in (one, other)
            for card, reviews in json.loads(text)["cards"].items()
            for time, *_ in reviews
        }
        after = json.loads(both)["cards"]
        assert sorted(answered) == sorted(
            (card, time) for card, reviews in after.items() for time, *_ in reviews
        )
        for reviews in after.values():
            assert all(a[0] < b[0] for a, b in itertools.pairwise(reviews))


def test_a_log_is_written_as_it_is_read(page):
    text = said({"a": [[5, 1, 700], [9, 3, 800]]}, date="2027-01-10", at=4)
    assert json.loads(page.evaluate(DO, ["read", text])) == json.loads(text)


def test_an_answer_that_took_longer_than_a_minute_counts_as_a_minute(page):
    assert '"a":[[5,1,60000]]' in page.evaluate(DO, ["read", said({"a": [[5, 1, 10**9]]})])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is not JSON"),
        ("{", "it is not JSON"),
        ("[]", "it is no log of reviews"),
        ("null", "it is no log of reviews"),
        ('{"version": 0, "cards": {}}', "it is no log of reviews"),
        ('{"version": 2, "cards": {}}', "a newer version of this site has written it"),
        ('{"version": 1}', "it has no cards"),
        ('{"version": 1, "cards": []}', "it has no cards"),
        (said({"a": {}}), "“a” has no list of reviews"),
        (said({"<b>": []}), "“<b>” is no card"),
        (said({"a": [5]}), "a review of “a” is no [time, grade, milliseconds]"),
        (said({"a": [[5, 3]]}), "a review of “a” is no [time, grade, milliseconds]"),
        (said({"a": [[5, 5, 0]]}), "a review of “a” is no [time, grade, milliseconds]"),
        (said({"a": [[-5, 3, 0]]}), "a review of “a” is no [time, grade, milliseconds]"),
        (said({"a": [[5.5, 3, 0]]}), "a review of “a” is no [time, grade, milliseconds]"),
        (said({"a": [[5, 3, -1]]}), "a review of “a” is no [time, grade, milliseconds]"),
        (said({"a": [["5", 3, 0]]}), "a review of “a” is no [time, grade, milliseconds]"),
        (said({}, date="tomorrow", at=1), "the date of the exam is none"),
        (said({}, date="2027-99-99", at=1), "the date of the exam is none"),
        (said({"a": [[5, 3, 0]] * 200_001}), "it has more than 200000 reviews"),
    ],
)
def test_what_is_no_log_is_refused_with_a_reason(text, why, page):
    assert page.evaluate(DO, ["read", text]) == f"refused: {why}"


def test_a_card_may_be_named_as_objects_are_made(page):
    text = '{"version": 1, "cards": {"__proto__": [[5, 3, 0]], "constructor": [[6, 3, 0]]}}'
    both = page.evaluate(DO, ["merged", text, said({"a": [[7, 3, 0]]})])
    assert json.loads(both)["cards"] == {
        "__proto__": [[5, 3, 0]],
        "a": [[7, 3, 0]],
        "constructor": [[6, 3, 0]],
    }
    assert page.evaluate("({}).length === undefined && ({}).a === undefined")
