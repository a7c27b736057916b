"""Somebody draws a digit on the home page, and the network of the notes reads it in the browser."""

import gzip
import re
from pathlib import Path

import numpy as np
import pytest

import worked
from axe_of_pages import broken

DOCS = Path(__file__).resolve().parents[2] / "docs"
SCRIPTS = (
    "worked-arrays.js",
    *(f"digit-{name}.js" for name in ("network", "ink", "pad", "reader")),
)
MOST_BYTES = 25_000
LAYERS = {"relu 1": 512, "pool 1": 128, "relu 2": 256, "pool 2": 64}
# what the element's own network makes of images, and how fast the answer's score rises with them
READ = """images => {
    const network = document.querySelector('digit-reader').network;
    return images.map(image => {
        const a = network.forward(image);
        const named = ['relu 1', 'pool 1', 'relu 2', 'pool 2', 'probabilities']
            .map(name => [name, Array.from(a[name])]);
        return {...Object.fromEntries(named), slope: Array.from(network.gradient(a, a.answer))};
    });
}"""
SHOWN = """() => [...document.querySelectorAll('.digit-maps, .digit-looked')].map(one =>
    [...one.querySelectorAll('canvas')].map(canvas =>
        canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.width).data
            .reduce((sum, byte) => sum + byte, 0)))"""


@pytest.fixture(scope="module")
def run(site):
    """Take the training run of the notes, whose results the built site has kept."""
    worked.install(DOCS)
    from notes.training import training_run

    return training_run


def draw(page, *strokes):
    """Draw with the mouse; points in eighths of the pad."""
    box = page.locator(".digit-pad").bounding_box()
    for stroke in strokes:
        at = [
            (box["x"] + x / 8 * box["width"], box["y"] + y / 8 * box["height"]) for x, y in stroke
        ]
        page.mouse.move(*at[0])
        page.mouse.down()
        for point in at[1:]:
            page.mouse.move(*point, steps=8)
        page.mouse.up()


def named(page):
    return page.locator(".digit-named").inner_text()


def said(page):
    return page.locator("digit-reader [role=status]").inner_text()


ONE = [(4.2, 0.8), (4, 7)]
ZERO = [(4 + 1.9 * np.sin(t), 4 - 3 * np.cos(t)) for t in np.linspace(0, 2 * np.pi, 17)]
FOUR = [[(2.5, 1), (2.2, 4.2), (5.6, 4)], [(5, 2.2), (4.7, 7.2)]]


def test_the_browser_computes_what_numpy_computes(visit, run):
    assert sum(part.size for part in run.weights.values()) < 2_000
    images = run.pixels(run.images[run.test])[:200]
    a = run.forward(run.weights, images)
    powers = np.exp(a["scores"] - a["scores"].max(axis=1, keepdims=True))
    probabilities = powers / powers.sum(axis=1, keepdims=True)
    _, slope = run.backward(run.weights, a, np.eye(10)[probabilities.argmax(axis=1)])
    found = visit("index.html").page.evaluate(READ, images.reshape(200, 64).tolist())
    expected = {
        **{name: a[name] for name in LAYERS},
        "probabilities": probabilities,
        "slope": slope,
    }
    for name, numbers in expected.items():
        got = np.array([one[name] for one in found])
        assert np.allclose(got, numbers.reshape(200, -1), rtol=0, atol=1e-5), name


def test_the_first_example_is_read_before_anybody_draws(visit):
    opened = visit("index.html", over="http")
    page = opened.page
    still = page.locator("digit-reader figure.worked-figure svg > desc, digit-reader svg > title")
    first = re.search(r"handwritten (\d) .* gives (\d+)% to the (\d)", still.first.text_content())
    assert [page.locator(".digit-meant").inner_text(), named(page)] == [
        f"written as {first[1]}",
        first[3],
    ]
    assert page.locator(".digit-sure").inner_text() == f"{first[2]} %"
    assert page.locator(".digit-bars > li").count() == 10
    assert all(sum(maps) for maps in page.evaluate(SHOWN))
    assert not page.locator("digit-reader > figure").is_visible()
    assert opened.errors == opened.foreign == []


