"""Builds of a site with files to take away, always at the same time."""

import os
import subprocess
import sys
from pathlib import Path


def build_files(root: Path, formats: str, *flags: str | Path) -> subprocess.CompletedProcess[str]:
    """Build the site in a folder, strictly; `formats` are those of its files, parted by spaces."""
    fixed = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1767225600", "HANDBOOK": formats}
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", *flags],
        cwd=root,
        env={**os.environ, **fixed},
        capture_output=True,
        text=True,
    )


def file_of_notes(format_: str, folder: Path) -> Path:
    """Build the site of these notes into a folder, and give the one file of a format."""
    root = Path(__file__).resolve().parents[2]
    done = build_files(root, format_, "--quiet", "--site-dir", folder)
    assert done.returncode == 0, done.stderr
    (file,) = (folder / "files").iterdir()
    return file
