"""A hook of this site: decide what the search reads of a page, and by which words it finds it.

The theme's search compares words as they are written, and ranks by fields with weights.
Two fields are added to its index that nobody sees: `also`, the names of a page or a section, and
`spelled`, other spellings of the words in its text and the names in its code.
"""

import json
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.pages import Page

from indexed import Indexed
from names import MANUAL, NO_CHAPTER
from searched import searched
from terms import GLOSSARY, read_terms

INDEX = "search/search_index.json"
RANKS = {MANUAL: 0.1, "exam/": 0.5, "practice/": 0.5, "bibliography": 0.5}
"""Pages that stand below the notes: the manual, and those that look back at other pages."""
WHOLE = "whole"
"""Where a page's HTML waits while the search reads another."""


def on_page_markdown(markdown: str, page: Page, **_: object) -> None:
    """Let the notes stand before other pages."""
    for start, rank in RANKS.items():
        if page.file.src_uri.startswith(start):
            page.meta.setdefault("search", {}).setdefault("boost", rank)


class Build:
    """What the hooks of one build share."""

    indexed: Indexed


def on_env(env: object, config: MkDocsConfig, **_: object) -> None:
    """Begin with an index, now that every page has its text."""
    text = (Path(config.docs_dir) / GLOSSARY).read_text("utf-8")
    Build.indexed = Indexed(
        config.plugins["worked"].run.store, config.mdx_configs["abbr"]["glossary"], read_terms(text)
    )


@event_priority(50)
def _before(context: dict[str, object], page: Page, **_: object) -> None:
    # the one list that the theme's search takes from a page: its chapter, then its other names
    chapter = str(page.ancestors[-1].title) if page.ancestors else NO_CHAPTER
    page.meta["tags"] = [chapter, *(page.meta.get("also") or ())]
    page.meta[WHOLE] = page.content, page.meta.get("search")
    page.content = searched(page.content or "", page.meta.get("description", ""))
    if Build.indexed.knows(page):
        page.meta["search"] = {"exclude": True}


def _after(context: dict[str, object], page: Page, **_: object) -> None:
    page.content, page.meta["search"] = page.meta.pop(WHOLE)


on_page_context = CombinedEvent(_before, _after)


def on_post_build(config: MkDocsConfig) -> None:
    """Complete the index, before the theme copies it for pages that are opened as files."""
    file = Path(config.site_dir) / INDEX
    index = json.loads(file.read_text("utf-8"))
    index["docs"] = list(Build.indexed.complete(index["docs"]))
    file.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), "utf-8")
