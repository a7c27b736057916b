"""The custom elements that a site declares in `mkdocs.yml`, and what a page with some loads."""

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import quote

from mkdocs.exceptions import Abort
from mkdocs.utils import get_relative_url

from worked.files import is_inside
from worked.hosts.notes import Notes
from worked.page import Page, read_element

ARRAY_READER: Final = "assets/worked-arrays.js"
"""Reads the arrays that a page hands to an element."""


def site_elements(
    declared: Mapping[str, object], root: Path
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Check the elements of a site's configuration: (name, its scripts and style sheets).

    Args:
        declared: name -> path of its script, or a list of scripts and style sheets.
        root: the folder of the notes, where the paths start.

    Raises:
        Abort: a name that HTML does not have, or a file that is not there.
    """
    return tuple((_name(name), tuple(_files(name, declared[name], root))) for name in declared)


def _name(name: object) -> str:
    try:
        return read_element(name)
    except ValueError as error:
        raise Abort(f"worked: elements: the name of an element {error}") from error


def _files(name: str, given: object, root: Path) -> Iterator[str]:
    paths = given if isinstance(given, list) else [given]
    if not any(str(path).endswith(".js") for path in paths):
        raise Abort(f"worked: elements: {name}: name its script, such as `assets/{name}.js`")
    for path in map(str, paths):
        if PurePosixPath(path).suffix not in (".js", ".css"):
            raise Abort(f"worked: elements: {name}: {path!r} is neither a script nor a style sheet")
        if not (root / path).is_file() or not is_inside(root / path, root):
            raise Abort(f"worked: elements: {name}: there is no file {path!r} below {root.name}/")
        yield path


def element_tags(page: Page | None, notes: Notes | None, url: str) -> str:
    """Load what the elements of a page need, at the end of its text.

    There a theme that replaces the text without loading the page anew runs them too.

    Args:
        page: as it is written; None for a page that is not ours.
        notes: of the site, with the elements that it declares.
        url: the address of the page in the site.
    """
    used = {cell.options.element for cell in page.cells} if page else set()
    declared = notes.settings.elements if notes else ()
    files = [path for name, paths in declared if name in used for path in paths]
    tags = [_tag(path, url) for path in dict.fromkeys([ARRAY_READER, *files] if files else [])]
    return "".join(f"\n{tag}" for tag in sorted(tags, key=lambda tag: not tag.startswith("<link")))


def _tag(path: str, url: str) -> str:
    address = escape(get_relative_url(quote(path), url))
    if path.endswith(".css"):
        return f'<link rel="stylesheet" href="{address}">'
    return f'<script src="{address}" defer></script>'
