"""The page Revise: what is due by chapter, sessions over it, the exam, and the file of answers."""

import datetime
import json
import re

import pytest

from axe_of_pages import EACH_SIZE_AND_SCHEME, broken
from opened_from import OVER
from reviewing import CARDS, KNEW, OVER_AND_SIZE, REVEAL, answer, area_of, finish, keep, kept, press

PAGE = "exam/revise.html"
BEGIN = datetime.datetime(2026, 12, 1, 9, tzinfo=datetime.UTC)
DAY = 86_400_000


@pytest.fixture
def opened(visit):
    """Open the page on a morning of the calendar: the visit, and the desk."""

    def at(name=PAGE, **options):
        here = visit("bibliography.html", **options)
        here.page.clock.install(time=BEGIN)
        here.open(name)
        return here, here.page.locator("revise-desk")

    return at


def later(page, **time):
    """Let time pass, and come back to the page."""
    now = page.evaluate("Date.now()") / 1000
    page.clock.set_system_time(now + datetime.timedelta(**time).total_seconds())
    page.reload()


def row(desk, chapter):
    line = desk.locator("tr", has=desk.page.get_by_text(chapter, exact=True))
    cells = line.locator("td").all_inner_texts()
    return dict(zip(("cards", "due", "seen", "known"), map(int, cells), strict=True))


def wrong(here):
    """Name what went wrong, but for what the theme says of a clock that is moved."""
    return [error for error in here.errors if "cancelled action" not in error] + here.foreign


def headline(desk):
    return desk.locator(".revise-sum").inner_text()


def ids(page, count, start=0):
    return page.evaluate(f"reviseCards.cards.slice({start}, {start + count}).map(card => card.id)")


@OVER_AND_SIZE
def test_what_was_learned_is_due_days_later_by_chapter(over, size, opened):
    here, desk = opened(over=over, size=size)
    assert headline(desk) == "You have seen none of these cards yet."
    press(desk, "Begin 10 new cards")
    assert len(finish(desk, forget=3)) == 13
    press(desk, "Back to the chapters")
    assert headline(desk) == "Nothing is due. The next card comes back in 10 minutes."
    later(here.page, minutes=11)
    assert headline(desk) == "10 cards are due."
    press(desk, "Revise 10 due cards")
    finish(desk)
    later(here.page, days=1)
    assert "Nothing is due" not in headline(desk)  # those that were forgotten
    later(here.page, days=3)
    assert headline(desk) == "10 cards are due."
    total = row(desk, "Chosen")
    assert (total["due"], total["seen"]) == (10, 10)
    assert 7 <= total["known"] <= 10
    assert wrong(here) == []


def test_a_card_comes_back_while_the_page_stays_open(opened):
    here, desk = opened()
    press(desk, "Begin 10 new cards")
    finish(desk)
    press(desk, "Back to the chapters")
    here.page.clock.run_for(11 * 60_000)
    assert headline(desk) == "10 cards are due."


def test_a_card_answered_on_its_page_is_the_same_on_this_one(opened):
    here, desk = opened(f"convolution/channels.html{CARDS}")
    count = len(finish(area_of(here.page)))
    here.page.get_by_role("link", name="Revise all pages").click()
    here.page.wait_for_url(f"**/{PAGE}")
    assert row(desk, "Chosen")["seen"] == count
    assert row(desk, "Convolution")["seen"] == count


def test_a_session_is_over_the_chosen_chapters(opened):
    here, desk = opened()
    boxes = desk.get_by_role("checkbox")
    for n in range(boxes.count()):
        boxes.nth(n).set_checked(False)
    assert headline(desk) == "No chapter is chosen."
    assert desk.locator(".revise-start:visible").count() == 0
    desk.get_by_label("Seeing inside").check()
    count = row(desk, "Seeing inside")["cards"]
    press(desk, f"Tonight: all {count} once")
    assert len(finish(desk)) == count
    said = set(kept(here.page))
    pages = here.page.evaluate(
        "reviseCards.cards.map(card => [card.id, reviseCards.pages[card.page].chapter])"
    )
    assert {chapter for card, chapter in pages if card in said} == {"Seeing inside"}


