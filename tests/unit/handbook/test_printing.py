"""A book becomes a PDF, or an error that says why not."""

import io
from pathlib import Path

import pikepdf
import pytest

from handbook import printing
from handbook.chromium import PrintError


def test_an_empty_page_in_the_book_s_place_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    empty, written = pikepdf.new(), io.BytesIO()
    empty.add_blank_page()
    empty.save(written)
    monkeypatch.setattr(printing, "print_html", lambda html, site: written.getvalue())
    with pytest.raises(PrintError, match="broke off"):
        printing._tagged("<p>text</p>", tmp_path)
