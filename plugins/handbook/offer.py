"""The line of a page that offers the files, with their sizes; nothing where none was built."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import quote

SLOT: Final = "<!-- handbook: files -->"
"""What an author writes where the line is to stand."""
_MEGA: Final = 1_000_000


def offer(files: Sequence[Path], folder: str, words: Mapping[str, str]) -> str:
    """Write the line.

    Args:
        files: that were built.
        folder: where they are, seen from the page.
        words: what the plugin says: `offer`, and each ending.
    """
    links = (
        f'<a href="{quote(f"{folder}/{file.name}")}" download>{escape(words[file.suffix[1:]])}</a> '
        f"({size(file.stat().st_size)})"
        for file in files
    )
    if not files:
        return ""
    return f'<p class="handbook-files">{escape(words["offer"])} {", ".join(links)}</p>'


def size(count: int) -> str:
    """Write a number of bytes as a reader wants it."""
    if count >= _MEGA:
        return f"{count / _MEGA:.1f}\N{NO-BREAK SPACE}MB"
    return f"{max(1, round(count / 1000))}\N{NO-BREAK SPACE}kB"
