"""The cards of a page, one at a time: by finger, keyboard and screen reader, and on paper."""

import gzip
import itertools

import pytest

from axe_of_pages import EACH_SIZE_AND_SCHEME, broken
from reviewing import (
    CARDS,
    FORGOT,
    KEY,
    KNEW,
    OVER_AND_SIZE,
    REVEAL,
    answer,
    area_of,
    finish,
    keep,
    kept,
    press,
)

PAGE = "convolution/channels.html"
DENIED = """Object.defineProperty(window, 'localStorage', {
    get() { throw new DOMException('no', 'SecurityError'); }
})"""
FILL = """key => {
    for (let size = 1 << 22; size; size >>= 1)
        for (let n = 0; n < 9; n += 1)
            try { localStorage.setItem(`filled-${size}-${n}`, 'x'.repeat(size)); } catch (e) { }
}"""


@pytest.fixture
def opened(visit):
    """Open a page with cards: the visit, and the place of the cards."""

    def at(name=f"{PAGE}{CARDS}", **options):
        here = visit(name, **options)
        return here, area_of(here.page)

    return at


@OVER_AND_SIZE
def test_a_session_is_still_known_when_the_page_is_opened_again(over, size, opened):
    here, area = opened(PAGE, over=over, size=size)
    asked = finish(area, forget=2)
    assert len(asked) == len(set(asked)) + 2
    assert asked[-2:] == asked[:2]  # what was forgotten came back before the end
    grades = [[grade for _, grade, _ in reviews] for reviews in kept(here.page).values()]
    assert sorted(grades) == [[1, 3]] * 2 + [[3]] * (len(set(asked)) - 2)
    again = here.page.context.new_page()
    here.page.close()
    again.goto(f"{here.home}{PAGE}{CARDS}")
    said = area_of(again).inner_text()
    assert "rest" in said
    assert "comes back in 10 minutes" in said
    assert (here.errors, here.foreign) == ([], [])


def test_the_buttons_never_move(opened):
    here, area = opened(size="phone")
    places = set()
    bar = area.locator(".revise-buttons")

    def note():
        box = bar.bounding_box()
        scrolled = here.page.evaluate("scrollY")
        places.add((box["x"], box["y"] + scrolled, box["width"], box["height"]))

    note()
    while area.locator(".revise-finished").count() == 0:
        press(area, REVEAL)
        note()
        press(area, KNEW)
        note()
    assert len(places) == 1


def test_it_goes_by_keyboard_alone(opened):
    here, area = opened()
    keys = here.page.keyboard
    area.get_by_role("button", name=REVEAL).focus()
    count = area.locator(".revise-face").count()
    keys.press(" ")  # the button's own
    keys.press("1")
    for _ in range(count):
        assert here.page.evaluate("document.activeElement.matches('.revise-stage')")
        keys.press("2")  # nothing yet: the answer is not open
        keys.press(" ")
        keys.press("2")
    area.locator(".revise-finished").wait_for()
    assert [len(reviews) for reviews in kept(here.page).values()].count(2) == 1
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")  # once more
    assert area.locator(".revise-finished").count() == 0


def test_keys_act_only_while_the_focus_is_inside(opened):
    here, area = opened()
    for key in (" ", "1", "2"):
        here.page.keyboard.press(key)
    assert area.locator(".revise-open").count() == 0
    assert kept(here.page) == {}


def test_a_screen_reader_is_told_the_question_the_answer_and_the_end(opened):
    _, area = opened()
    status = area.get_by_role("status")
    question = area.locator(".revise-now > .revise-question").inner_text()
    assert status.text_content().startswith("Question: ")
    press(area, REVEAL)
    assert status.text_content().startswith("Answer: ")
    press(area, KNEW)
    assert status.text_content() != f"Question: {question}"
    finish(area)
    assert status.text_content().startswith("Done. ")


def test_a_double_click_shows_the_answer_and_grades_nothing(opened):
    here, area = opened()
    box = area.get_by_role("button", name=REVEAL).bounding_box()
    here.page.mouse.dblclick(box["x"] + 20, box["y"] + 20)
    assert area.get_by_role("button", name=FORGOT).is_visible()
    assert kept(here.page) == {}


def test_an_answer_can_be_taken_back_also_the_last(opened):
    here, area = opened()
    question = answer(area, knew=False)
    press(area, "Take back")
    assert area.locator(".revise-now > .revise-question").inner_text() == question
    assert kept(here.page) == {}
    asked = finish(area)
    press(area, "Take back")
    assert finish(area) == asked[-1:]
    assert all(len(reviews) == 1 for reviews in kept(here.page).values())


def test_two_windows_lose_nothing_of_each_other(opened):
    here, area = opened()
    other = here.page.context.new_page()
    other.goto(f"{here.home}nonlinearity/pooling.html{CARDS}")
    for _ in range(2):
        answer(area)
        answer(area_of(other))
    assert len(kept(here.page)) == 4


def test_where_nothing_can_be_kept_it_says_so_and_goes_on(opened, visit):
    here, _ = opened()
    denied = here.page.context.new_page()
    denied.add_init_script(DENIED)
    denied.goto(f"{here.home}{PAGE}{CARDS}")
    area = area_of(denied)
    assert "This browser keeps nothing" in area.get_by_role("alert").inner_text()
    assert len(finish(area, forget=1)) == area.locator(".revise-face").count() + 1
    assert "comes back in 10 minutes" in area.inner_text()
    assert here.errors == []


