"""A hook of this site: say how long a page takes, what it needs, and what comes next.

A page says in its front matter what it is about (`description`) and what to read before (`needs`).
All of it is put in after the search has read the page.
"""

import re
from html import escape
from posixpath import dirname, join, normpath

from mkdocs.exceptions import PluginError
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from minutes import Reading, counted, reading

ENTRY = re.compile(r'<li>\s*(?P<link>(?:<p>)?<a href="(?P<to>[^"]+)">.*?</a>)')
KEY = "reading"  # where the estimate stands among what a page says of itself


def on_page_markdown(markdown: str, page: Page, **_: object) -> None:
    """Estimate a page of notes."""
    if "needs" in page.meta:
        page.meta[KEY] = reading(markdown)


def on_page_context(context: dict[str, object], page: Page, nav: Navigation, **_: object) -> None:
    """Put the line at the top and the one at the foot, and complete the lists of pages."""
    html = page.content or ""
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
    pages = [one for one in page.parent.children if KEY in one.meta]
    whole = Reading(*map(sum, zip(*(one.meta[KEY] for one in pages), strict=True)))
    return f'<p class="site-reading">{counted(len(pages), "page")}, {whole}.</p>'


def _complete(html: str, page: Page, nav: Navigation) -> str:
    """Write after each link of a list what the page is about, and how long it takes."""
    pages = {get_relative_url(one.url, page.url): one for one in nav.pages}

    def completed(entry: re.Match[str]) -> str:
        to = pages.get(entry["to"])
        if to is None or "description" not in to.meta:
            return entry[0]
        return f'<li class="site-entry">{entry["link"]}{_about(to)}'

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
    return text


def _link(page: Page, to: Page, *, rel: str = "") -> str:
    kind = f' rel="{rel}"' if rel else ""
    return f'<a href="{get_relative_url(to.url, page.url)}"{kind}>{escape(str(to.title))}</a>'
