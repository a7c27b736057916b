"""Every page of the notes as its readers open it: phone and desktop, light and dark."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = sorted(str(path.relative_to(DOCS).with_suffix(".html")) for path in DOCS.rglob("*.md"))
# the others are to look things up in: no drawings, no questions
REFERENCE = ("about/", "exam/glossary")
NOTES = [page for page in PAGES if "/" in page and not page.startswith(REFERENCE)]
# each size and each scheme once: hardly a rule looks at both
READERS = [("phone", "dark"), ("desktop", "light")]
# as small as a footnote in print: 7 points
SMALLEST = 9.3
DRAWN = """() => [...document.querySelectorAll('svg[role=img]')].map(svg => {
    const {left, right, width, height} = svg.getBoundingClientRect();
    const scale = width / svg.viewBox.baseVal.width;
    const sizes = [...svg.querySelectorAll('text')].map(
        text => parseFloat(getComputedStyle(text).fontSize) * scale);
    const scroller = svg.closest('.worked-scroll');
    return {left, right, width, height, text: Math.min(99, ...sizes),
            scrolls: Boolean(scroller), name: svg.querySelector('title')?.textContent || ''};
})"""
INK = """() => {
    const luminance = colour => {
        const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(c => c / 255)
            .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const page = luminance(getComputedStyle(document.body).backgroundColor);
    const colours = new Set([...document.querySelectorAll('svg[role=img] text')]
        .map(text => getComputedStyle(text).fill));
    return [...colours].map(colour => {
        const ink = luminance(colour);
        return [colour, (Math.max(ink, page) + 0.05) / (Math.min(ink, page) + 0.05)];
    });
}"""
# axe does not read MathML: to it, a heading of a table that is a formula is empty
AXE = {"resultTypes": ["violations"], "rules": {"empty-table-header": {"enabled": False}}}
UNFOLD = "() => document.querySelectorAll('details').forEach(box => { box.open = true; })"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("over", ["file", "http"])
def test_a_page_asks_no_other_host_and_has_no_error(page, over, visit):
    opened = visit(page, over=over)
    opened.page.wait_for_load_state("networkidle")
    assert opened.foreign == []
    assert opened.errors == []


def test_an_address_that_is_none_shows_a_page_of_the_site(visit):
    opened = visit("404.html", over="http")
    assert "not found" in opened.page.inner_text("article").lower()
    assert opened.foreign == []
    assert opened.errors == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("size", "scheme"), READERS)
def test_a_page_breaks_no_rule_of_accessibility(page, size, scheme, visit):
    opened = visit(page, size=size, scheme=scheme)
    opened.page.evaluate(UNFOLD)
    results = Axe().run(opened.page, options=AXE)
    assert results.violations_count == 0, results.generate_report()


def look_at_drawings(opened):
    """See that every drawing is whole, legible and named."""
    drawn = opened.evaluate(DRAWN)
    assert drawn
    width = opened.viewport_size["width"]
    for one in drawn:
        assert one["width"] > 40, one
        assert one["height"] > 20, one
        assert one["scrolls"] or (one["left"] >= 0 and one["right"] <= width), one
        assert one["text"] >= SMALLEST, one
        assert one["name"], one


@pytest.mark.parametrize("page", PAGES)
def test_a_phone_shows_a_page_whole(page, visit):
    opened = visit(page, size="phone").page
    opened.evaluate(UNFOLD)
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390
    heads = opened.evaluate(
        "[...document.querySelectorAll('article th')].map(e => [e.textContent, e.outerHTML])"
    )
    assert [html for text, html in heads if not text] == []
    if page in NOTES:
        look_at_drawings(opened)


@pytest.mark.parametrize("page", NOTES)
def test_a_desktop_shows_drawings_whole(page, visit):
    opened = visit(page).page
    opened.evaluate(UNFOLD)
    look_at_drawings(opened)


@pytest.mark.parametrize("page", NOTES)
def test_words_in_drawings_stand_out_in_both_schemes(page, visit):
    light, dark = (
        dict(visit(page, scheme=scheme).page.evaluate(INK)) for scheme in ("light", "dark")
    )
    on_colours = {
        "rgb(0, 0, 0)",
        "rgb(255, 255, 255)",
    }  # on opaque cells, chosen by their lightness
    assert set(light) - on_colours != set(dark) - on_colours
    for colour, contrast in {*light.items(), *dark.items()}:
        assert contrast >= 4.5 or colour in on_colours, colour


@pytest.mark.parametrize("page", NOTES)
def test_a_page_is_whole_without_javascript(page, visit):
    opened = visit(page, java_script_enabled=False).page
    text = opened.inner_text("article")
    assert "Sources" in text
    for formula in opened.locator("article math").all()[:5]:
        assert formula.bounding_box()["width"] > 4 or not formula.is_visible()
    for drawing in opened.locator("article svg[role=img]").all():
        assert drawing.bounding_box()["width"] > 40 or not drawing.is_visible()


@pytest.mark.parametrize("page", NOTES)
def test_print_shows_the_answers_and_no_navigation(page, visit):
    opened = visit(page).page
    opened.emulate_media(media="print")
    answers = opened.locator("details.card > p, details.check > p")
    assert answers.count()
    for answer in answers.all():
        assert answer.bounding_box()["height"] > 5
    assert not opened.locator(".md-header").is_visible()


def test_formulas_are_set_in_the_font_that_the_site_brings(visit):
    opened = visit("convolution/correlation.html").page
    opened.wait_for_function("document.fonts.status == 'loaded'")
    assert opened.evaluate("document.fonts.check('16px \"Texmath STIX Two Math\"', 'K')")
    sums = opened.locator("article math[display=block] mo", has_text="∑")
    plain = opened.evaluate("parseFloat(getComputedStyle(document.querySelector('math')).fontSize)")
    assert sums.first.bounding_box()["height"] > plain