def test_where_storage_is_full_it_says_so_and_goes_on(opened):
    here, area = opened()
    answer(area)
    before = kept(here.page)
    here.page.evaluate(FILL)
    finish(area)
    assert "storage is full" in area.get_by_role("alert").inner_text()
    assert "comes back in 10 minutes" in area.inner_text()
    assert kept(here.page) == before
    assert here.errors == []


def test_what_a_newer_version_has_kept_stays_as_it_is(opened):
    here, _ = opened()
    text = '{"version": 2, "something": "new"}'
    here.page.evaluate(f"localStorage.setItem({KEY!r}, {text!r})")
    here.page.reload()
    area = area_of(here.page)
    assert "A newer version" in area.get_by_role("alert").inner_text()
    finish(area)
    assert here.page.evaluate(f"localStorage.getItem({KEY!r})") == text


def test_what_cannot_be_read_is_put_aside(opened):
    here, _ = opened()
    here.page.evaluate(f"localStorage.setItem({KEY!r}, '{{broken')")
    here.page.reload()
    area = area_of(here.page)
    assert "put aside" in area.get_by_role("alert").inner_text()
    answer(area)
    assert len(kept(here.page)) == 1
    assert here.page.evaluate(f"localStorage.getItem('{KEY}:unread')") == "{broken"


def test_only_what_is_due_is_asked(opened):
    here, area = opened()
    ids = area.evaluate("area => area.boxes.map(box => box.id.slice('card-'.length))")
    now = here.page.evaluate("Date.now()")
    keep(here.page, {card: [[now - 1000, 3, 900]] for card in ids[2:]})
    here.page.reload()
    assert len(finish(area_of(here.page))) == 2


def test_an_address_of_a_card_opens_it_in_the_list(opened):
    here, _ = opened(f"{PAGE}#card-channels-sum")
    card = here.page.locator("#card-channels-sum")
    assert card.get_by_text("They are all added into one number.").is_visible()
    here.page.evaluate("location.hash = '#card-channels-depth'")
    here.page.locator("#card-channels-depth[open]").wait_for()


def test_cards_that_stand_apart_stay_where_they_are_and_are_asked_at_the_end(visit):
    here = visit("bibliography.html", over="http")
    card = '<details class="card"'

    def part(route):
        before, *cards = route.fetch().text().split(card)
        cards[0] += "<p>Something between.</p>"
        route.fulfill(body=card.join([before, *cards]), content_type="text/html")

    here.page.route(f"**/{PAGE}", part)
    here.open(f"{PAGE}{CARDS}")
    boxes = here.page.locator("details.card")
    assert boxes.count() > 1
    assert all(boxes.nth(n).is_visible() for n in range(boxes.count()))
    area = area_of(here.page)
    assert len(finish(area)) == boxes.count()
    assert area.bounding_box()["y"] > boxes.last.bounding_box()["y"]


def test_without_javascript_the_boxes_stand_where_they_stood(visit):
    page = visit(PAGE, java_script_enabled=False).page
    assert page.locator("revise-area").is_hidden()
    card = page.locator("details.card").first
    card.locator("summary").click()
    assert card.locator("p").first.is_visible()


def test_on_paper_there_are_the_boxes_with_their_answers_and_not_the_area(opened):
    here, area = opened()
    here.page.emulate_media(media="print")
    assert area.is_hidden()
    heights = here.page.evaluate(
        "[...document.querySelectorAll('details.card')].map(card => "
        "Math.max(...[...card.children].slice(1).map(one => one.getBoundingClientRect().height)))"
    )
    assert len(heights) > 1
    assert min(heights) > 0


@EACH_SIZE_AND_SCHEME
def test_it_is_accessible_in_each_of_its_states(scheme, size, opened):
    here, area = opened(scheme=scheme, size=size)
    states = [lambda: None, lambda: press(area, REVEAL), lambda: press(area, KNEW)]
    for turn in (*states, lambda: finish(area), here.page.reload):
        turn()
        assert broken(here.page, within="revise-area, .revise-list") == []


def test_it_fits_narrow_phones_and_fingers(opened):
    here, area = opened(size="phone", has_touch=True)
    here.page.set_viewport_size({"width": 320, "height": 640})
    press(area, REVEAL)
    buttons = area.locator("button:visible")
    boxes = [buttons.nth(n).bounding_box() for n in range(buttons.count())]
    assert len(boxes) == 2
    assert all(min(box["width"], box["height"]) >= 44 for box in boxes)
    assert area.evaluate("area => area.scrollWidth <= area.clientWidth")


def test_no_two_elements_have_one_id(opened):
    for name in ("architectures/lenet-alexnet.html", PAGE):
        here, _ = opened(f"{name}{CARDS}")
        ids = here.page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
        twice = {one for one, some in itertools.groupby(sorted(ids)) if len(list(some)) > 1}
        assert {one for one in twice if not one.startswith("__code")} == set()  # the theme's own


def test_the_line_of_progress_moves_only_for_who_wants_it(opened):
    here, _ = opened(reduced_motion="reduce")
    style = "getComputedStyle(document.querySelector('.revise-head'), '::after').transitionDuration"
    assert here.page.evaluate(style) == "0s"


def test_a_page_with_cards_grows_by_little_and_others_by_nothing(site):
    files = ("assets/revise-area.js", "assets/revise-area.css")
    assert sum(len(gzip.compress((site / name).read_bytes(), 6)) for name in files) < 12_000
    for page in site.rglob("*.html"):
        html = page.read_text("utf-8")
        assert ("revise-area.js" in html) == ('<details class="card"' in html), page
        assert '/revise-cards.js"' not in html or "<revise-desk" in html, page
