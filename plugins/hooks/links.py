"""A hook of this site: a link that is a formula and nothing else has a name in words.

Not all that reads pages aloud reads MathML.
"""

import re
from html import escape, unescape

from mkdocs.plugins import event_priority

FORMULA = r"(?:<span class=\"texmath-kept\">)?<math\b(?:(?!</a>).)*</math>[.,]?(?:</span>)?"
LINK = re.compile(rf"<a (?P<to>(?![^>]*aria-label)[^>]*)>(?P<formula>{FORMULA})</a>", re.S)
TAG = re.compile(r"<[^>]*>")


@event_priority(-120)  # the results of cells and the formulas are in the page
def on_post_page(output: str, **_: object) -> str:
    """Name the links of a page that are formulas by what is written in them."""
    return LINK.sub(named, output) if "<math" in output else output


def named(found: re.Match[str]) -> str:
    """Give a link its name."""
    said = escape(unescape(TAG.sub("", found["formula"])))
    return f'<a aria-label="{said}" {found["to"]}>{found["formula"]}</a>'
