"""A hook of this site: say how long a page takes, what it needs, and what comes next.

A page says in its front matter what it is about (`description`) and what to read before (`needs`).
All of it is put in after the search has read the page.
"""

import re
from collections.abc import Iterable
from html import escape
from posixpath import dirname, join, normpath

from mkdocs.exceptions import PluginError
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from minutes import Reading, counted, reading

ENTRY = re.compile(
    r'<li>\s*(?P<before><p>)?(?P<day><em>[^<]*</em>\s*)?<a href="(?P<to>[^"]+)">(?P<title>.*?)</a>'
)
PATH = re.compile(r"<ol>.*?</ol>", re.S)
KEY = "reading"  # where the estimate stands among what a page says of itself


def on_page_markdown(markdown: str, page: Page, **_: object) -> None:
    """Estimate a page of notes."""
    if "needs" in page.meta:
        page.meta[KEY] = reading(markdown)
        page.meta["minutes"] = page.meta[KEY].minutes  # for plugins that know no notes


def on_page_context(context: dict[str, object], page: Page, nav: Navigation, **_: object) -> None:
    """Put the line at the top and the one at the foot, and complete the lists of pages."""
    html = page.content or ""
    if page.is_homepage:
        html = f'<div class="site-home">\n{_paths(html, page, nav)}\n</div>'
    if page.file.name == "index":
        html = _complete(html, page, nav)
    if "needs" in page.meta:
        html = html.replace("</h1>", f"</h1>\n{_top(page, nav)}", 1)
    elif page.file.name == "index" and page.parent:
        html = html.replace("</h1>", f"</h1>\n{_sum(page)}", 1)
    page.content = html + _foot(page)


def _top(page: Page, nav: Navigation) -> str:
    """Say how long a page takes, and what to read before it."""
    pages = {one.file.src_uri: one for one in nav.pages}
    links = []
    needs = page.meta["needs"] or []
    for need in map(str, needs if isinstance(needs, list) else [needs]):
        uri = normpath(join(dirname(page.file.src_uri), need))
        if uri not in pages:
            raise PluginError(_unknown(page, need))
        links.append(_link(page, pages[uri]))
    *some, last = links or ["no other page"]
    before = f"{', '.join(some)} and {last}" if some else last
    return f'<p class="site-reading">{page.meta[KEY]}. Needs {before}.</p>'


def _unknown(page: Page, need: str) -> str:
    before, _, _ = page.file.content_string.partition(need)
    line = before.count("\n") + 1
    return f"docs/{page.file.src_uri}:{line}: needs: the nav has no page {need[:80]!r}"


def _sum(page: Page) -> str:
    """Say how long a chapter takes."""
    return _total(page.parent.children)


def _total(pages: Iterable[Page]) -> str:
    count, whole = _together(pages)
    return f'<p class="site-reading">{counted(count, "page")}, {whole}.</p>'


def _together(pages: Iterable[Page]) -> tuple[int, Reading]:
    """Count the pages of notes among some, and add them up."""
    each = [one.meta[KEY] for one in pages if KEY in one.meta]
    return len(each), Reading(*map(sum, zip(*each, strict=True)))


def _paths(html: str, page: Page, nav: Navigation) -> str:
    """Say before a numbered list of pages, a path through the notes, how long it takes."""
    pages = {get_relative_url(one.url, page.url): one for one in nav.pages}

    def summed(found: re.Match[str]) -> str:
        on_it = [pages[to] for to in re.findall(r'<a href="([^"]+)"', found[0])]
        return f"{_total(on_it)}\n{found[0]}"

    return PATH.sub(summed, html)


def _complete(html: str, page: Page, nav: Navigation) -> str:
    """Write after each link of a list what the page is about, and how long it takes.

    A link without a text gets the title of its page.
    """
    pages = {get_relative_url(one.url, page.url): one for one in nav.pages}

    def completed(entry: re.Match[str]) -> str:
        to = pages.get(entry["to"])
        if to is None or "description" not in to.meta:
            return entry[0]
        title = entry["title"] or escape(str(to.title))
        link = f'<a href="{entry["to"]}">{title}</a>{_about(to)}'
        return f'<li class="site-entry">{entry["before"] or ""}{entry["day"] or ""}{link}'

    return ENTRY.sub(completed, html)


def _foot(page: Page) -> str:
    """Lead to the pages before and after."""
    lines = []
    if to := page.next_page:
        about = "" if page.file.name == "index" else _about(to)  # its list has said so
        lines.append(f"<p>Next: {_link(page, to, rel='next')}{about}</p>")
    if to := page.previous_page:
        lines.append(f"<p>Before: {_link(page, to, rel='prev')}</p>")
    return f'\n<nav class="site-next" aria-label="Pages before and after">{"".join(lines)}</nav>'


def _about(page: Page) -> str:
    """Say in half a sentence what a page is about, and how long it takes."""
    text = f": {escape(str(page.meta['description']))}." if "description" in page.meta else ""
    if KEY in page.meta:
        text += f' <span class="site-minutes">{page.meta[KEY].minutes} min</span>'
    elif page.file.name == "index" and page.parent:
        count, whole = _together(page.parent.children)
        text += f' <span class="site-minutes">{counted(count, "page")}, {whole.minutes} min</span>'
    return text


def _link(page: Page, to: Page, *, rel: str = "") -> str:
    kind = f' rel="{rel}"' if rel else ""
    return f'<a href="{get_relative_url(to.url, page.url)}"{kind}>{escape(str(to.title))}</a>'
