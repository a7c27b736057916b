"""Check that HTML is in the form that `clean_html` writes: what is not, is refused, never repaired.

One pass from left to right, without recursion and without a library: the HTML comes from a process
that ran code which nobody trusts.
"""

import re
from collections.abc import Callable
from typing import Final

from worked import limits
from worked.errors import CONTROL_PICTURES
from worked.markup.styles import allowed_style
from worked.protocol.pictures import PictureError, address_picture_size

ELEMENTS: Final = frozenset(
    [
        *("a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "del"),
        *("details", "div", "dl", "dt", "em", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins"),
        *("kbd", "li", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub"),
        *("summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var"),
    ]
)
"""What an object may say of itself: text, tables and pictures that it holds; no script or form."""
_EMPTY: Final = frozenset(["br", "hr", "col", "img"])
"""What has no end."""
ALLOWED_ATTRIBUTES: Final = {
    "*": frozenset(["title", "lang", "dir"]),
    "a": frozenset(["href"]),
    "tr": frozenset(["style"]),
    "td": frozenset(["colspan", "rowspan", "style"]),
    "th": frozenset(["colspan", "rowspan", "scope", "style"]),
    "col": frozenset(["span"]),
    "colgroup": frozenset(["span"]),
    "img": frozenset(["src", "alt", "width", "height"]),
}
LINK_SCHEMES: Final = ("http", "https", "mailto")
"""How a link may begin that leads out of the page."""

_OURS: Final = ' rel="noopener noreferrer"'
"""What cleaning adds to a link."""
_TEXT: Final = re.compile(r"[^<>&]++|&(?:amp|lt|gt|nbsp);")
_TAG: Final = re.compile(
    r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)"
    r'(?P<attributes>(?: [a-z]+="(?:[^"<>&]++|&(?:amp|lt|gt|quot|nbsp);)*+")*+)>'
)
_ATTRIBUTE: Final = re.compile(r' (?P<name>[a-z]+)="(?P<value>[^"]*)"')
_HREF: Final = re.compile(rf"(?:{'|'.join(LINK_SCHEMES)}):|[^:/?#&]*(?:[/?#]|\Z)", re.IGNORECASE)
CONTROLS: Final = {code: to for code, to in CONTROL_PICTURES.items() if chr(code) != "\r"}
"""The control characters that HTML does not allow -> what shows that they are there."""
_CONTROL: Final = re.compile(rf"[\ud800-\udfff{''.join(re.escape(chr(one)) for one in CONTROLS)}]")
_WORD: Final = re.compile(r"[\w-]*")
SIDE: Final = re.compile(r"[0-9]{1,5}")
"""Width or height of a picture: pixels."""


_VALUES: Final[dict[str, Callable[[str], bool]]] = {
    "href": lambda value: _HREF.match(value) is not None,
    "style": lambda value: allowed_style(value) == value,
    "colspan": lambda value: _WORD.fullmatch(value) is not None,
    "rowspan": lambda value: _WORD.fullmatch(value) is not None,
    "span": lambda value: _WORD.fullmatch(value) is not None,
    "scope": lambda value: _WORD.fullmatch(value) is not None,
    "width": lambda value: SIDE.fullmatch(value) is not None,
    "height": lambda value: SIDE.fullmatch(value) is not None,
    "src": lambda value: address_picture_size(value) is not None,
}


class UncleanError(ValueError):
    """HTML that is too much, or that no cleaning has made."""


def check_size(html: str) -> None:
    """Refuse what is too long to look at.

    Raises:
        UncleanError: says how long it is.
    """
    if len(html) > limits.MAX_HTML:
        raise UncleanError(f"HTML of {len(html):,} characters; at most {limits.MAX_HTML:,} fit")


def check_html(html: str) -> None:
    """Look at every element, attribute and text.

    Raises:
        UncleanError: names the first thing that is not as `clean_html` writes it.
    """
    check_size(html)
    if found := _CONTROL.search(html):
        raise UncleanError(f"HTML with the character {ord(found[0]):#x}")
    around: list[str] = []
    at = 0
    while at < len(html):
        if text := _TEXT.match(html, at):
            at = text.end()
            continue
        tag = _TAG.match(html, at)
        if tag is None:
            raise UncleanError(f"HTML that is not clean: {html[at : at + 40]!r}")
        try:
            _take(tag, around)
        except PictureError as error:
            raise UncleanError(f"HTML with {error}") from error
        at = tag.end()
    if around:
        raise UncleanError(f"HTML whose <{around[-1]}> has no end")


def _take(tag: re.Match[str], around: list[str]) -> None:
    name, attributes = tag["name"], tag["attributes"]
    if name not in ELEMENTS:
        raise UncleanError(f"HTML with <{name[:40]}>")
    if tag["end"]:
        if attributes or not around or around.pop() != name:
            raise UncleanError(f"HTML with a </{name}> that ends nothing")
        return
    for found in _ATTRIBUTE.finditer(attributes.removesuffix(_OURS) if name == "a" else attributes):
        key, value = found["name"], found["value"]
        if key not in ALLOWED_ATTRIBUTES["*"] and key not in ALLOWED_ATTRIBUTES.get(name, ()):
            raise UncleanError(f"HTML with the attribute {key[:40]!r} on <{name}>")
        if key in _VALUES and not _VALUES[key](value):
            raise UncleanError(f"HTML with {key}={value[:40]!r} on <{name}>")
    if name not in _EMPTY:
        around.append(name)
        if len(around) > limits.MAX_HTML_DEPTH:
            raise UncleanError(
                f"HTML with more than {limits.MAX_HTML_DEPTH} elements in each other"
            )
