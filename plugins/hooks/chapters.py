"""A hook of this site: number the chapters as figures are, and say of each page where it stands.

A chapter is a section of the menu's top level; what `extra.apart` names is not for students, and
has a menu of its own.  All of it is put in after the search has read the page.
"""

from html import escape, unescape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

LEAST = 3
"""Entries that are worth a table of contents."""


def on_nav(nav: Navigation, config: MkDocsConfig, **_: object) -> None:
    """Number the chapters, and part what is not for students from the pages before it."""
    sections = [item for item in nav.items if isinstance(item, Section)]
    for number, section in enumerate(sections, 1):
        section.number = number
        section.is_apart = section.title in config.extra["apart"]
    for page in nav.pages:
        if page.previous_page and _is_apart(page) != _is_apart(page.previous_page):
            page.previous_page.next_page = page.previous_page = None


def chapter(page: Page) -> Section | None:
    """Give the chapter of a page; those outside of all have none."""
    return page.ancestors[-1] if page.ancestors else None


def _is_apart(page: Page) -> bool:
    found = chapter(page)
    return found is not None and found.is_apart


def on_page_context(
    context: dict[str, object], page: Page, config: MkDocsConfig, **_: object
) -> None:
    """Give the page its title and a sentence on it, the line above its heading and its contents."""
    section = chapter(page)
    title = unescape(str(page.title))
    named = [] if page.is_homepage else [title]
    if section is not None:
        name = f"{section.number} {section.title}"
        named = [name] if page.is_index else [title, name]
    context["site_title"] = " · ".join([*named, config.site_name])
    if said := summary(page, title, section, config.site_name):
        context["site_summary"] = said
    context["site_apart"] = _is_apart(page)
    html = page.content or ""
    if section is not None:
        html = html.replace("<h1", f"{_above(page, section)}\n<h1", 1)
    page.content = _with_contents(html, page)


def summary(page: Page, title: str, section: Section | None, site: str) -> str | None:
    """Make a sentence of what a page says it is about; without that, the site's is taken."""
    if page.is_homepage or "description" not in page.meta:
        return None
    where = f"Chapter {section.number} of" if section is not None else "From"
    return f"{title}: {page.meta['description']}. {where} “{site}”."


def _above(page: Page, section: Section) -> str:
    """Name the chapter of a page, with a link to its overview."""
    name = f"Chapter {section.number}"
    if page.is_index:
        return f'<p class="site-chapter">{name}</p>'
    name = f"{name}: {escape(section.title)}"
    first = section.children[0]
    if isinstance(first, Page) and first.is_index:
        name = f'<a href="{get_relative_url(first.url, page.url)}">{name}</a>'
    return f'<p class="site-chapter">{name}</p>'


def _with_contents(html: str, page: Page) -> str:
    """Fold the page's contents under its heading; a wide window has them beside the text."""
    top = page.toc.items
    entries = top[0].children if top and top[0].level == 1 else top
    if len(entries) < LEAST or "toc" in page.meta.get("hide", []):
        return html
    items = "".join(f'<li><a href="{one.url}">{one.title}</a></li>' for one in entries)
    folded = f"<summary>On this page</summary><ul>{items}</ul>"
    folded = f'\n<details class="site-contents">{folded}</details>'
    head, end, rest = html.partition("</h1>")
    line, stop, below = rest.partition("</p>")
    if line.lstrip().startswith('<p class="site-reading"'):
        return f"{head}{end}{line}{stop}{folded}{below}"
    return f"{head}{end}{folded}{rest}" if end else html
