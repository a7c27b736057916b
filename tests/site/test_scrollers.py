"""What is wider than its place: its edge fades where it goes on, and the keyboard reaches it."""

import pytest

PAGE = "convolution/channels.html"
CODE = ".worked-code pre > code"
STATE = """box => {
  const style = getComputedStyle(box);
  return {
    wide: box.scrollWidth > box.clientWidth + 1,
    marked: box.classList.contains("worked-wide"),
    fades: style.maskImage !== "none",
    reached: box.tabIndex === 0,
  };
}"""
ALL = f"""() => [...document.querySelectorAll(
    "pre > code, .worked-scroll, .worked-result pre")]
  .filter(box => box.checkVisibility() && getComputedStyle(box).overflowX !== "visible")
  .map({STATE})"""


@pytest.mark.parametrize("over", ["file", "http"])
@pytest.mark.parametrize("look", [{"scheme": "dark"}, {"forced_colors": "active"}])
def test_on_a_phone_exactly_what_is_cut_off_fades_and_takes_the_focus(over, look, visit):
    opened = visit(PAGE, size="phone", over=over, **look)
    opened.page.wait_for_selector(".worked-wide")
    boxes = opened.page.evaluate(ALL)
    assert any(box["wide"] for box in boxes) and not all(box["wide"] for box in boxes)
    for box in boxes:
        assert box["marked"] == box["fades"] == box["reached"] == box["wide"], box
    assert (opened.foreign, opened.errors) == ([], [])


def test_the_edge_stops_fading_where_there_is_no_more(visit):
    page = visit(PAGE, size="phone").page
    code = page.locator(f"{CODE}.worked-wide").first
    edges = "box => ['left', 'right'].map(side => getComputedStyle(box)" + (
        ".getPropertyValue(`--worked-${side}`) !== '0px')"
    )
    assert code.evaluate(edges) == [False, True]
    code.evaluate("box => { box.scrollLeft = 9; }")
    page.wait_for_selector(f"{CODE}.worked-begun")
    code.evaluate("box => { box.scrollLeft = box.scrollWidth; }")
    page.wait_for_selector(f"{CODE}.worked-ended")
    assert code.evaluate(edges) == [True, False]


def test_what_has_the_focus_shows_its_mark_and_moves_by_the_keyboard(visit):
    page = visit(PAGE, size="phone").page
    code = page.locator(f"{CODE}.worked-wide").first
    code.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("box => box.scrollLeft > 0", arg=code.element_handle())
    assert code.evaluate("box => getComputedStyle(box).maskImage") == "none"


def test_a_folded_cell_that_is_opened_fades_too(visit):
    page = visit(PAGE, size="phone").page
    page.evaluate("() => document.querySelectorAll('details.worked-code').forEach(d => d.open = 1)")
    page.wait_for_selector(f"details.worked-code {CODE.removeprefix('.worked-code ')}.worked-wide")


def test_arrays_with_names_stand_side_by_side_and_below_each_other_on_a_phone(visit):
    boxes = """() => [...document.querySelectorAll(".worked-array:has(> .worked-name)")]
        .map(box => [box.querySelector(".worked-name").textContent,
                     Math.round(box.getBoundingClientRect().top)])"""
    wide = dict(visit("training/backpropagation.html").page.evaluate(boxes))
    assert list(wide) == ["z", "dz", "dw"] and len(set(wide.values())) == 1
    page = visit("training/backpropagation.html", size="phone").page
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
