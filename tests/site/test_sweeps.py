"""Sweeps and steppers as their readers use them."""

import re

import pytest
from playwright.sync_api import expect

from opened_from import OVER

STEPS = "convolution/correlation.html"
CHOICES = "convolution/output-size.html"
PAGES = [STEPS, CHOICES, "nonlinearity/pooling.html"]
SHOWN = """() => [...document.querySelectorAll('worked-sweep .worked-frame')]
    .filter(frame => getComputedStyle(frame).visibility == 'visible'
                     && frame.getBoundingClientRect().height > 20)
    .map(frame => frame.id.split(':')[1])"""

# not of the page, to which the cards come later
HEIGHT = "[...document.querySelectorAll('worked-sweep')].map(one => one.offsetHeight).join()"


def shown(opened):
    """The frames that can be seen, by the end of their addresses."""
    return opened.page.evaluate(SHOWN)


@OVER
@pytest.mark.parametrize("page", PAGES)
def test_one_frame_is_shown_and_nothing_is_asked_for(page, over, visit):
    opened = visit(page, over=over)
    assert len(shown(opened)) == 1
    assert (opened.foreign, opened.errors) == ([], [])


def test_radio_buttons_choose_the_value_of_each_parameter(visit):
    opened = visit(CHOICES)
    assert shown(opened) == ["stride=1,padding=0,dilation=1"]
    for name, value in (("stride", "2"), ("dilation", "2"), ("padding", "1")):
        opened.page.get_by_role("group", name=name).get_by_role("radio", name=value).check()
    assert shown(opened) == ["stride=2,padding=1,dilation=2"]


def test_arrow_keys_move_among_radio_buttons(visit):
    opened = visit(CHOICES)
    opened.page.get_by_role("group", name="padding").get_by_role("radio", name="0").focus()
    opened.page.keyboard.press("ArrowRight")
    assert shown(opened) == ["stride=1,padding=1,dilation=1"]


def test_a_slider_moves_by_keyboard_and_says_its_value(visit):
    opened = visit(STEPS)
    slider = opened.page.get_by_role("slider", name="step")
    slider.focus()
    opened.page.keyboard.press("ArrowRight")
    assert shown(opened) == ["step=2"]
    expect(slider).to_have_attribute("aria-valuetext", "2, 2 of 9")
    opened.page.keyboard.press("End")
    assert shown(opened) == ["step=9"]


def test_buttons_step_and_stop_at_either_end(visit):
    opened = visit(STEPS, size="phone", has_touch=True)
    back = opened.page.get_by_role("button", name="Step back")
    on = opened.page.get_by_role("button", name="Step on")
    expect(back).to_have_attribute("aria-disabled", "true")
    on.tap()
    on.tap()
    assert shown(opened) == ["step=3"]
    back.tap()
    assert shown(opened) == ["step=2"]
    for _ in range(7):
        on.tap()
    expect(on).to_have_attribute("aria-disabled", "true")
    on.tap(force=True)
    assert shown(opened) == ["step=9"]


def test_play_goes_through_the_frames_until_it_is_paused(visit):
    opened = visit(STEPS)
    opened.page.clock.install()
    opened.page.get_by_role("button", name="Play").click()
    opened.page.clock.run_for(4000)
    assert shown(opened) == ["step=3"]
    opened.page.get_by_role("button", name="Pause").click()
    opened.page.clock.run_for(60_000)
    assert shown(opened) == ["step=3"]


def test_play_ends_at_the_last_frame_and_begins_again_at_the_first(visit):
    opened = visit(STEPS)
    opened.page.clock.install()
    play = opened.page.get_by_role("button", name="Play")
    play.click()
    opened.page.clock.run_for(60_000)
    assert shown(opened) == ["step=9"]
    play.click()
    assert shown(opened) == ["step=1"]


