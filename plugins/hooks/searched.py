"""What the search reads of a page: words in sentences and rows, without what only takes space."""

import re
from functools import lru_cache
from html import escape

LEFT_OUT = re.compile(
    r'<details class="worked-code">.*?</details>'  # code that is folded away
    r'|<p class="worked-(?:shape|frame-title)">.*?</p>'
    r'|<a class="headerlink".*?</a>'
    r'|<sup id="fnref.*?</sup>'
    r"|https?://[^\s<]+"
    r'|<div class="footnote">.*?</ol>\s*</div>',  # the bibliography has the sources
    re.S,
)
ENTRY = re.compile(r'<dt><strong (id="[\w-]+")>(.*?)</strong></dt>')
PRINTED = re.compile(r'<pre class="worked-text"[^>]*>(.*?)</pre>', re.S)
MATRIX = re.compile(r'<table class="worked-matrix">.*?</table>', re.S)
CELL = re.compile(r"(?:</t[dh]>\s*<t[dh]\b[^>]*>\s*)+")  # with the empty ones after it
BLOCK = re.compile(r"<(/?)(?:figcaption|summary|caption|dd|tr)\b[^>]*>")


@lru_cache(maxsize=256)  # a preview asks for the same pages again
def searched(html: str, description: str) -> str:
    """Give a page's HTML as the search should read it: it shows parts of this as excerpts.

    What the page is about becomes its first sentence.

    An entry of a glossary becomes a section of its own, so that it can be found by its term.
    Code stays: its names are taken from it when the index is written.
    """
    html = LEFT_OUT.sub(" ", html)
    html = PRINTED.sub(lambda found: f"<p>{found[1]}</p>", html)
    html = MATRIX.sub(lambda found: CELL.sub(" ", found[0]), html)
    html = ENTRY.sub(r"<h3 \1>\2</h3>", html)
    if description:
        html = html.replace("</h1>", f"</h1><p>{sentence(description)}</p>", 1)
    return BLOCK.sub(r"<\1p>", CELL.sub(" · ", html))


def sentence(half: str) -> str:
    """Make a sentence of what could go on after a colon."""
    return escape(f"{half[:1].upper()}{half[1:]}.", quote=False)
