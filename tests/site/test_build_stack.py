"""Build your own stack: what the browser counts, and readers who change the layers."""

import numpy as np
import pytest

import worked
from axe_of_pages import broken
from opened_from import OVER

PAGES = pytest.mark.parametrize("page", ["output-size", "receptive-field"])


@pytest.fixture
def opened(visit):
    """Open a page: the visit, and the element."""

    def at(page="output-size", **options):
        here = visit(f"convolution/{page}.html", **options)
        element = here.page.locator("build-stack")
        element.scroll_into_view_if_needed()
        return here, element

    return at


@pytest.fixture(scope="module")
def walked():
    """Walk through a stack by the very functions of the notes."""
    worked.install("docs")
    from notes.convolution.counting_parameters import conv_parameters
    from notes.convolution.operations import conv_macs
    from notes.convolution.output_size import output_size
    from notes.convolution.receptive_field import receptive_field

    def walk(stack):
        c, n, rows, seen = stack["channels"], stack["size"], [], []
        for one in stack["layers"]:
            k, s, p, d = (one[name] for name in "kspd")
            is_conv = one["kind"] == "convolution"
            try:
                n = output_size(n, k, s, p, d)
            except ValueError:
                return rows, False
            if is_conv and (c % one["g"] or one["c"] % one["g"]):
                return rows, False
            out = one["c"] if is_conv else c
            held = conv_parameters(c, out, k, True, one["g"]) if is_conv else 0
            done = conv_macs(c, out, k, n, n, one["g"]) if is_conv else 0
            c, seen = out, [*seen, (k, s, d)]
            sees, jump = receptive_field(seen)
            row = {"shape": [c, n, n], "parameters": held, "adds": done}
            rows.append({**row, "sees": sees, "jump": jump})
        return rows, True

    return walk


def random_stack(rng):
    layers = []
    for _ in range(rng.integers(1, 7)):
        k, s, p, d = (
            int(rng.integers(low, high)) for low, high in ((1, 6), (1, 3), (0, 3), (1, 4))
        )
        one = {"kind": "pooling", "k": k, "s": s, "p": p, "d": d}
        if rng.random() < 0.7:
            groups = int(rng.choice([1, 1, 2, 4]))
            one |= {"kind": "convolution", "c": int(rng.integers(1, 5)) * 4, "g": groups}
        layers.append(one)
    return {
        "size": int(rng.integers(8, 64)),
        "channels": int(rng.choice([1, 3, 4])),
        "layers": layers,
    }


@OVER
def test_eighty_random_stacks_give_what_the_notes_own_functions_give(over, opened, walked):
    here, element = opened(over=over)
    rng = np.random.default_rng(7)
    stacks = [random_stack(rng) for _ in range(80)]
    found = element.evaluate(
        "(e, stacks) => stacks.map(one => { e.stack = one; e.build(); return e.results; })", stacks
    )
    possible = 0
    for stack, results in zip(stacks, found, strict=True):
        rows, is_possible = walked(stack)
        possible += is_possible
        assert [result for result in results if "why" not in result] == rows
        assert len(results) == len(stack["layers"])
        assert all("why" in result for result in results[len(rows) :])
    assert 20 < possible < 75
    assert (here.errors, here.foreign) == ([], [])


@pytest.mark.parametrize(
    ("name", "output", "parameters"),
    [("AlexNet", "256×6×6", "2,469,696"), ("a modern LeNet-5", "120×1×1", "50,692")],
)
def test_known_networks_have_their_counts(name, output, parameters, opened):
    _, element = opened()
    element.get_by_role("combobox", name="Begin with").select_option(name)
    cells = element.locator(".site-stack-total td").all_text_contents()
    assert [cells[0], cells[1]] == [output, parameters]


def test_vgg_sees_what_the_page_says(opened):
    here, element = opened("receptive-field")
    element.get_by_role("combobox", name="Begin with").select_option("VGG-16")
    cells = element.locator(".site-stack-total td").all_text_contents()
    said = here.page.locator("table.site-table tr:last-child td strong").all_text_contents()
    assert cells[3:] == said == ["212", "32"]


def test_a_stack_is_built_by_keyboard_alone(opened):
    here, element = opened("receptive-field")
    press = here.page.keyboard.press
    names = element.locator("summary")
    element.get_by_role("button", name="Add a pooling").focus()
    press("Enter")
    assert names.count() == 4
    assert here.page.evaluate("document.activeElement.parentElement.textContent") == "kernel "
    press("ArrowUp")
    assert names.nth(3).text_content() == "4. pooling 3 × 3, stride 2"
    for _ in range(4):
        press("Tab")
    press("Enter")  # move up, and stay with the layer
    assert names.nth(2).text_content() == "3. pooling 3 × 3, stride 2"
    assert here.page.evaluate("document.activeElement.textContent") == "Move up"
    press("Tab")
    press("Tab")
    press("Enter")  # remove
    assert names.all_text_contents()[2].startswith("3. convolution 3 × 3")
    assert here.page.evaluate("document.activeElement.textContent") == names.nth(2).text_content()
    assert "Sees 8, Jump 2" in element.get_by_role("status").text_content()


def test_an_impossible_layer_is_said_in_words_and_so_is_what_it_stops(opened):
    _, element = opened()
    element.get_by_label("Input size").fill("20")
    rows = element.locator(".site-stack-wrong td")
    words = rows.all_text_contents()
    assert words[0] == "A window of 3 does not fit into 1 pixels."
    assert words[1] == "Nothing arrives here."
    assert words[-1] == "Layer 4 cannot be. A window of 3 does not fit into 1 pixels."
    assert element.get_by_role("status").text_content() == words[-1]
    element.get_by_label("Input size").fill("")
    assert rows.first.text_content() == "Nothing arrives here."


def test_a_finger_opens_a_layer_and_takes_it_out(opened):
    _, element = opened(size="phone", has_touch=True)
    element.locator("summary").first.tap()
    element.get_by_role("button", name="Remove").first.tap()
    assert element.locator("summary").count() == 7
    assert element.locator("summary").first.text_content().startswith("1. pooling")


@pytest.mark.parametrize(
    ("page", "scheme"),
    [
        ("output-size", "light"),
        ("receptive-field", "dark"),
        pytest.param("output-size", "dark", marks=pytest.mark.nightly),
        pytest.param("receptive-field", "light", marks=pytest.mark.nightly),
    ],
)
def test_it_fits_and_is_accessible(page, scheme, opened):
    here, element = opened(page, scheme=scheme)
    element.locator("summary").first.click()
    sizes = "e => [...e.querySelectorAll('input, select, button, summary')].map(one => {"
    sizes += "const box = one.getBoundingClientRect(); return Math.min(box.width, box.height)})"
    for width in (320, 1280, 360):
        here.page.set_viewport_size({"width": width, "height": 800})
        assert min(size for size in element.evaluate(sizes) if size) >= 24
        assert element.evaluate("e => e.scrollWidth <= e.clientWidth"), width
    assert broken(here.page, within="build-stack") == []


@PAGES
def test_on_paper_and_without_javascript_there_is_the_table_of_the_cell(page, opened):
    here, element = opened(page)
    still = element.locator("figure table:not(.site-stack-table)")
    assert not still.is_visible()
    here.page.emulate_media(media="print")
    assert still.is_visible()
    assert not element.locator(".site-stack-box").is_visible()
    _, bare = opened(page, java_script_enabled=False)
    assert bare.locator("figure table").is_visible()
