"""The scheduler in the browser gives what the reference for FSRS-6 gives."""

import json
import random
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from fsrs import Card, Rating, Scheduler

from scripts import scripted

HISTORIES = 1500
DAY = 86_400_000
BEGIN = 1_760_000_000_000
REPLAY = """text => JSON.stringify(JSON.parse(text).map(reviews => {
    let state = null;
    return reviews.map(([time, grade]) => {
        const recall = revise.scheduler.recall(state, time);
        state = revise.scheduler.review(state, grade, time);
        return {...state, recall};
    });
}))"""


def gap(rng):
    """Draw a time between two reviews: seconds, hours, about a day, months, or years."""
    kind = rng.randrange(5)
    if kind == 2:
        return rng.randint(1, 4) * DAY + rng.choice((-1, 0, 1))
    low, high = ((1_000, 600_000), (600_000, DAY), (), (DAY, 60 * DAY), (60 * DAY, 1500 * DAY))[
        kind
    ]
    return rng.randint(low, high)


def history(rng):
    time, reviews = BEGIN, []
    for _ in range(rng.randint(1, 25)):
        time += gap(rng)
        reviews.append((time, rng.choices((1, 2, 3, 4), (4, 1, 6, 1))[0]))
    return reviews


@pytest.fixture(scope="module")
def histories():
    rng = random.Random(6)
    return [history(rng) for _ in range(HISTORIES)]


@pytest.fixture(scope="module")
def page():
    with scripted("revise-scheduler.js") as page:
        yield page


def replayed(page, histories):
    """Replay in the browser; as text, which crosses the border to it a hundred times faster."""
    return json.loads(page.evaluate(REPLAY, json.dumps(histories)))


@pytest.fixture(scope="module")
def browsers(histories, page):
    return replayed(page, histories)


def moment(time):
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=time)


def referred(reviews):
    """Give what the reference says before (the recall) and after each review."""
    scheduler = Scheduler(enable_fuzzing=False)
    card = Card(card_id=1)
    for time, grade in reviews:
        recall = scheduler.get_card_retrievability(card, moment(time))
        card, _ = scheduler.review_card(card, Rating(grade), moment(time))
        yield card, recall


def test_random_histories_give_the_states_and_due_dates_of_the_reference(histories, browsers):
    expected = [each for reviews in histories for each in referred(reviews)]
    ours = [state for states in browsers for state in states]
    assert [(one["phase"], one["step"]) for one in ours] == [
        (card.state, card.step) for card, _ in expected
    ]
    assert [moment(one["due"]) for one in ours] == [card.due for card, _ in expected]
    assert [moment(one["last"]) for one in ours] == [card.last_review for card, _ in expected]
    np.testing.assert_allclose(
        [(one["stability"], one["difficulty"], one["recall"]) for one in ours],
        [(card.stability, card.difficulty, recall) for card, recall in expected],
        rtol=1e-9,
    )


def test_the_histories_reach_every_state_and_grade(histories, browsers):
    reached = {(state["phase"], state["step"]) for states in browsers for state in states}
    assert reached == {(1, 0), (1, 1), (2, None), (3, 0)}
    assert {grade for reviews in histories for _, grade in reviews} == {1, 2, 3, 4}


def test_a_new_card_that_is_known_comes_back_after_ten_minutes_and_then_after_days(page):
    known, (forgotten,) = replayed(page, [[(BEGIN, 3), (BEGIN + 600_000, 3)], [(BEGIN, 1)]])
    assert [one["due"] - one["last"] for one in known] == [600_000, 2 * DAY]
    assert forgotten["due"] - BEGIN == 60_000
