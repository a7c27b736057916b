"""The site's own elements in a browser: what they are handed, and what readers do with them."""

from opened_from import OVER


@OVER
def test_the_example_of_the_reference_shows_the_entry_that_is_picked(over, visit):
    here = visit("about/reference.html", over=over)
    element = here.page.locator("pick-entry")
    output, slider = element.locator("output"), element.get_by_role("slider", name="Entry")
    assert output.text_content() == "wave[0] is 0.000"
    slider.focus()
    for _ in range(5):
        slider.press("ArrowRight")
    assert output.text_content() == "wave[5] is 1.000"
    assert element.locator("figure svg").is_visible()
    assert (here.errors, here.foreign) == ([], [])


HANDED = """<try-it><script type="application/json" class="worked-arrays">{
    "dtype": {"dtype": "int16", "shape": [1, 2], "data": "AQD//w=="},
    "mask": {"dtype": "bool", "shape": [2], "data": "AQA="},
    "deep": {"a": [1, "x", true, {"dtype": "float32", "shape": [], "data": "AADAPw=="}]}
}</script><try-it></try-it></try-it>"""


def test_arrays_are_read_with_their_shapes_wherever_they_stand(visit):
    here = visit("about/reference.html")
    plain = """html => {
        const box = document.createElement("div");
        box.innerHTML = html;
        const spell = one => one && one.data ? [one.data.constructor.name, one.shape, ...one.data]
            : Array.isArray(one) ? one.map(spell)
            : one && typeof one === "object" ? Object.entries(one).map(([k, v]) => [k, spell(v)])
            : one;
        return [...box.querySelectorAll("try-it")].map(one => spell(Worked.arrays(one)));
    }"""
    outer, inner = here.page.evaluate(plain, HANDED)
    assert outer == [
        ["dtype", ["Int16Array", [1, 2], 1, -1]],
        ["mask", ["Uint8Array", [2], 1, 0]],
        ["deep", [["a", [1, "x", True, ["Float32Array", [], 1.5]]]]],
    ]
    assert inner == []
