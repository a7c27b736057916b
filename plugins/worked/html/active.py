"""What of a page's own HTML is more than text: a stranger's page may not have it.

Python-Markdown lets HTML through as it is written.  What is not on the lists is refused, never
repaired.
"""

import re
from collections.abc import Collection, Iterator
from typing import Final

from worked.html.addresses import ADDRESSES, address_refusal, is_allowed_address
from worked.html.markup import MARKUP, RAW, Tag, read_tag
from worked.markup import ELEMENTS

_TAGS: Final = ELEMENTS | {
    *("h1", "h2", "img", "figure", "figcaption", "picture", "source", "video", "audio", "track"),
    *("section", "article", "aside", "header", "footer", "main", "nav", "address", "center"),
    *("mark", "time", "wbr", "cite", "dfn", "data", "bdi", "bdo", "ruby", "rt", "rp", "tt", "big"),
    *("label", "input", "optgroup", "progress", "meter"),  # of tabs and lists of tasks
    "worked-sweep",
}
_INPUTS: Final = ("radio", "checkbox")
_OWN_IDS: Final = re.compile(r"__(?:tabbed|codelineno|span)[_-].*")
"""Of Markdown's extensions; by others that begin so, themes find their own settings."""
_STYLE: Final = re.compile(r"[\w\s:;,.#%!-]*")
"""Of a style: nothing that fetches, nor hides its name."""
_PLACES: Final = re.compile(r"position|z-index|transform|inset|expression|binding|behaviou?r", re.I)
_COMMENT: Final = re.compile(r"<!--(?!-?>)(?:(?!--!?>).)*-->", re.DOTALL)
"""One that every browser ends at the same place."""


def active_parts(html: str, elements: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Find what may run, fetch or cover the page: (as it is written, what it is).

    Args:
        html: of a page's own text; the drawings of its cells, which are checked, are not in it.
        elements: custom elements of the site that cells of the page name.
    """
    for found in MARKUP.finditer(html):
        if said := _of_markup(found[0], elements):
            yield found[0], said


def is_inactive_markup(text: str) -> bool:
    """Whether a tag or comment shows something at most, wherever it stands."""
    return not _of_markup(text)


def _of_markup(text: str, elements: Collection[str] = ()) -> str:
    if text.startswith("</"):
        return ""
    return _of_comment(text) if text.startswith(("<!", "<?")) else _of_tag(text, elements)


def _of_comment(text: str) -> str:
    return "" if _COMMENT.fullmatch(text) else "a comment that browsers end in different places"


def _of_tag(text: str, elements: Collection[str]) -> str:
    name = re.match(r"<([a-zA-Z][\w:-]*)", text)
    if name and name[1].lower() in RAW:
        return f"the element <{name[1].lower()}>"
    tag = read_tag(text)
    if tag is None:
        return "a tag that browsers might read in more than one way"
    if tag.name not in _TAGS and tag.name not in elements:
        return f"the element <{tag.name[:40]}>"
    if tag.name == "input" and dict(tag.attributes).get("type", "").lower() not in _INPUTS:
        return "a field to write into"
    return next(filter(None, (_of_attribute(tag, *one) for one in tag.attributes)), "")


def _of_attribute(tag: Tag, name: str, written: str) -> str:
    if name in ADDRESSES:
        is_good = is_allowed_address(written, picture=tag.name == "img")
        return "" if is_good else address_refusal(written)
    if name.startswith(("on", "data-md", "form", "xlink")) or name in ("srcdoc", "http-equiv"):
        return f"the attribute `{name[:40]}`"
    if name in ("id", "name", "for") and written.startswith("__"):
        return "" if _OWN_IDS.fullmatch(written) else f"the {name} {written[:40]!r} of a theme"
    if name == "style" and not (_STYLE.fullmatch(written) and not _PLACES.search(written)):
        return f"the style {written[:60]!r}"
    if name == "class" and "mermaid" in written.lower():
        return "the class `mermaid`, for which themes load a program"
    return ""
