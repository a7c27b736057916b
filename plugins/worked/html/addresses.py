"""Where a link may lead: to the site itself, or by a scheme from a list."""

import html
import re
from typing import Final
from urllib.parse import urlsplit

from worked.markup import LINK_SCHEMES

SCHEMES: Final = (*LINK_SCHEMES, "tel")
"""Every other one is refused: `javascript:` runs, `data:` and `blob:` hold pages, and so on."""
ADDRESSES: Final = frozenset(
    [
        *("href", "xlink:href", "src", "srcset", "poster", "cite", "longdesc", "background"),
        *("action", "formaction", "data", "ping", "usemap", "manifest", "codebase", "icon"),
    ]
)
"""The attributes that hold an address."""

_PIXELS: Final = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*")
_DROPPED: Final = re.compile(r"[\t\n\r]|\A[\0- ]+")
"""What a browser drops of an address before it looks for the scheme: `java<tab>script:` runs."""


def is_allowed_address(address: str, *, picture: bool = False) -> bool:
    """Whether a link or a picture may have an address, as it stands in an attribute.

    Args:
        address: entities in it are read as a browser reads them.
        picture: whether it is of a picture, which may hold its own pixels.
    """
    plain = html.unescape(address.replace("\x02amp\x03", "&"))  # Python-Markdown's own `&`
    plain = _DROPPED.sub("", plain)
    if picture and _PIXELS.fullmatch(plain):
        return True
    head = re.split(r"[/?#\\]", plain, maxsplit=1)[0]
    scheme, colon, _ = head.partition(":")
    return not colon or scheme.lower() in SCHEMES


def is_readable_address(address: str) -> bool:
    """Whether the parts of an address can be told apart: not those of `//[a`."""
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


def address_refusal(address: str) -> str:
    """Say why an address is refused."""
    return (
        f"a link leads to {address[:60]!r}: it may lead to the site itself, or begin with "
        f"{', '.join(f'`{scheme}:`' for scheme in SCHEMES)}"
    )
