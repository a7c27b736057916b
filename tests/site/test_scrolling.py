"""On telephones of three widths: what is wider than the page scrolls in one box, and says so."""

from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = sorted(str(path.relative_to(DOCS).with_suffix(".html")) for path in DOCS.rglob("*.md"))
WIDTHS = (390, 360, 320)
FAULTS = """async () => {
    // the script that watches sizes comes after the next frame
    for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);
    const BOXES = ':is(div, span, table, pre, code, p, ul, figure, math):not(svg *, pre span)';
    const faults = [];
    const fault = (node, what) => faults.push(
        `${node.localName}.${node.className} ${node.textContent.trim().slice(0, 40)}: ${what}`);
    const article = document.querySelector('article');
    const scrolls = box => /auto|scroll/.test(getComputedStyle(box).overflowX);
    const wide = box => scrolls(box) && box.scrollWidth > box.clientWidth + 1;
    if (document.documentElement.scrollWidth > innerWidth) fault(article, 'the page is too wide');
    const boxes = [...article.querySelectorAll(BOXES)].filter(b => b.checkVisibility() && wide(b));
    for (const box of boxes) {
        const {backgroundImage, maskImage} = getComputedStyle(box);
        // how blocks of code say so is another test's
        const says = backgroundImage !== 'none' || maskImage !== 'none' || box.closest('pre');
        if (!says) fault(box, 'scrolls and does not say so');
        if (boxes.some(other => other !== box && other.contains(box))) fault(box, 'scrolls twice');
        const named = box.tabIndex === 0 && box.getAttribute('role') && box.ariaLabel;
        if (!named && !box.closest('pre')) fault(box, 'no keyboard reaches it, or has no name');
    }
    for (const table of article.querySelectorAll('table, math')) {
        if (!table.checkVisibility()) continue;
        const room = table.closest('.worked-scroll, .texmath-block, .texmath-wide');
        if (!room && table.getBoundingClientRect().right > innerWidth) fault(table, 'is cut off');
        const two = room && room.parentElement.closest('article *:is([tabindex="0"])');
        if (two && scrolls(two)) fault(table, 'stands in two boxes');
    }
    return faults;
}"""


NIGHTLY = pytest.param("about", marks=pytest.mark.nightly)
CHAPTERS = sorted({page.rpartition("/")[0] for page in PAGES} - {"about"})


@pytest.mark.parametrize("chapter", [*CHAPTERS, NIGHTLY])
def test_nothing_is_hidden_beside_the_screen_without_a_cue(chapter, visit):
    faults = []
    opened = visit(next(p for p in PAGES if p.rpartition("/")[0] == chapter), size="phone")
    for page in (page for page in PAGES if page.rpartition("/")[0] == chapter):
        opened.open(page)
        opened.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        for width in WIDTHS:
            opened.page.set_viewport_size({"width": width, "height": 800})
            faults += [f"{page} at {width}: {said}" for said in opened.page.evaluate(FAULTS)]
    assert not faults, "\n".join(faults)
    assert opened.errors == opened.foreign == []


def test_the_rows_of_the_formula_sheet_stack_and_stay_a_table(visit):
    page = visit("exam/formula-sheet.html", size="phone").page
    table = page.get_by_role("table").first
    assert table.get_by_role("columnheader").count() == 4
    cells = table.get_by_role("row").nth(1).get_by_role("cell")
    assert cells.count() == 4
    places = [cells.nth(n).bounding_box() for n in range(4)]
    tops = [place["y"] for place in places]
    assert tops == sorted(set(tops))
    assert {place["x"] for place in places} == {places[0]["x"]}