def test_what_is_drawn_is_read_and_said_once_it_is_done(visit):
    opened = visit("index.html")
    page = opened.page
    assert said(page) == ""
    for digit, strokes in ((1, [ONE]), (0, [ZERO]), (4, FOUR)):
        draw(page, *strokes)
        assert named(page) == str(digit)
        assert re.fullmatch(rf"reads {digit}, \d+ %", said(page))
        page.locator("digit-reader").get_by_role("button", name="Clear").click()
        assert (named(page), said(page)) == ("?", "The pad is empty.")
        assert not any(sum(maps) for maps in page.evaluate(SHOWN))
    page.locator("digit-reader").get_by_role("button", name="Another example").click()
    assert page.locator(".digit-meant").inner_text().startswith("written as ")
    assert opened.errors == []


def test_an_example_is_misread_and_the_page_shows_it(visit):
    page = visit("index.html").page
    button = page.locator("digit-reader").get_by_role("button", name="Another example")
    wrong = set()
    for _ in range(6):
        button.click()
        wrong.add(page.locator(".digit-meant").inner_text()[-1] != named(page))
    assert wrong == {True, False}


def test_a_finger_draws_and_the_page_stays_where_it_is(visit):
    opened = visit("index.html", size="phone", has_touch=True)
    page = opened.page
    box = page.locator(".digit-pad").bounding_box()
    client = page.context.new_cdp_session(page)
    for kind, share in (("Start", 0.1), ("Move", 0.4), ("Move", 0.9)):
        point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + share * box["height"]}
        client.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": [point]})
    assert said(page) == ""  # not on each move
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("document.querySelector('digit-reader [role=status]').textContent")
    assert (named(page), said(page)[:7]) == ("1", "reads 1")
    assert page.evaluate("scrollY") == 0


def test_the_keyboard_paints_cell_by_cell(visit):
    page = visit("index.html").page
    page.locator(".digit-cell[tabindex='0']").focus()
    for key in ("ArrowRight",) * 4:
        page.keyboard.press(key)
    for _ in range(8):
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
    here = page.evaluate("document.activeElement.ariaLabel")
    assert here == "row 8, column 5: ink"
    assert (named(page), page.evaluate("scrollY")) == ("1", 0)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.ariaLabel") == "row 8, column 5: empty"


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.nightly)])
def test_the_reader_breaks_no_rule_and_fits(scheme, visit):
    page = visit("index.html", scheme=scheme).page
    for width in (320, 1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_function("w => document.documentElement.scrollWidth <= w", arg=width)
        cell = page.locator(".digit-cell").first.bounding_box()
        assert min(cell["width"], cell["height"]) >= 24
        parts = page.locator(".digit-live *")
        ends = parts.evaluate_all("all => all.map(e => e.getBoundingClientRect().right)")
        assert max(ends) <= width
    assert broken(page, within="digit-reader") == []


def test_maps_are_painted_again_when_the_scheme_changes(visit):
    page = visit("index.html").page
    light = page.evaluate(SHOWN)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.body.dataset.mdColorScheme !== 'default'")
    assert page.evaluate(SHOWN) != light


def test_the_place_of_the_reader_is_kept_until_it_has_come(visit):
    for size in ("phone", "desktop"):
        page = visit("index.html", size=size).page
        page.wait_for_selector(".digit-ready")
        reader = page.locator("digit-reader")
        kept = reader.evaluate("e => parseFloat(getComputedStyle(e).minHeight)")
        assert abs(reader.bounding_box()["height"] - kept) <= 20, size


def test_without_javascript_and_in_print_the_drawing_of_the_cell_stands(visit):
    page = visit("index.html", java_script_enabled=False).page
    assert page.locator("digit-reader figure svg").bounding_box()["width"] > 200
    page = visit("index.html").page
    page.emulate_media(media="print")
    assert page.locator("digit-reader > figure").is_visible()
    assert not page.locator(".digit-live").is_visible()


def test_the_live_network_is_light(site):
    html = (site / "index.html").read_text("utf-8")
    element = re.search(r"<digit-reader.*?</digit-reader>", html, re.S)[0]
    files = [(site / "assets" / name).read_bytes() for name in (*SCRIPTS, "digit-reader.css")]
    total = sum(len(gzip.compress(part, 9)) for part in (element.encode(), *files))
    assert total <= MOST_BYTES
    other = (site / "orientation/pipeline.html").read_text("utf-8")
    assert "digit-reader" not in other
