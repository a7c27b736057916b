"""Menu and search open by keyboard on a narrow window, and what is closed takes no focus."""

import pytest

NARROW = {"phone": (390, 844), "desktop at 200 %": (640, 450)}
PAGE = "convolution/output-size.html"
FOCUSED = "document.activeElement.getAttribute('aria-label') || document.activeElement.className"
# a thing with the focus must lie in the window and be drawn; a box may be seen by its label
HIDDEN = """() => {
    const here = document.activeElement;
    if (here === document.body) return null;
    document.getAnimations().forEach(one => one.finish());
    const seen = here.matches('input.md-option') ? here.nextElementSibling : here;
    const box = seen.getBoundingClientRect();
    const inside = box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0
        && box.left < innerWidth && box.top < innerHeight;
    return inside && seen.checkVisibility({opacityProperty: true, visibilityProperty: true})
        ? null : here.outerHTML.slice(0, 200);
}"""


@pytest.fixture(
    params=[
        pytest.param(size, id=name, marks=[] if name == "phone" else [pytest.mark.nightly])
        for name, size in NARROW.items()
    ]
)
def narrow(request, visit):
    def opening(name, **options):
        opened = visit(name, size="phone", **options)
        width, height = request.param
        opened.page.set_viewport_size({"width": width, "height": height})
        return opened

    return opening


def tab_to(page, name):
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == name:
            return
    raise AssertionError(f"no key reaches {name!r}")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_menu_opens_by_keyboard_and_gives_the_focus_back(key, narrow):
    opened = narrow(PAGE)
    page = opened.page
    menu = page.locator(".md-sidebar--primary")
    assert not menu.is_visible()
    tab_to(page, "Menu")
    button = page.get_by_role("button", name="Menu", exact=True)
    assert button.get_attribute("aria-expanded") == "false"
    page.keyboard.press(key)
    assert button.get_attribute("aria-expanded") == "true"
    assert menu.is_visible()
    assert page.evaluate("document.activeElement.matches('.md-sidebar--primary [aria-current]')")
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED) == "Menu"
    menu.wait_for(state="hidden")
    assert opened.errors == opened.foreign == []


def test_the_focus_stays_in_the_open_menu(narrow):
    page = narrow(PAGE).page
    tab_to(page, "Menu")
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body"
            " || Boolean(document.activeElement.closest('.md-sidebar--primary'))"
        )


def test_a_folded_chapter_opens_by_keyboard_and_leads_on(narrow):
    page = narrow(PAGE).page
    tab_to(page, "Menu")
    page.keyboard.press("Enter")
    page.locator(".site-menu summary", has_text="Training").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/training/index.html")


def test_the_menu_closes_by_its_button(narrow):
    page = narrow(PAGE).page
    page.get_by_role("button", name="Menu", exact=True).click()
    page.get_by_role("button", name="Close the menu").click()
    page.locator(".md-sidebar--primary").wait_for(state="hidden")
    assert page.evaluate(FOCUSED) == "Menu"


def test_the_search_opens_by_keyboard_where_it_is_a_button(visit):
    opened = visit(PAGE, size="phone", over="http")
    page = opened.page
    assert not page.locator(".md-search__input").is_visible()
    tab_to(page, "Search")
    page.keyboard.press("Enter")
    field = page.locator(".md-search__input")
    assert field.evaluate("one => one === document.activeElement")
    page.keyboard.type("pooling")
    page.locator(".md-search-result__item").first.wait_for()
    page.keyboard.press("Escape")
    field.wait_for(state="hidden")
    assert page.evaluate(FOCUSED) == "Search"
    assert opened.errors == opened.foreign == []


def test_what_the_keys_reach_is_seen(narrow):
    """By real keys, on one page; test_every_way.py gives the focus to things of all pages."""
    page = narrow(PAGE).page
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(HIDDEN) is None


def test_without_a_script_the_menu_opens_too_and_no_search_is_offered(narrow):
    page = narrow(PAGE, java_script_enabled=False).page
    menu = page.locator(".md-sidebar--primary")
    assert not menu.is_visible()
    assert not page.locator(".md-search, [for=__search]:visible").first.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert menu.is_visible()
    assert page.get_by_role("checkbox", name="Menu").count() == 1
    menu.locator("summary", has_text="Training").click()
    menu.get_by_role("link", name="Optimisers").click()
    page.wait_for_url("**/training/optimisers.html")


def test_a_window_that_becomes_wide_is_not_left_behind_the_menu(visit):
    page = visit(PAGE, size="phone").page
    page.get_by_role("button", name="Menu", exact=True).click()
    page.set_viewport_size({"width": 1400, "height": 900})
    page.wait_for_function("!document.querySelector('[inert]')")
    assert page.locator(".md-sidebar--primary").is_visible()


def test_the_contents_stand_folded_under_the_heading_of_a_phone(visit):
    page = visit(PAGE, size="phone", java_script_enabled=False).page
    contents = page.locator(".site-contents")
    assert contents.bounding_box()["y"] < 400
    contents.locator("summary").click()
    contents.get_by_role("link", name="Keep the size").click()
    assert page.url.endswith("#keep-the-size")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert not contents.is_visible()


def test_a_tap_on_a_term_shows_its_meaning_and_a_second_follows_it(visit):
    page = visit("seeing/saliency.html", size="phone", has_touch=True).page
    term = page.locator('article a[href$="exam/glossary.html#logits"]').first
    term.tap()
    tip = page.locator("#site-tip:not([hidden])")
    tip.wait_for()
    assert tip.inner_text().strip() == "The scores before softmax."
    assert page.url.endswith("seeing/saliency.html")
    term.tap()
    page.wait_for_url("**/exam/glossary.html#logits")


@pytest.mark.parametrize(("touch", "said"), [(True, "Touch a number"), (False, "Point at")])
def test_a_hint_says_what_works_on_the_device(touch, said, visit):
    size = "phone" if touch else "desktop"
    page = visit(PAGE, size=size, has_touch=touch, is_mobile=touch).page
    assert page.locator(".figures-hint").first.inner_text().startswith(said)