def test_tonight_begins_with_the_worst_and_says_how_long_it_takes(opened):
    here, desk = opened()
    all_of_them = here.page.evaluate("reviseCards.cards.length")
    assert "Times are a guess" in desk.inner_text()
    now = here.page.evaluate("Date.now()")
    cards = {card: [[now - 9 * DAY, 3, 6000]] for card in ids(here.page, 30)}
    worst = ids(here.page, 1, start=40)[0]
    cards[worst] = [[now - DAY, 1, 6000]]
    keep(here.page, cards)
    here.page.reload()
    minutes = round(all_of_them * 6 / (1 - 1 / 31) / 60)
    button = desk.get_by_role("button", name=f"Tonight: all {all_of_them} once, worst first")
    assert f"about {minutes} min" in button.inner_text()
    assert "your last 31 answers" in desk.inner_text()
    button.click()
    answer(desk)
    assert len(kept(here.page)[worst]) == 2
    press(desk, "Stop")
    assert desk.get_by_role("table").is_visible()


def test_an_answer_leads_to_its_place_in_the_notes(opened):
    here, desk = opened()
    press(desk, "Begin 10 new cards")
    card = ids(here.page, 1)[0]
    press(desk, REVEAL)
    desk.locator(".revise-now .revise-from a").click()
    here.page.wait_for_url(f"**#card-{card}")
    here.page.locator(f"#card-{card}[open]").wait_for()


def test_no_card_waits_beyond_the_day_before_the_exam(opened):
    here, desk = opened()
    now = here.page.evaluate("Date.now()")
    known = [[now - 20 * DAY, 3, 900], [now - 20 * DAY + 700_000, 3, 900], [now - 9 * DAY, 3, 900]]
    keep(here.page, {card: [*known, [now, 3, 900]] for card in ids(here.page, 5)})
    here.page.reload()
    assert re.search(r"comes back on \d+ January 2027\.$", headline(desk))
    desk.get_by_label("Exam on").fill("2026-12-15")
    assert headline(desk) == "Nothing is due. The next card comes back on 14 December."
    assert re.search(r"14 days left.* new cards a day bring all of them in", desk.inner_text())
    here.page.reload()
    assert desk.get_by_label("Exam on").input_value() == "2026-12-15"
    later(here.page, days=13)
    assert headline(desk) == "5 cards are due."
    later(here.page, days=1)
    assert "The exam is today." in desk.inner_text()
    later(here.page, days=1)
    assert "The exam is past" in desk.inner_text()


def saved(here, desk, folder):
    """Save the answers as a file, as a reader does."""
    with here.page.expect_download() as download:
        press(desk, "Save my answers as a file")
    place = folder / download.value.suggested_filename
    download.value.save_as(place)
    return place


@OVER
def test_two_devices_are_joined_by_their_files_and_lose_nothing(over, opened, tmp_path):
    files = []
    for device, forget in (("phone", 2), ("desktop", 0)):
        here, desk = opened(over=over, size=device)
        here.page.clock.set_system_time(BEGIN + datetime.timedelta(hours=forget))
        here.page.reload()
        press(desk, "Begin 10 new cards")
        finish(desk, forget=forget)
        press(desk, "Back to the chapters")
        (tmp_path / device).mkdir()
        files.append(saved(here, desk, tmp_path / device))
        assert files[-1].name == "revise-convolutional-networks-worked-2026-12-01.json"
    logs = [json.loads(file.read_text("utf-8"))["cards"] for file in files]
    desk.locator("input[type=file]").set_input_files(files[0])
    desk.get_by_text("12 new answers, 22 answers in all").wait_for()
    assert kept(here.page) == {
        card: sorted(logs[0][card] + logs[1][card]) for card in logs[0].keys() | logs[1].keys()
    }
    desk.locator("input[type=file]").set_input_files(files[0])
    desk.get_by_text("0 new answers, 22 answers in all").wait_for()
    here.page.reload()
    assert row(desk, "Chosen")["seen"] == 10
    assert wrong(here) == []


