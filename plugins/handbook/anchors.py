"""Ids that are unique in the book, and references that name them wherever in the book they are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit

from handbook.markup import Element, elements
from handbook.pages import rooted

NAMING: Final = (
    "for",
    "headers",
    "list",
    "aria-activedescendant",
    "aria-controls",
    "aria-describedby",
    "aria-details",
    "aria-errormessage",
    "aria-flowto",
    "aria-labelledby",
    "aria-owns",
)
"""Attributes whose value is one id, or several."""
_GROUPED: Final = {"input", "details"}
"""Elements whose `name` joins them to others of the page."""
_URL: Final = re.compile(r"url\(\s*(['\"]?)#([^)'\"]+)\1\s*\)")
_FILES: Final = ("src", "poster", "data")
"""Attributes that name a file which is shown."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """Where every page of the book is, and which ids it has."""

    home: str
    """Where the site is published: what is not in the book is there."""
    prefixes: dict[str, str] = field(default_factory=dict)
    """A page's address -> what its ids begin with; it is the id of its beginning, too."""
    ids: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, address: str, page: Element) -> str:
        """Note a page of the book.

        Returns:
            The id of its beginning.
        """
        prefix = stem = _slug(address)
        count = 1
        while prefix in self.prefixes.values():
            prefix = f"{stem}-{(count := count + 1)}"
        self.prefixes[address] = prefix
        self.ids[address] = frozenset(filter(None, (one.get("id") for one in elements(page))))
        return prefix

    def settle(self, address: str, page: Element) -> None:
        """Rewrite the ids and references of a page, in place."""
        for element in elements(page):
            self._settle(element, address)

    def _settle(self, element: Element, address: str) -> None:
        prefix = self.prefixes[address]
        if element.get("id"):
            element.set("id", f"{prefix}.{element.get('id')}")
        for name in NAMING:
            if named := element.get(name):
                element.set(name, " ".join(f"{prefix}.{one}" for one in named.split()))
        if element.tag in _GROUPED and element.get("name"):
            element.set("name", f"{prefix}.{element.get('name')}")
        for name, value in element.attrib.items():
            if "url(" in value:
                element.set(name, _URL.sub(rf"url(#{prefix}.\2)", value))
        for name in _FILES:
            if shown := element.get(name):
                element.set(name, rooted(shown, address))
        for name in ("href", "xlink:href"):
            if (to := element.get(name)) is not None:
                self._refer(element, name, to, address)

    def _refer(self, element: Element, name: str, to: str, address: str) -> None:
        """Let a link lead to its place in the book, else to the published site, else nowhere."""
        found = self.place(to, address)
        if found:
            element.set(name, found)
        elif element.tag == "a":
            element.attrib.pop(name)
        else:  # a picture in a drawing
            element.set(name, rooted(to, address))

    def place(self, to: str, address: str) -> str:
        """Say where a reference of a page leads in the book; empty for nowhere."""
        parts = urlsplit(to)
        if parts.scheme or parts.netloc:
            return to
        page = rooted(unquote(parts.path), address) if parts.path else address
        page = next((one for one in _spellings(page) if one in self.prefixes), page)
        if page not in self.prefixes:
            where = urljoin(self.home, quote(page)) if self.home else ""
            return f"{where}#{parts.fragment}" if where and parts.fragment else where
        return f"#{self._anchor(page, unquote(parts.fragment))}"

    def _anchor(self, page: str, fragment: str) -> str:
        """Name a place of a page; `fig-steps:step=2` is in `fig-steps`."""
        prefix, ids = self.prefixes[page], self.ids[page]
        while fragment and fragment not in ids:
            fragment = fragment.rpartition(":")[0]
        return f"{prefix}.{fragment}" if fragment else prefix


def _spellings(page: str) -> Mapping[str, None]:
    """Give the ways to name a page: a folder is its `index.html`, or a page of that name."""
    bare = "" if page in (".", "index.html") else page.removesuffix("/index.html").rstrip("/")
    folder = f"{bare}/" if bare else ""
    return dict.fromkeys([page, bare, folder, f"{folder}index.html"])


def _slug(address: str) -> str:
    """Make an id of a page's address, which begins with a letter, as XML wants it."""
    path = address.removesuffix("/").removesuffix("index.html").removesuffix(".html").strip("/")
    slug = re.sub(r"[^\w-]+", "-", path).strip("-") or "home"
    return slug if slug[0].isalpha() else f"page-{slug}"
