"""Every page of the notes as its readers open it: phone and desktop, light and dark.

A page is opened once for each reader, and all that is asked of it there is asked of that one.
"""

import contextlib
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from beside_the_screen import FAULTS, PHONES

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = sorted(str(path.relative_to(DOCS).with_suffix(".html")) for path in DOCS.rglob("*.md"))
# the others are to look things up in, or to practise with: no drawings, no sources
REFERENCE = ("about/", "exam/glossary", "exam/figures", "exam/terms", "practice/")
OVERVIEWS = [
    page for page in PAGES if page.endswith("/index.html") and not page.startswith(REFERENCE)
]
NOTES = [
    page
    for page in PAGES
    if "/" in page and not page.startswith(REFERENCE) and page not in OVERVIEWS
]
# each size, scheme and way once: hardly a rule looks at two of them
READERS = {
    "phone": {"size": "phone", "scheme": "dark", "over": "file"},
    "desktop": {"size": "desktop", "scheme": "light", "over": "http"},
}
# what differs most: pages to play with, long tables, many formulas, code, lists
BY_DAY = (
    "index.html",
    "architectures/vgg-resnet.html",
    "convolution/kernels-by-hand.html",
    "convolution/output-size.html",
    "exam/formula-sheet.html",
    "exam/glossary.html",
    "exam/terms.html",
    "nonlinearity/pooling.html",
    "seeing/saliency.html",
    "training/optimisers.html",
)
# on opaque cells, black or white by the cell's lightness
ON_CELLS = {"rgb(0, 0, 0)", "rgb(255, 255, 255)"}
# the narrowest phone that is common, and what a text of a drawing must have on it
NARROW = {"width": 360, "height": 780}
SMALLEST = 11
DRAWN = """() => [...document.querySelectorAll('svg[role=img]')]
    // an element of the page's own stands in place of its still
    .filter(svg => !svg.closest('.worked-element') || svg.checkVisibility()).map(svg => {
    const {left, right, top, bottom, width, height} = svg.getBoundingClientRect();
    const scale = width / svg.viewBox.baseVal.width;
    const texts = [...svg.querySelectorAll('text')].map(text => {
        const box = text.getBoundingClientRect();
        const size = parseFloat(getComputedStyle(text).fontSize) * scale;
        // of a turned text, the box lies on its side
        const half = Math.min(size, box.width, box.height) * 0.3;
        return {says: text.textContent, size, left: box.left, right: box.right, top: box.top,
                bottom: box.bottom, half};
    });
    const cut = texts.filter(one => one.left < left - 1 || one.right > right + 1
        || one.top + one.half < top || one.bottom - one.half > bottom);
    const met = texts.flatMap((one, n) => texts.slice(0, n).filter(other =>
        Math.min(one.right, other.right) - Math.max(one.left, other.left) > 0.5
        && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
           > one.half + other.half).map(other => [one.says, other.says]));
    const scroller = svg.closest('.worked-scroll');
    return {left, right, width, height, text: Math.min(99, ...texts.map(one => one.size)),
            cut: cut.map(one => one.says), met,
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
# of what is not folded away
WIDTHS = """all => all.filter(e => e.checkVisibility())
    .map(e => e.getBoundingClientRect().width)"""
# axe does not read MathML: to it, a heading of a table that is a formula is empty; and it would
# fetch style sheets again, which nothing may from a folder
AXE = {
    "resultTypes": ["violations"],
    "rules": {"empty-table-header": {"enabled": False}},
    "preload": False,
}
# of all texts in the same colours on the same ground axe looks at one: most are words of code
ONCE = """(() => {
    const seen = new Set();
    for (const one of document.querySelectorAll('article *')) {
        const {color, fontSize, fontWeight, backgroundColor, opacity} = getComputedStyle(one);
        const above = one.parentElement.dataset.ground || '';
        one.dataset.ground = above + (/, 0\\)$/.test(backgroundColor) ? '' : backgroundColor)
            + (opacity < 1 ? opacity : '');
        const look = [color, fontSize, fontWeight, one.dataset.ground].join();
        const says = [...one.childNodes].some(n => n.nodeType === 3 && n.data.trim());
        if (says && seen.has(look)) one.dataset.again = '';
        if (says) seen.add(look);
    }
    axe.configure({rules: [{id: 'color-contrast', selector: '*:not([data-again])'}]});
})()"""
UNFOLD = "() => document.querySelectorAll('details').forEach(box => { box.open = true; })"


def at_night(page, reader):
    """Read on a phone, always; on a desktop by day a page of each kind, and all every night."""
    is_left = reader == "desktop" and page not in (*OVERVIEWS, *BY_DAY)
    return [pytest.mark.nightly] if is_left else []


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((page, reader), marks=at_night(page, reader))
        for reader in READERS
        for page in PAGES
    ],
    ids=lambda pair: "-".join(pair),
)
def read(request, visits):
    """Open a page for a reader, with all that can be unfolded."""
    page, reader = request.param
    with contextlib.ExitStack() as stack:
        opened = visits(stack)(page, **READERS[reader])
        opened.page.evaluate(UNFOLD)
        yield page, opened


def test_a_page_breaks_no_rule_of_accessibility(read):
    axe = Axe(f"{Axe().axe_script};{ONCE}")
    results = axe.run(read[1].page, options=AXE)
    assert results.violations_count == 0, results.generate_report()


def test_a_page_is_no_wider_than_its_window(read):
    page = read[1].page
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_column_has_a_heading(read):
    heads = read[1].page.evaluate(
        "[...document.querySelectorAll('article th')].map(e => [e.textContent, e.outerHTML])"
    )
    assert [html for text, html in heads if not text] == []


def test_drawings_are_whole_legible_and_named(read):
    name, opened = read
    before = opened.page.viewport_size
    if before["width"] < 600:
        opened.page.set_viewport_size(NARROW)
    drawn = opened.page.evaluate(DRAWN)
    width = opened.page.viewport_size["width"]
    opened.page.set_viewport_size(before)
    assert drawn or name not in (*NOTES, *OVERVIEWS)
    for one in drawn:
        assert one["width"] > 40, one
        assert one["height"] > 20, one
        assert one["scrolls"] or (one["left"] >= 0 and one["right"] <= width), one
        assert one["text"] >= SMALLEST, one
        assert one["cut"] == [], one
        assert one["met"] == [], one
        assert one["name"], one


def test_words_in_drawings_stand_out(read):
    for colour, contrast in read[1].page.evaluate(INK):
        assert contrast >= 4.5 or colour in ON_CELLS, colour


def test_print_shows_the_answers_and_no_navigation(read):
    name, opened = read
    page = opened.page
    page.emulate_media(media="print")
    answers = page.locator("details.card > p, details.check > p")
    assert answers.count() or name not in NOTES
    heights = answers.evaluate_all(
        """all => all.filter(e => e.textContent.trim() != '¶')
            .map(e => e.getBoundingClientRect().height)"""
    )
    navigates = page.locator(".md-header").is_visible()
    page.emulate_media(media="screen")
    # the sheet is printed without its questions, to fit two sides
    if name == "exam/formula-sheet.html":
        assert not any(heights)
    else:
        assert all(height > 5 for height in heights)
    assert not navigates


def test_nothing_is_hidden_beside_the_screen_without_a_cue(read):
    """On telephones of three widths, and in a window at 200 %, with all that is folded open."""
    _, opened = read
    page = opened.page
    before = page.viewport_size
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    faults = []
    for width in PHONES if before["width"] == PHONES[0] else (before["width"] // 2,):
        page.set_viewport_size({"width": width, "height": 800})
        faults += [f"at {width}: {said}" for said in page.evaluate(FAULTS)]
    page.set_viewport_size(before)
    assert not faults, "\n".join(faults)


def test_a_page_has_asked_no_other_host_and_met_no_error(read):
    _, opened = read  # after all of the above: what comes late has come
    assert opened.foreign == []
    assert opened.errors == []


def test_an_address_that_is_none_shows_a_page_of_the_site(visit):
    opened = visit("404.html", over="http")
    assert "not found" in opened.page.inner_text("article").lower()
    assert opened.foreign == []
    assert opened.errors == []


def test_words_in_drawings_follow_the_scheme(visit):
    light, dark = (
        dict(visit("nonlinearity/pooling.html", scheme=scheme).page.evaluate(INK))
        for scheme in ("light", "dark")
    )
    assert set(light) - ON_CELLS != set(dark) - ON_CELLS


@pytest.mark.parametrize("page", NOTES)
def test_a_page_is_whole_without_javascript(page, visit):
    opened = visit(page, java_script_enabled=False).page
    assert "Sources" in opened.inner_text("article")
    for selector, least in (("article math", 4), ("article svg[role=img]", 40)):
        widths = opened.locator(selector).evaluate_all(WIDTHS)
        assert all(width > least for width in widths), selector


def test_formulas_are_set_in_the_font_that_the_site_brings(visit):
    opened = visit("convolution/correlation.html").page
    opened.wait_for_function("document.fonts.status == 'loaded'")
    assert opened.evaluate("document.fonts.check('16px \"Texmath STIX Two Math\"', 'K')")
    sums = opened.locator("article math[display=block] mo", has_text="∑")
    plain = opened.evaluate("parseFloat(getComputedStyle(document.querySelector('math')).fontSize)")
    assert sums.first.bounding_box()["height"] > plain
