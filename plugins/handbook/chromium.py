"""The system's Chromium, which prints HTML to PDF."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MINUTES: Final = 20
"""After these it has not printed and will not; a busy machine takes some for a long book."""
_FLAGS: Final = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # a book is made of what is here
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
)


class PrintError(Exception):
    """There is no Chromium, or it did not print; the message says what to do."""


def find_chromium() -> str:
    """Find Chromium.

    Raises:
        PrintError: where there is none.
    """
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise PrintError(
            "a PDF is printed by Chromium, and there is none: apt-get install chromium, or put "
            f"one of {', '.join(NAMES)} on the PATH"
        )
    return found


def print_html(html: str, site: Path) -> bytes:
    """Print a document.

    Args:
        html: with addresses as seen from the site's root.
        site: where the style sheets and pictures are.

    Raises:
        PrintError: where it cannot.
    """
    chromium = find_chromium()
    with tempfile.TemporaryDirectory(prefix="handbook-") as folder:
        printed = Path(folder, "printed.pdf")
        handle, name = tempfile.mkstemp(suffix=".html", prefix="handbook-", dir=site)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as page:
                page.write(html)
            _run(
                [
                    chromium,
                    *_FLAGS,
                    *(["--no-sandbox"] if _is_root() else []),
                    f"--user-data-dir={folder}/profile",
                    f"--print-to-pdf={printed}",
                    Path(name).resolve().as_uri(),
                ]
            )
            return printed.read_bytes()
        except FileNotFoundError as error:
            raise PrintError("Chromium ended and printed nothing") from error
        finally:
            Path(name).unlink()


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, timeout=60 * MINUTES)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise PrintError(f"Chromium has not printed after {MINUTES} minutes") from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()[-3:]
        raise PrintError(f"Chromium ended with {done.returncode}: {' '.join(said)}")
