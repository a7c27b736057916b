"""What every part does with texts and files: hash, place and write them."""

import contextlib
import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

MARKDOWN: Final = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""How the names of pages end, as MkDocs has it."""

ASIDE: Final = ".aside-"
"""Begins the name of a file that is not whole yet."""


def digest(*parts: str | Iterable[str]) -> str:
    """Hash texts and lists of texts so that no two different inputs look alike."""
    plain = [part if isinstance(part, str) else list(part) for part in parts]
    return hashlib.sha256(json.dumps(plain).encode("utf-8", "backslashreplace")).hexdigest()


def digest_text(text: str) -> str:
    """Hash one text, which may be long."""
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def digest_file(path: Path) -> str:
    """Hash a file's content.

    Raises:
        OSError: when it cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path leads into a folder, wherever links on it lead.

    Raises:
        OSError, RuntimeError: links in a circle.
        ValueError: no name that a file can have.
    """
    return path.resolve().is_relative_to(folder.resolve())


def data_file(root: Path, name: str) -> Path:
    """Find a data file of the notes; a link, which anybody can send, may not lead out of them.

    Args:
        root: the folder of the notes.
        name: the file's path from there.

    Raises:
        OSError, RuntimeError: there is none, it is not a plain file, or links go in a circle.
    """
    path = (root / name).resolve(strict=True)
    if not is_inside(path, root):
        raise PermissionError(errno.EACCES, "it leads out of the folder of the notes")
    if not path.is_file():
        raise FileNotFoundError(errno.ENOENT, "it is not a file")
    return path


def plain_newlines(text: str) -> str:
    """Give a text the line ends that Python-Markdown gives it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def write_atomically(path: Path, content: bytes, *, is_source: bool = False) -> None:
    """Write a file aside and put it in its place whole; what reads it never sees a half.

    Args:
        path: of the file.
        content: all of it.
        is_source: whether it is an author's, which keeps its mode and must be on the disk before
            it takes the old one's place.

    Raises:
        OSError: when it cannot be written; what was there before still is.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=ASIDE, dir=path.parent)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            if is_source:
                stream.flush()
                os.fsync(stream.fileno())
        if is_source:
            aside.chmod(path.stat().st_mode & 0o7777)
        aside.replace(path)
    except BaseException:
        drop(aside)
        raise


def drop(path: Path) -> None:
    """Remove a file; harmless where there is none, or where it cannot be."""
    with contextlib.suppress(OSError):
        path.unlink()
