"""The line of a page that offers the deck and the table, with their sizes."""

from collections.abc import Mapping
from html import escape
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote

SLOT: Final = "<!-- revise: files -->"
"""What an author writes where the line is to stand."""


def offer(files: Mapping[str, int], folder: str, words: Mapping[str, str]) -> str:
    """Write the line; nothing where no file was written.

    Args:
        files: name -> its bytes.
        folder: where they are, seen from the page.
        words: what the plugin says: `offer`, and each ending.
    """
    links = (
        f'<a href="{quote(f"{folder}/{name}")}" download>'
        f"{escape(words[PurePosixPath(name).suffix[1:]])}</a> ({_size(count)})"
        for name, count in files.items()
    )
    return (
        f'<p class="revise-files">{escape(words["offer"])} {", ".join(links)}</p>' if files else ""
    )


def _size(count: int) -> str:
    return f"{max(1, round(count / 1000)):,}\N{NO-BREAK SPACE}kB"
