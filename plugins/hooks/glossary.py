"""A hook of this site: give every entry of the glossary an address, and links to it its text."""

import re
from functools import lru_cache
from html import escape

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from terms import GLOSSARY, NAME, read_terms

MARKUP = re.compile(r"[\\`*\[\]<>]")  # letters between dollars are readable without them


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Give the terms of the glossary ids, before links to them are checked."""
    if page.file.src_uri != GLOSSARY:
        return markdown
    addresses = {term.name: term.address for term in read_terms(markdown)}
    return NAME.sub(lambda name: f"{name[0]}{{ #{addresses[name[1]]} }}", markdown)


def on_page_content(html: str, page: Page, files: Files, **_: object) -> str:
    """Give links to an entry the title that shows on hover and on focus.

    A link to no entry stays as it is: MkDocs reports the unknown address.
    """
    glossary = files.get_file_from_path(GLOSSARY)
    if glossary is None:
        return html
    to = re.escape(get_relative_url(glossary.url, page.url))
    link = re.compile(rf'(?P<href>href="{to}#(?P<term>[\w-]+)")')
    if not link.search(html):  # most pages: the glossary is read for the others only
        return html
    texts = titles(glossary.content_string)
    return link.sub(lambda found: f"{found['href']}{titled(texts.get(found['term']))}", html)


def titled(text: str | None) -> str:
    """Write the attribute of a link."""
    return f' title="{escape(text)}"' if text else ""


@lru_cache(maxsize=2)  # every page with a link to an entry asks
def titles(markdown: str) -> dict[str, str]:
    """Read each entry's text, by its address."""
    texts = {term.address: term.text.replace("$", "") for term in read_terms(markdown)}
    for term, text in texts.items():
        if MARKUP.search(text):
            raise PluginError(
                f"docs/{GLOSSARY}: “{term}” has markup, which a tooltip cannot show: {text}"
            )
    return texts
