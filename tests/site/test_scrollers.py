"""What is wider than its place, as a reader moves it."""

PAGE = "convolution/channels.html"
CODE = ".worked-code pre > code"


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
    assert list(wide) == ["z", "dz", "dw"]
    assert len(set(wide.values())) == 1
    page = visit("training/backpropagation.html", size="phone").page
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