def test_nothing_moves_by_itself_and_who_wants_calm_has_steps_only(visit):
    opened = visit(STEPS, reduced_motion="reduce")
    expect(opened.page.get_by_role("button", name="Play")).to_have_count(0)
    opened.page.get_by_role("button", name="Step on").click()
    assert shown(opened) == ["step=2"]


def test_the_arithmetic_of_a_step_is_said(visit):
    opened = visit(STEPS)
    status = opened.page.locator("worked-sweep").get_by_role("status")
    expect(status).to_have_text("")
    opened.page.get_by_role("button", name="Step on").click()
    expect(status).to_have_text(re.compile(r"step.=.2\. Step 2 of 9: .* = 30\.$"))


def test_every_frame_has_the_number_of_the_figure_once(visit):
    opened = visit(STEPS)
    number = opened.page.locator("#fig-correlation-steps .worked-frame .worked-number")
    assert number.count() == 9
    assert len(set(number.all_text_contents())) == 1


@OVER
def test_an_address_opens_its_frame(over, visit):
    opened = visit(f"{STEPS}#fig-correlation-steps:step=6", over=over)
    assert shown(opened) == ["step=6"]
    expect(opened.page.get_by_role("slider", name="step")).to_have_value("5")
    expect(opened.page.get_by_role("slider", name="step")).to_be_in_viewport()


def test_an_address_that_changes_changes_the_frame(visit):
    opened = visit(CHOICES)
    opened.page.evaluate("location.hash = 'fig-output-size:stride=2,padding=0,dilation=2'")
    stride = opened.page.get_by_role("group", name="stride")
    expect(stride.get_by_role("radio", name="2")).to_be_checked()
    assert shown(opened) == ["stride=2,padding=0,dilation=2"]


@pytest.mark.parametrize("end", ["fig-correlation-steps:step=99", "%E0%A4%A", "fig-other", ":"])
def test_another_address_shows_the_first_frame(end, visit):
    opened = visit(f"{STEPS}#{end}")
    assert shown(opened) == ["step=1"]
    assert opened.errors == []


def test_a_step_changes_the_address_and_neither_scrolls_nor_fills_the_history(visit):
    opened = visit(STEPS)
    on = opened.page.get_by_role("button", name="Step on")
    on.scroll_into_view_if_needed()
    before = opened.page.evaluate(f"[scrollY, history.length, {HEIGHT}]")
    on.click()
    after = opened.page.evaluate(f"[scrollY, history.length, {HEIGHT}]")
    assert opened.page.url.endswith("#fig-correlation-steps:step=2")
    assert after == before


def test_the_page_does_not_move_from_frame_to_frame(visit):
    opened = visit(CHOICES, size="phone")
    heights = set()
    for radio in opened.page.locator("worked-sweep").get_by_role("radio").all():
        radio.check()
        heights.add(opened.page.evaluate(HEIGHT))
    assert len(heights) == 1


def test_print_shows_all_frames_with_one_number(visit):
    opened = visit(CHOICES)
    opened.page.emulate_media(media="print")
    count = opened.page.locator("worked-sweep .worked-frame").count()
    assert len(shown(opened)) == count
    expect(opened.page.locator(".worked-controls")).to_be_hidden()
    numbers = opened.page.locator("worked-sweep .worked-number:visible")
    assert numbers.count() == 1
    for title in opened.page.locator("worked-sweep .worked-frame-title").all():
        expect(title).to_be_visible()


def test_where_the_focus_is_can_be_seen(visit):
    opened = visit(STEPS)
    opened.page.get_by_role("slider", name="step").focus()
    for _ in range(3):
        opened.page.keyboard.press("Tab")
        style = opened.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style == "solid"


def test_the_script_does_nothing_where_there_is_no_sweep(visit):
    opened = visit("index.html")
    assert opened.page.locator("script[src$='assets/worked.js']").count() == 1
    assert opened.page.locator("worked-sweep").count() == 0
    assert opened.errors == []
