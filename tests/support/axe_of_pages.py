"""The rules of axe on a page that Playwright has opened."""

from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# axe does not read MathML: to it, a heading of a table that is a formula is empty; and it would
# fetch style sheets again, which nothing may from a folder
_RULES: Final = {"empty-table-header": {"enabled": False}}
# of all texts in the same colours on the same ground axe looks at one: most are words of code
_ONCE: Final = """(() => {
    const seen = new Set();
    for (const one of document.querySelectorAll('body *')) {
        const {color, fontSize, fontWeight, backgroundColor, opacity} = getComputedStyle(one);
        const above = one.parentElement.dataset.ground || '';
        one.dataset.ground = above + (/, 0\\)$/.test(backgroundColor) ? '' : backgroundColor)
            + (opacity < 1 ? opacity : '');
        const around = one.localName === 'a' && getComputedStyle(one.parentElement).color;
        const look = [color, fontSize, fontWeight, one.dataset.ground, around].join();
        const says = one.checkVisibility()
            && [...one.childNodes].some(n => n.nodeType === 3 && n.data.trim());
        if (says && seen.has(look)) one.dataset.again = '';
        else delete one.dataset.again;
        if (says) seen.add(look);
    }
    axe.configure({rules: [
        {id: 'color-contrast', selector: '*:not([data-again])'},
        {id: 'link-in-text-block', selector: 'a[href]:not([data-again])'},
    ]});
})()"""
_RUN: Final = """async options => (await axe.run(document, options)).violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)}`))"""


# a drawing is a picture with a name, and a block of code a text: axe walks through all of either
_LEAVES: Final = """() => {
    document.querySelectorAll('svg[role=img] > g').forEach(one => one.remove());
    document.querySelectorAll('pre > code:not(:has(a))').forEach(one => {
        one.textContent = one.textContent;
    });
}"""


def broken(page: Page, *, contrast: bool) -> list[str]:
    """Give what breaks the rules, and leave the page without words in drawings."""
    page.evaluate(f"{Axe().axe_script};0")
    page.evaluate(_ONCE)
    rules = {**_RULES, "color-contrast": {"enabled": contrast}}
    if not contrast:
        page.evaluate(_LEAVES)
    faults = page.evaluate(_RUN, {"resultTypes": ["violations"], "preload": False, "rules": rules})
    return [str(fault) for fault in faults]
