"""Files of the notes that go, or change their kind, while the site is built."""

import os
from collections.abc import Mapping
from pathlib import Path

from worked.files import data_file
from worked.page import Page
from worked.settings import Settings


def gone_file(error: Exception, pages: Mapping[str, Page], settings: Settings) -> str:
    """Say that a file of the notes could not be read, and who names it; empty where it is another.

    Args:
        error: that ends the build.
        pages: the site's.
        settings: name the folder of the notes.
    """
    if not isinstance(error, OSError):
        return ""
    for page in pages.values():
        for cell in page.cells:
            for name in cell.options.files:
                try:
                    data_file(settings.root, name)
                except (OSError, RuntimeError) as gone:
                    why = f"files: cannot read {name}: {getattr(gone, 'strerror', None) or gone}"
                    return f"{page.name}:{cell.option_line('files')}: {why}"
    path = Path(os.path.abspath(error.filename or ""))  # noqa: PTH100 - it may be a link by now
    if not path.is_relative_to(settings.root):
        return ""
    name = path.relative_to(settings.root).as_posix()
    return f"{settings.folder}/{name}: file: it cannot be read: {error.strerror}"
