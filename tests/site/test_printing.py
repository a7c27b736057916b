"""Pages on paper: black on white, without what is only for screens, answers upside down."""

import re

import pytest

SIDES = re.compile(rb"/Type\s*/Page\b(?!s)")
PAGES = ("nonlinearity/pooling.html", "convolution/kernels-by-hand.html", "exam/flashcards.html")
FAULTS = """() => {
    const shown = which => [...document.querySelectorAll(which)]
        .filter(one => one.checkVisibility() && one.getBoundingClientRect().height)
        .map(one => `${one.localName}.${one.className} is printed`);
    const faults = shown(`.md-header, .md-sidebar, .md-footer, .md-top, .headerlink, .md-code__nav,
        .worked-controls, details.worked-code, .worked-html details, .worked-downloads, .site-next, .site-mend`);
    const style = (node, part) => getComputedStyle(node, part);
    if (style(document.querySelector('article p:not([class])')).color !== 'rgb(0, 0, 0)') faults.push('grey');
    for (const frame of document.querySelectorAll('.worked-frame'))
        if (style(frame).visibility !== 'visible') faults.push('a frame of a sweep is left out');
    for (const card of document.querySelectorAll('details:is(.card, .check)')) {
        const {transform, contentVisibility} = style(card, '::details-content');
        const height = Math.max(...[...card.children].slice(1).map(
            answer => answer.getBoundingClientRect().height));
        if (!height || contentVisibility === 'hidden') faults.push(`${card.id} has no answer`);
        if (!transform.startsWith('matrix(-1,')) faults.push(`${card.id} gives its answer away`);
    }
    for (const box of document.querySelectorAll('article :is(pre, code, .worked-scroll, .worked)'))
        if (box.checkVisibility() && /auto|scroll|hidden|clip/.test(style(box).overflowX))
            faults.push(`${box.className} hides what is wide, and no page ends in it`);
    return faults;
}"""


@pytest.mark.parametrize("name", PAGES)
def test_what_is_printed_is_what_is_read(name, visit):
    page = visit(name, scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    faults = page.evaluate(FAULTS)
    assert not faults, "\n".join(faults)


def test_the_formula_sheet_fits_two_sides(visit):
    page = visit("exam/formula-sheet.html").page
    printed = page.pdf(prefer_css_page_size=True)
    assert len(SIDES.findall(printed)) <= 2


def test_a_cell_that_shows_its_code_begins_no_page(visit):
    """So no page begins with imports."""
    page = visit("training/optimisers.html").page
    page.emulate_media(media="print")
    rules = page.evaluate(
        "[...document.querySelectorAll(':not(.worked) + .worked:has(> div.worked-code)')]"
        ".map(cell => getComputedStyle(cell).breakBefore)"
    )
    assert set(rules) == {"avoid"}
