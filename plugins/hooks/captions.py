"""A hook of this site: list every numbered figure and table, by chapter, with its caption.

The list is put in after the search has read the page: a caption is found where it stands.
"""

import re
from html import escape
from itertools import groupby

from markdown.extensions.toc import slugify
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils import get_relative_url

LIST = "exam/figures.md"
CAPTION = re.compile(
    r'<figure class="worked-figure[^>]* id="(?P<label>[\w-]+)"'
    r'|<figcaption><span class="worked-number"><a[^>]*>(?P<name>[^<]*)\.</a></span>'
    r"(?P<text>.*?)</figcaption>",
    re.S,
)
LINKS = re.compile(r"<sup\b.*?</sup>|</?a\b[^>]*>", re.S)  # they are relative to another page
OUTSIDE = "Outside the chapters"


def on_page_context(context: dict[str, object], page: Page, nav: Navigation, **_: object) -> None:
    """Put the list at the end of its page, and its chapters among the page's contents."""
    if page.file.src_uri != LIST:
        return
    lists = []
    contents = page.toc.items[0].children
    for chapter, pages in groupby(nav.pages, _chapter):
        listed = "".join(_list(one, page) for one in pages)
        if listed:
            at = slugify(chapter, "-")
            contents.append(AnchorLink(chapter, at, 2))
            lists.append(f'<h2 id="{at}">{escape(chapter)}</h2>\n{listed}')
    page.content = f"{page.content}\n{''.join(lists)}"


def _chapter(page: Page) -> str:
    return str(page.ancestors[-1].title) if page.ancestors else OUTSIDE


def _list(page: Page, seen_from: Page) -> str:
    """Write the figures and tables of a page as a list; of one without any, nothing."""
    to = get_relative_url(page.url, seen_from.url)
    label, entries = "", []
    for found in CAPTION.finditer(page.content or ""):
        if found["label"]:
            label = found["label"]
        else:
            text = LINKS.sub("", found["text"]).strip()
            entries.append(f'<li><a href="{to}#{label}">{found["name"]}</a>: {text}</li>\n')
    title = f'<p class="site-listed"><a href="{to}">{escape(str(page.title))}</a></p>\n'
    return f"{title}<ul>\n{''.join(entries)}</ul>\n" if entries else ""
