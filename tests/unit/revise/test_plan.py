"""When cards are due to a reader with days and an exam, in what order, and how long they take."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scripts import scripted

ZONE = ZoneInfo("Europe/Berlin")
SCRIPTS = ("scheduler", "log", "due", "plan")
KNEW, FORGOT = 3, 1


@pytest.fixture(scope="module")
def page():
    with scripted(*(f"revise-{name}.js" for name in SCRIPTS), timezone_id=ZONE.key) as page:
        yield page


def at(day, hour=12, minute=0, month=12):
    return int(datetime(2026, month, day, hour, minute, tzinfo=ZONE).timestamp() * 1000)


def waits(page, phase, last, due, exam="", now=None):
    return page.evaluate(
        "([state, exam, now]) => revise.due.waitsUntil(state, exam, now)",
        [{"phase": phase, "last": last, "due": due}, exam, now or last],
    )


def test_a_learned_card_waits_for_a_day_and_not_for_an_hour_of_it(page):
    assert waits(page, 2, at(1, 22), at(4, 22)) == at(4, 0)


def test_a_card_rests_a_whole_day_at_least(page):
    assert waits(page, 2, at(1, 22), at(2, 22)) == at(2, 22)


def test_a_card_being_learned_waits_for_minutes(page):
    assert waits(page, 1, at(1, 22), at(1, 22, 10)) == at(1, 22, 10)


def test_days_are_those_of_the_reader_also_where_the_clock_changes(page):
    last = int(datetime(2026, 10, 24, 12, tzinfo=ZONE).timestamp() * 1000)
    due = last + int(timedelta(days=3) / timedelta(milliseconds=1))
    assert waits(page, 2, last, due) == int(datetime(2026, 10, 27, tzinfo=ZONE).timestamp() * 1000)


@pytest.mark.parametrize(
    ("last", "due", "expected"),
    [
        (at(1), at(9), at(9, 0)),  # long before it
        (at(1), at(30), at(14, 0)),  # capped
        (at(14, 8), at(16, 8), at(16, 0)),  # seen on the day before
    ],
)
def test_before_an_exam_no_card_waits_beyond_the_day_before(last, due, expected, page):
    assert waits(page, 2, last, due, exam="2026-12-15") == expected


def test_after_the_exam_cards_wait_as_long_as_they_can(page):
    assert waits(page, 2, at(1), at(30), exam="2026-12-15", now=at(15, 18)) == at(30, 0)


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (at(1, 12, 1), "in 1 minute"),
        (at(1, 12, 10), "in 10 minutes"),
        (at(1, 15), "in 3 hours"),
        (at(2, 1), "tomorrow"),
        (at(4), "in 3 days"),
        (at(24), "on 24 December"),
        (at(1) + 100 * 86_400_000, "on 11 March 2027"),
    ],
)
def test_how_long_a_card_waits_is_said_as_people_say_it(time, said, page):
    assert page.evaluate("([time, now]) => revise.due.until(time, now)", [time, at(1)]) == said


FIND = """([cards, exam, now]) => {
    const ids = Object.keys(cards);
    const deck = {
        pages: [{chapter: 'One'}, {chapter: ''}],
        cards: ids.map((id, n) => ({id, page: n % 2})),
    };
    const found = revise.plan.survey(deck, {cards, exam: {date: exam, at: 0}}, now);
    const names = some => some.map(one => one.card.id);
    const begin = revise.plan.begin(found, exam, now);
    return {
        due: names(revise.plan.dueNow(found, now)), tonight: names(revise.plan.tonight(found)),
        begin: names(begin.cards), daily: begin.daily, progress: revise.plan.progress(found, now),
    };
}"""


def found(page, cards, exam=""):
    """Say what there is to do on 20 December."""
    return page.evaluate(FIND, [cards, exam, at(20)])


LEARNED = [[at(1), KNEW, 0], [at(1, 13), KNEW, 0], [at(4), KNEW, 0]]


def test_tonight_begins_with_what_was_forgotten_then_what_is_new_then_what_fades(page):
    cards = {
        "fresh": [[at(19), KNEW, 0], [at(19, 13), KNEW, 0]],
        "new": [],
        "fading": [[at(1), KNEW, 0], [at(1, 13), KNEW, 0]],
        "forgotten": [*LEARNED, [at(19), FORGOT, 0]],
    }
    assert found(page, cards)["tonight"] == ["forgotten", "new", "fading", "fresh"]


def test_due_are_cards_that_were_seen_and_waited_long_enough(page):
    cards = {"new": [], "old": LEARNED, "seen now": [*LEARNED, [at(20), KNEW, 0]]}
    assert found(page, cards)["due"] == ["old"]


def test_progress_counts_by_chapter_what_would_be_known_now(page):
    progress = found(page, {"a": LEARNED, "b": [], "c": []})["progress"]
    known = [row.pop("known") for row in progress]
    assert progress == [
        {"title": "One", "cards": 2, "due": 1, "seen": 1},
        {"title": "Other pages", "cards": 1, "due": 0, "seen": 0},
    ]
    assert 0.7 < known[0] < 0.9
    assert known[1] == 0


def test_without_an_exam_ten_cards_are_begun_at_once(page):
    assert len(found(page, {f"c{n}": [] for n in range(30)})["begin"]) == 10


def test_with_an_exam_all_cards_are_begun_before_it(page):
    cards = {f"c{n}": [] for n in range(30)}
    first = found(page, cards, exam="2026-12-23")
    assert (len(first["begin"]), first["daily"]) == (10, 10)
    cards.update({f"c{n}": [[at(20, 9), KNEW, 0]] for n in range(4)})
    later = found(page, cards, exam="2026-12-23")
    assert (len(later["begin"]), later["daily"]) == (6, 10)


def minutes(page, count, reviews):
    return page.evaluate(
        "([count, cards]) => { const pace = revise.plan.pace({cards});"
        " return [pace.measured, revise.plan.minutes(count, pace)]; }",
        [count, {"a": reviews}],
    )


def test_time_is_a_guess_until_enough_answers_are_measured(page):
    assert minutes(page, 100, [[n + 1, KNEW, 1000] for n in range(19)]) == [0, 25]


def test_time_is_measured_from_the_latest_answers_and_what_was_forgotten(page):
    slow = [[n + 1, FORGOT, 50_000] for n in range(100)]
    latest = [[n + 1000, FORGOT if n % 2 else KNEW, 6000] for n in range(200)]
    assert minutes(page, 100, slow + latest) == [200, 100 * 6 * 2 / 60]
