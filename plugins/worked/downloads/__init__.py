"""What a page offers to take away: its notebook and its script.

Imports exports, html, settings, page, svg, protocol, errors, files, limits and palette.
"""

from worked.downloads.files import (
    DOWNLOAD_ENDINGS,
    DOWNLOADS_SLOT,
    Downloads,
    Pack,
    ResultOf,
    Texts,
    downloads_line,
)

__all__ = [
    "DOWNLOADS_SLOT",
    "DOWNLOAD_ENDINGS",
    "Downloads",
    "Pack",
    "ResultOf",
    "Texts",
    "downloads_line",
]
