"""Values in finished HTML: each is text, wherever it stands.

Until all of a page is put together a value stands between marks that no page can hold, so that what
is around it can be read as a browser will read it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from worked.html.addresses import ADDRESSES, address_refusal, is_allowed_address

RAW: Final = frozenset(
    [
        *("script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"),
        *("textarea", "title"),
    ]
)
"""Elements in which there are no tags."""
MARKUP: Final = re.compile(
    r"<!--.*?(?:-->|\Z)"
    rf"|<(?P<raw>{'|'.join(sorted(RAW))})\b(?:[^\"'>]+|\"[^\"]*\"|'[^']*')*+>.*?(?:</(?P=raw)\b|\Z)"
    r"|<[a-zA-Z/!?](?:[^\"'>]+|\"[^\"]*\"|'[^']*')*+>?",
    re.DOTALL | re.IGNORECASE,
)
"""All of HTML that is no text."""

_ATTRIBUTE: Final = (
    r"\s+(?P<name>[^\s\"'<>/=\x02]+)"
    r"(?:\s*=\s*(?:\"(?P<text>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'=<>`\x02]+)))?+"
)
_PLAIN: Final = re.sub(r"\?P<\w+>", "?:", _ATTRIBUTE)
_TAG: Final = re.compile(rf"<(?P<tag>[a-zA-Z][\w:.-]*)(?P<attributes>(?:{_PLAIN})*+)\s*/?>")
_EACH: Final = re.compile(_ATTRIBUTE)

_VALUE: Final = re.compile(
    "\x02worked-value:(?P<index>\\d+)(?P<missing>\\??)\x03(?P<text>[^\x02\x03]*)\x02worked-value\x03"
)
_WORDS: Final = frozenset(
    [
        *("title", "alt", "id", "class", "lang", "dir", "label", "abbr", "placeholder", "summary"),
        *("width", "height", "value", "min", "max", "low", "high", "optimum", "start", "datetime"),
        *("colspan", "rowspan", "span", "aria-label", "aria-description", "name", "download"),
    ]
)
"""The attributes, beside those with addresses, in which a value may stand."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One opening tag, as a browser reads it."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    """(name in small letters, text as it is written)"""


Refuse = Callable[[int, str], None]
"""Takes the number of a value, and why it may not stand where it stands."""


def read_tag(text: str) -> Tag | None:
    """Read an opening tag; None for one that browsers might read in more than one way."""
    found = _TAG.fullmatch(text)
    if found is None:
        return None
    attributes = (
        (one["name"].lower(), one["text"] or one["single"] or one["bare"] or "")
        for one in _EACH.finditer(found["attributes"])
    )
    return Tag(found["tag"].lower(), tuple(attributes))


def mark_value(index: int, html: str, *, is_missing: bool = False) -> str:
    """Give what stands for a value until the page is finished.

    Args:
        index: the value's number on its page.
        html: its text, escaped.
        is_missing: whether there is none.
    """
    plain = html.replace("\x02", "").replace("\x03", "")
    return f"\x02worked-value:{index}{'?' if is_missing else ''}\x03{plain}\x02worked-value\x03"


def place_values(html: str, refuse: Refuse) -> str:
    """Put each value in its place: an element in the midst of text, its text in an attribute.

    Where neither is possible, or its text would be an address that runs, nothing stands.
    """
    if "\x02worked-value" not in html:
        return html
    parts, at = [], 0
    for found in MARKUP.finditer(html):
        if "\x02" in found[0]:
            parts += [html[at : found.start()], _in_markup(found[0], refuse)]
            at = found.end()
    return _VALUE.sub(_element, "".join([*parts, html[at:]]))


def _element(found: re.Match[str]) -> str:
    more = " worked-missing" if found["missing"] else ""
    return f'<span class="worked-value{more}">{found["text"]}</span>'


def _in_markup(text: str, refuse: Refuse) -> str:
    """Give a tag, or another piece of markup, with the texts of its values."""
    tag = read_tag(text)
    if tag is None:
        for found in _VALUE.finditer(text):
            refuse(int(found["index"]), f"a value cannot stand in `{text[:20].split()[0]}`")
        return _VALUE.sub("", text)
    for index, why in _misplaced(tag):
        refuse(index, why)
        text = re.sub(f"\x02worked-value:{index}\\??\x03[^\x02\x03]*\x02worked-value\x03", "", text)
    return _VALUE.sub(lambda found: found["text"], text)


def _misplaced(tag: Tag) -> Iterator[tuple[int, str]]:
    """Find the values of a tag that are no text there: (number, why)."""
    for name, written in tag.attributes:
        said = ""
        if name in ADDRESSES:
            plain = _VALUE.sub(lambda found: found["text"], written)
            if not is_allowed_address(plain, picture=tag.name == "img"):
                said = address_refusal(plain)
        elif name not in _WORDS:
            said = f"a value cannot stand in the attribute `{name[:40]}`"
        for found in _VALUE.finditer(written) if said else ():
            yield int(found["index"]), said
