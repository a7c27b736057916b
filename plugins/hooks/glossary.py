"""A hook of this site: give every entry of the glossary an address, and links to it its text."""

import re
from html import escape

from markdown.extensions.toc import slugify
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

GLOSSARY = "exam/glossary.md"
ENTRY = re.compile(r"^\*\*(?P<term>.+)\*\*\n:   (?P<text>.+)$", re.M)
MARKUP = re.compile(r"[\\`*\[\]<>]")  # letters between dollars are readable without them


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Give the terms of the glossary ids, before links to them are checked."""
    if page.file.src_uri != GLOSSARY:
        return markdown
    return ENTRY.sub(
        lambda entry: f"**{entry['term']}**{{ #{address(entry['term'])} }}\n:   {entry['text']}",
        markdown,
    )


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
    texts = titles(glossary)
    return link.sub(lambda found: f"{found['href']}{titled(texts.get(found['term']))}", html)


def address(term: str) -> str:
    """Write a term as the part of an address after the #."""
    return slugify(term, "-")


def titled(text: str | None) -> str:
    """Write the attribute of a link."""
    return f' title="{escape(text)}"' if text else ""


def titles(glossary: File) -> dict[str, str]:
    """Read each entry's text, by its address."""
    texts = {
        address(entry["term"]): entry["text"].replace("$", "")
        for entry in ENTRY.finditer(glossary.content_string)
    }
    for term, text in texts.items():
        if MARKUP.search(text):
            raise PluginError(
                f"docs/{GLOSSARY}: “{term}” has markup, which a tooltip cannot show: {text}"
            )
    return texts
