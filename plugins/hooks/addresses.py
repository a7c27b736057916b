"""A hook of this site: give each numbered caption a link to itself."""

import re

CAPTION = re.compile(
    r'(?P<figure><figure class="worked-figure[^>]* id="(?P<label>[\w-]+)")'
    r'|(?<=<span class="worked-number">)(?P<number>[^<]+)(?=</span>)'
)


def on_page_content(html: str, **_: object) -> str:
    """Make the number of a caption a link to its figure or table."""
    label = ""

    def linked(found: re.Match[str]) -> str:
        nonlocal label
        if found["figure"]:
            label = found["label"]
            return found[0]
        return f'<a href="#{label}">{found["number"]}</a>' if label else found[0]

    return CAPTION.sub(linked, html)
