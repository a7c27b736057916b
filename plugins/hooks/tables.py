"""A hook of this site: a table scrolls in one box, and its rows may stack on a phone.

The theme's script puts two boxes that scroll around a table without a class; this one has a class.
`tables: stacked` in the front matter of a page lets the cells of a row stand below each other where
there is no room.  That takes their roles away in some browsers, so they are said.
"""

import html
import re

from mkdocs.structure.pages import Page

TABLE = re.compile(r"<table>(?P<rows>.*?)</table>", re.S)
HEADER = re.compile(r"<th\b[^>]*>(.*?)</th>", re.S)
TAGS = re.compile(r"<[^>]+>|\s+")
ROLES = {
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tr": "row",
    "th": "columnheader",
    "td": "cell",
}
OPENING = re.compile(rf"<({'|'.join(ROLES)})\b")


def on_post_page(output: str, page: Page, **_: object) -> str:
    """Put every table without a class into a box that scrolls, which the keyboard can reach."""
    stacked = page.meta.get("tables") == "stacked"

    def boxed(found: re.Match[str]) -> str:
        rows, attributes = found["rows"], 'class="site-table"'
        if stacked:
            rows = OPENING.sub(lambda tag: f'{tag[0]} role="{ROLES[tag[1]]}"', rows)
            attributes = 'class="site-table site-stacked" role="table"'
        return (
            f'<div class="worked-scroll" tabindex="0" role="group" aria-label="{_name(rows)}">'
            f"<table {attributes}>{rows}</table></div>"
        )

    return TABLE.sub(boxed, output)


def _name(rows: str) -> str:
    """Name a table by the heads of its columns."""
    heads = (" ".join(TAGS.sub(" ", head).split()) for head in HEADER.findall(rows))
    return html.escape(f"Table: {html.unescape(', '.join(filter(None, heads)))}".removesuffix(": "))
