"""The rules of axe on a page that Playwright has opened."""

from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

EACH_SIZE_AND_SCHEME: Final = pytest.mark.parametrize(
    ("size", "scheme"),
    [
        ("phone", "dark"),
        ("desktop", "light"),
        pytest.param("phone", "light", marks=pytest.mark.nightly),
        pytest.param("desktop", "dark", marks=pytest.mark.nightly),
    ],
)

# axe does not read MathML: to it, a heading of a table that is a formula is empty; and it would
# fetch style sheets again, which nothing may from a folder
_RULES: Final = {"empty-table-header": {"enabled": False}}
# of all texts in the same colours on the same ground axe looks at one: most are words of code
_ONCE: Final = """within => {
    const seen = new Set();
    for (const one of document.querySelectorAll('body, body *')) {
        const {color, fontSize, fontWeight, backgroundColor, opacity} = getComputedStyle(one);
        const above = one.parentElement.dataset.ground || '';
        one.dataset.ground = above + (/, 0\\)$/.test(backgroundColor) ? '' : backgroundColor)
            + (opacity < 1 ? opacity : '');
        const around = one.localName === 'a' && getComputedStyle(one.parentElement).color;
        const look = [color, fontSize, fontWeight, one.dataset.ground, around].join();
        const says = (!within || one.closest(within)) && one.checkVisibility()
            && [...one.childNodes].some(n => n.nodeType === 3 && n.data.trim());
        if (says && seen.has(look)) one.dataset.again = '';
        else delete one.dataset.again;
        if (says) seen.add(look);
    }
    axe.configure({rules: [
        {id: 'color-contrast', selector: '*:not([data-again])'},
        {id: 'link-in-text-block', selector: 'a[href]:not([data-again])'},
    ]});
}"""
_COLOURS: Final = ("color-contrast", "link-in-text-block")
_RUN: Final = """async ([within, options]) =>
    (await axe.run(within || document, options)).violations.flatMap(
        rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)}`))"""

# axe walks through all of a document, however little of it is asked about
_ALONE: Final = """within => {
    const parts = [...document.querySelectorAll(within)];
    if (!parts.length) throw new Error(`there is no ${within}`);
    document.querySelectorAll('body *').forEach(one => {
        if (!parts.some(part => part.contains(one) || one.contains(part))) one.remove();
    });
}"""
# a drawing is a picture with a name, a formula and a block of code a text: axe walks through all
# of each
_LEAVES: Final = """() => {
    document.querySelectorAll('svg[role=img] > g').forEach(one => one.remove());
    const formula = 'math:not(:is(a, button, summary) *)';  // there it is all of a name
    document.querySelectorAll(`${formula}, pre > code:not(:has(a))`).forEach(one => {
        one.textContent = one.textContent;
    });
}"""


def broken(page: Page, *, contrast: bool = True, within: str = "") -> list[str]:
    """Give what breaks the rules, on the page or within what a selector names.

    Without contrast, which takes longer than all other rules, it leaves the page without words in
    drawings, and without formulas; where it looks within something, without all else.
    """
    if within:
        page.evaluate(_ALONE, within)
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{Axe().axe_script};0")
    if contrast:
        page.evaluate(_ONCE, within)
    else:
        page.evaluate(_LEAVES)
    rules = {**_RULES, **{name: {"enabled": contrast} for name in _COLOURS}}
    options = {"resultTypes": ["violations"], "preload": False, "rules": rules}
    return [str(fault) for fault in page.evaluate(_RUN, [within, options])]
