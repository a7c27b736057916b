"""The site as a zip, to be opened from its folder without a network."""

import io
import re
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from fnmatch import fnmatch
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote

from handbook.pages import rooted

EARLIEST: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""Of what a zip can say."""
# with the comma before it: a list of links stays one
_LINK: Final = re.compile(r'(?:,\s*)?<a\s[^>]*?href="(?P<to>[^"]+)"[^>]*>(?:(?!</a>).)*</a>', re.S)
_EMPTIED: Final = re.compile(r"<p\b[^>]*>[^<]*:\s*</p>")
"""A paragraph that announced links, and has none left."""
_READABLE: Final = 0o644 << 16


def zipped(site: Path, folder: str, date: datetime, without: Sequence[str]) -> bytes:
    """Pack a built site: the same files give the same bytes.

    Args:
        site: where it is.
        folder: what it is called in the zip.
        date: of every file.
        without: patterns of paths in the site that are left out, with the links to them.
    """
    names = set(_names(site, without))
    files = {}
    for name in names:
        content = (site / name).read_bytes()
        if name.endswith(".html"):
            content = _unlinked(content.decode("utf-8"), name, site, names).encode("utf-8")
        files[f"{folder}/{name}"] = content
    return packed(files, date)


def packed(
    files: Mapping[str, bytes], date: datetime, first: Mapping[str, bytes] | None = None
) -> bytes:
    """Make a zip, sorted by names.

    Args:
        files: what is in it.
        date: of every file.
        first: what stands before all others, not compressed.
    """
    stamp = time.gmtime(max(date, EARLIEST).timestamp())[:6]
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in [*(first or {}).items(), *sorted(files.items())]:
            entry = zipfile.ZipInfo(name, stamp)
            entry.external_attr, entry.create_system = _READABLE, 3
            is_plain = first is not None and name in first
            entry.compress_type = zipfile.ZIP_STORED if is_plain else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=9)
    return whole.getvalue()


def _names(site: Path, without: Sequence[str]) -> Iterator[str]:
    for path in site.rglob("*"):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not any(fnmatch(name, pattern) for pattern in without):
            yield name


def _unlinked(page: str, name: str, site: Path, names: set[str]) -> str:
    """Take out the links of a page to what is in the site and not in the zip."""

    def kept(link: re.Match[str]) -> str:
        to = unquote(unescape(link["to"])).partition("#")[0].partition("?")[0]
        path = rooted(to, name) if to else name
        if path in names or PurePosixPath(path).is_absolute() or path.startswith(".."):
            return link[0]
        return "" if (site / path).is_file() else link[0]

    found = _LINK.sub(kept, page)
    return page if found == page else _EMPTIED.sub("", found)
