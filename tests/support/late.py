"""Open a page whose scripts and fonts come late, and see what moves then."""

import re
from typing import Final

from playwright.sync_api import Page, Route

MOST: Final = 0.02
"""Of the sum of layout shifts of a page: https://web.dev/articles/cls calls 0.1 good."""

_LATE: Final = re.compile(r"\.(?:js|woff2)(?:\?.*)?$")
_DRAWN: Final = "performance.getEntriesByName('first-contentful-paint').length"
_MOVED: Final = """async () => {
    await document.fonts.ready;
    for (let n = 0; n < 3; n++) await new Promise(requestAnimationFrame);
    const entries = await new Promise(done => {
        const observer = new PerformanceObserver(list => done(list.getEntries()));
        observer.observe({type: "layout-shift", buffered: true});
        requestAnimationFrame(() => requestAnimationFrame(() => done([])));
    });
    return entries.filter(one => !one.hadRecentInput).map(one => [one.value, one.sources.map(
        ({node, previousRect, currentRect}) => `${node && node.nodeName}.${node && node.className} `
            + [previousRect, currentRect].map(({x, y}) => `${x}, ${y}`).join(" to ")).join("; ")]);
}"""


def open_late(page: Page, address: str) -> None:
    """Open a page, and let its scripts and fonts come only when it has been drawn."""
    held: list[Route] = []
    drawn = False

    def come(route: Route) -> None:
        if drawn:
            route.continue_()
        else:
            held.append(route)

    page.route(_LATE, come)
    page.goto(address, wait_until="commit")
    page.wait_for_function(_DRAWN)
    drawn = True
    for route in held:
        route.continue_()
    page.wait_for_load_state("load")
    page.unroute(_LATE, come)


def moved(page: Page) -> list[str]:
    """Give what has moved while a page came, if that is more than may."""
    shifts = page.evaluate(_MOVED)
    total = sum(value for value, _ in shifts)
    said = "; ".join(what for _, what in shifts)
    return [f"it moved by {total:.3f} while it came: {said}"] if total > MOST else []
