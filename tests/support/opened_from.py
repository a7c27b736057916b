"""Whence a reader opens a page of the site: from a folder, or from a server."""

from typing import Final

import pytest

OVER: Final = pytest.mark.parametrize(
    "over", ["file", pytest.param("http", marks=pytest.mark.nightly)]
)
"""A browser allows a page less in a folder; from a server, pages are opened in every way."""
