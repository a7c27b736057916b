"""Try your own kernel: the map in the browser, and readers who change kernel and pixel."""

import numpy as np
import pytest

import worked
from axe_of_pages import broken
from opened_from import OVER

PAGE = "convolution/kernels-by-hand.html"

FILL = """(element, [picture, kernels]) => {
    element.picture.value = picture;
    element.load();
    return kernels.map(kernel => {
        element.fields.forEach((field, n) => { field.value = kernel[n]; });
        element.fields[8].dispatchEvent(new Event("input"));
        return [element.map.shape, [...element.map.data]];
    });
}"""


@pytest.fixture
def opened(visit):
    """Open the page: the visit, and the element."""

    def at(**options):
        here = visit(PAGE, **options)
        element = here.page.locator("try-kernel")
        element.scroll_into_view_if_needed()
        return here, element

    return at


@pytest.fixture(scope="module")
def correlate2d():
    """The very function that the page shows."""
    worked.install("docs")
    from notes.convolution.correlation import correlate2d

    return correlate2d


@OVER
def test_sixty_random_kernels_give_what_the_notes_own_function_gives(over, opened, correlate2d):
    here, element = opened(over=over)
    rng = np.random.default_rng(11)
    for picture, count in (("photograph", 4), ("disc", 16), ("digit", 40)):
        kernels = rng.normal(0, 3, (count, 3, 3)).round(rng.integers(0, 6))
        maps = element.evaluate(FILL, [picture, kernels.reshape(count, 9).tolist()])
        shape, pixels = element.evaluate("e => [e.shape, [...e.pixels]]")
        image = np.reshape(pixels, shape)
        for kernel, (size, data) in zip(kernels, maps, strict=True):
            expected = correlate2d(image, kernel)
            assert expected.shape == tuple(size)
            np.testing.assert_allclose(np.reshape(data, size), expected, atol=1e-12)
    assert (here.errors, here.foreign) == ([], [])


def test_the_sum_that_is_shown_is_that_of_the_pixel_and_its_nine_products(opened):
    _, element = opened()
    element.get_by_role("combobox", name="Picture").select_option("digit")
    element.get_by_role("combobox", name="Kernel").select_option("Sx")
    rows = element.locator(".site-kernel-sum > span").all_text_contents()
    terms = [row.removesuffix(" +").replace("\N{MINUS SIGN}", "-").split(" · ") for row in rows]
    total = sum(float(pixel) * float(weight) for pixel, weight in terms)
    assert len(terms) == 9
    assert element.locator(".site-kernel-sum > strong").text_content() == (
        f"= {total:g}".replace("-", "\N{MINUS SIGN}")
    )


def test_it_goes_by_keyboard_alone_and_says_where_it_is(opened):
    here, element = opened()
    keys = here.page.keyboard
    element.get_by_role("combobox", name="Picture").focus()
    keys.press("End")  # the digit
    keys.press("Tab")
    keys.press("Home")  # as it is
    assert element.locator(".site-kernel-total").text_content() == "sum 1"
    keys.press("Tab")
    keys.press("Tab")
    assert here.page.evaluate("document.activeElement.ariaLabel") == "row 1, column 2"
    keys.type("2")
    assert element.get_by_role("combobox", name="Kernel").input_value() == "your own"
    for _ in range(9):
        keys.press("Tab")
    assert here.page.evaluate("document.activeElement.getAttribute('role')") == "application"
    for key in ("Shift+ArrowLeft", "Shift+ArrowUp", "ArrowRight", "ArrowDown", "ArrowDown"):
        keys.press(key)
    status = element.get_by_role("status").text_content()
    assert status.startswith("Row 3, column 2: ")
    assert status.count("·") == 9


def test_a_mouse_that_passes_says_nothing_and_shows_the_pixel(opened):
    here, element = opened()
    box = element.locator(".site-kernel-output canvas").bounding_box()
    before = element.get_by_role("status").text_content()
    here.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert element.evaluate("e => e.at") == [35, 35]
    assert element.get_by_role("status").text_content() == before
    here.page.mouse.down()
    here.page.mouse.up()
    assert element.get_by_role("status").text_content().startswith("Row 36, column 36: ")


def test_a_finger_points_at_a_pixel_of_the_picture(opened):
    here, element = opened(size="phone", has_touch=True)
    box = element.locator(".site-kernel-input canvas").bounding_box()
    here.page.touchscreen.tap(box["x"] + box["width"] / 4, box["y"] + box["height"] / 4)
    row, column = element.evaluate("e => e.at")
    assert (row, column) == (17, 17)  # the window around pixel 18


def test_turning_a_kernel_twice_brings_it_back(opened):
    _, element = opened()
    turn = element.get_by_role("button", name="Turn by 180°")
    turn.click()
    assert element.evaluate("e => e.kernel") == [1, 0, -1, 2, 0, -2, 1, 0, -1]
    assert element.get_by_role("combobox", name="Kernel").input_value() == "your own"
    turn.click()
    assert element.get_by_role("combobox", name="Kernel").input_value() == "Sx"


def test_signs_have_the_colours_of_the_scheme_and_nothing_has_none(opened):
    here, element = opened()
    read = """e => {
        const canvas = e.querySelector(".site-kernel-output canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        const at = n => [...data.slice(4 * n, 4 * n + 4)];
        const find = good => [...e.map.data].findIndex(good);
        return [find(x => x > 3), find(x => x < -3), find(x => x === 0)].map(at);
    }"""
    assert element.evaluate(read) == [[201, 106, 43, 255], [59, 130, 196, 255], [0, 0, 0, 0]]
    change = "document.body.style.setProperty('--fig-pos', 'rgb(1, 2, 3)')"
    here.page.evaluate(f"{change}; document.body.setAttribute('data-md-color-scheme', 'slate')")
    here.page.wait_for_function(
        f"(() => ({read})(document.querySelector('try-kernel'))[0][0] === 1)()"
    )


@pytest.mark.parametrize("scheme", ["dark", pytest.param("light", marks=pytest.mark.nightly)])
def test_it_fits_and_is_accessible(scheme, opened):
    here, element = opened(scheme=scheme)
    element.get_by_role("combobox", name="Kernel").select_option("blur")  # long numbers
    sizes = "e => [...e.querySelectorAll('input, select, button')].map(one => {"
    sizes += "const box = one.getBoundingClientRect(); return Math.min(box.width, box.height)})"
    for width in (320, 1280, 360):
        here.page.set_viewport_size({"width": width, "height": 800})
        assert min(element.evaluate(sizes)) >= 24
        assert element.evaluate("e => e.scrollWidth <= e.clientWidth"), width
    assert broken(here.page, within="try-kernel") == []


def test_on_paper_and_without_javascript_there_is_the_still(opened):
    here, element = opened()
    here.page.emulate_media(media="print")
    assert not element.locator(".site-kernel-box").is_visible()
    assert element.locator("figure svg").is_visible()
    _, bare = opened(java_script_enabled=False)
    assert bare.locator("figure svg").is_visible()
    assert bare.locator("select").count() == 0