def test_a_file_that_is_none_of_answers_changes_nothing(opened, tmp_path):
    here, desk = opened()
    press(desk, "Begin 10 new cards")
    answer(desk)
    press(desk, "Stop")
    before = kept(here.page)
    bad = tmp_path / "holiday.json"
    bad.write_text('{"version": 1, "cards": {"a": [["now", "good"]]}}', "utf-8")
    desk.locator("input[type=file]").set_input_files(bad)
    said = desk.get_by_text("Nothing was joined from holiday.json: a review of “a” is no")
    said.wait_for()
    assert kept(here.page) == before


def test_all_is_forgotten_only_after_a_second_word(opened):
    here, desk = opened()
    press(desk, "Begin 10 new cards")
    answer(desk)
    press(desk, "Stop")
    press(desk, "Forget all answers")
    assert here.page.evaluate("document.activeElement.textContent") == "Keep them"
    press(desk, "Keep them")
    assert len(kept(here.page)) == 1
    press(desk, "Forget all answers")
    press(desk, "Forget 1 answer")
    assert kept(here.page) == {}
    assert headline(desk) == "You have seen none of these cards yet."


def test_it_goes_by_keyboard_alone(opened):
    here, desk = opened()
    keys = here.page.keyboard
    desk.get_by_role("button", name="Begin 10 new cards").focus()
    keys.press("Enter")
    for _ in range(10):
        keys.press(" ")
        keys.press("2")
    desk.locator(".revise-finished").wait_for()
    keys.press("Shift+Tab")  # to what is above the cards
    desk.get_by_role("button", name="Back to the chapters").focus()
    keys.press("Enter")
    assert here.page.evaluate("document.activeElement.className").startswith("revise-sum")
    assert len(kept(here.page)) == 10


@EACH_SIZE_AND_SCHEME
def test_it_is_accessible_in_each_of_its_states(scheme, size, visit):
    here = visit(PAGE, scheme=scheme, size=size)
    desk = here.page.locator("revise-desk")
    for names in (
        (),
        ("Begin 10 new cards",),
        (REVEAL,),
        (KNEW,),
        ("Stop",),
        ("Forget all answers",),
    ):
        for name in names:
            press(desk, name)
        # the list of all cards, which stands below, stays as it is
        assert broken(here.page, within="revise-desk" if names else "article") == []


def test_it_fits_narrow_phones_and_fingers(visit):
    here = visit(PAGE, size="phone", has_touch=True)
    here.page.set_viewport_size({"width": 320, "height": 640})
    desk = here.page.locator("revise-desk")
    assert here.page.evaluate("document.documentElement.scrollWidth") <= 320
    small = desk.evaluate(
        "desk => [...desk.querySelectorAll('button, label, input[type=date]')]"
        ".filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 44)"
        ".map(one => one.textContent)"
    )
    assert small == []


def test_without_javascript_there_is_a_list_of_all_cards(visit):
    page = visit(PAGE, java_script_enabled=False).page
    page.locator(".revise-chapter > summary", has_text="Seeing inside").click()
    link = page.locator(".revise-chapter[open] a[href*='#card-']").first
    link.click()
    page.wait_for_url("**#card-*")
    assert page.locator("details.card:target").is_visible()


def test_a_deck_of_another_version_is_left_alone(visit):
    here = visit("bibliography.html")
    here.page.route(
        "**/revise-cards.js", lambda route: route.fulfill(body="var reviseCards = {version: 2}")
    )
    here.open(PAGE)
    assert here.page.locator("revise-desk").inner_text() == ""
    assert here.page.locator(".revise-chapter").count() > 1
    assert here.errors == []
