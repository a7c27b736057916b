"""What cells show, as its readers see it: animations are stepped, pictures are there."""

from opened_from import OVER

REFERENCE = "about/reference.html"
FRAMES = """() => [...document.querySelectorAll('[id^="fig-reference-animation:"]')]
    .filter(frame => getComputedStyle(frame).visibility == 'visible'
                     && frame.getBoundingClientRect().height > 20)
    .map(frame => frame.id.split(':')[1])"""


def test_an_animation_is_stepped_without_a_script_of_its_own(visit):
    opened = visit(REFERENCE)
    assert opened.page.evaluate(FRAMES) == ["frame=1"]
    sweep = opened.page.locator("worked-sweep", has=opened.page.locator("#fig-reference-animation"))
    sweep.get_by_role("button", name="Step on").click()
    assert opened.page.evaluate(FRAMES) == ["frame=2"]
    sweep.get_by_role("slider", name="frame").press("End")
    assert opened.page.evaluate(FRAMES) == ["frame=8"]
    assert (opened.foreign, opened.errors) == ([], [])


@OVER
def test_a_picture_is_decoded_in_its_size(over, visit):
    opened = visit(REFERENCE, over=over)
    picture = opened.page.get_by_role("img", name="A square that is black at the upper left")
    assert picture.evaluate("one => [one.naturalWidth, one.naturalHeight, one.width]") == [128] * 3
    assert (opened.foreign, opened.errors) == ([], [])
