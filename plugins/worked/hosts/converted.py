"""What one conversion leaves behind in MkDocs: the HTML, its contents, its title, its addresses."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markdown import Markdown
from mkdocs.structure.files import File, Files


@dataclass(frozen=True, slots=True)
class Converted:
    """What a page's conversion gave, as JSON."""

    html: str
    contents: list[Any]
    """What the extension `toc` has found."""
    title: str | None
    written: list[str]
    """Addresses in the page's own HTML."""
    made: list[str]
    """Addresses that Markdown has made."""
    links: list[list[Any]]
    """Pairs: the file that is linked to, and its addresses, each with the link as it is written."""


class MkDocsParts:
    """What MkDocs itself adds to a converter, to read the page from it."""

    def __init__(self, md: Markdown) -> None:
        """Find the parts.

        Raises:
            LookupError: the converter is not that of a page, or MkDocs has changed.
        """
        self._md = md
        self._written: Any = md.preprocessors["mkdocs_raw_html"]
        self._made: Any = md.treeprocessors["mkdocs_extract_anchors"]
        self._links: Any = md.treeprocessors["relpath"]
        self.file: File | None = getattr(self._links, "file", None)
        """The page's."""
        self._title: Any = md.treeprocessors["mkdocs_extract_title"]
        for part, name in (
            (self._written, "present_anchor_ids"),
            (self._made, "present_anchor_ids"),
            (self._links, "links_to_anchors"),
            (self._title, "title"),
        ):
            if not hasattr(part, name):
                raise LookupError(name)

    def taken(self, html: str, files: Files) -> Converted | None:
        """Take what a conversion has left; None where it cannot be kept."""
        links = self._links.links_to_anchors
        contents = getattr(self._md, "toc_tokens", [])
        if any(files.get_file_from_path(file.src_uri) is not file for file in links):
            return None
        try:
            if json.loads(json.dumps(contents)) != contents:
                return None
        except (TypeError, ValueError):
            return None
        return Converted(
            html,
            contents,
            title=self._title.title,
            written=sorted(self._written.present_anchor_ids),
            made=sorted(self._made.present_anchor_ids),
            links=[[file.src_uri, dict(there)] for file, there in links.items()],
        )

    def put_back(self, converted: Converted, files: Files) -> str:
        """Leave what a conversion has left, and give its HTML.

        Raises:
            LookupError: a file that is linked to is none of the site any more.
        """
        links = {}
        for uri, there in converted.links:
            if (file := files.get_file_from_path(uri)) is None:
                raise LookupError(uri)
            links[file] = dict(there)
        self._md.toc_tokens = json.loads(json.dumps(converted.contents))  # type: ignore[attr-defined]
        self._title.title = converted.title
        self._written.present_anchor_ids = set(converted.written)
        self._made.present_anchor_ids = set(converted.made)
        self._links.links_to_anchors = links
        return converted.html


def read_converted(kept: object) -> Converted:
    """Read what was kept.

    Raises:
        TypeError: it is not what `asdict` of a `Converted` gives.
    """
    if not isinstance(kept, Mapping):
        raise TypeError("no conversion")
    found = Converted(**kept)
    lists = (found.contents, found.written, found.made, found.links)
    if not isinstance(found.html, str) or not all(isinstance(one, list) for one in lists):
        raise TypeError("no conversion")
    return found
