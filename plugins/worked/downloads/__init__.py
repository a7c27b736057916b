"""What a page offers to take away: its notebook and its script."""

from worked.downloads.files import DOWNLOAD_ENDINGS, DOWNLOADS_SLOT, Downloads, downloads_line

__all__ = [
    "DOWNLOADS_SLOT",
    "DOWNLOAD_ENDINGS",
    "Downloads",
    "downloads_line",
]
