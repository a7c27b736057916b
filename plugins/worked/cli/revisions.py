"""The notes of another state: a revision of git, or a folder.

Only plain files are taken, and only their bytes: no link, filter or attribute is followed, and no
configuration is read.  What decides how the cells run is the site's own.
"""

import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

from worked.errors import ConfigError, NotesError
from worked.files import plain_newlines
from worked.hosts.notes import Notes
from worked.page import Page, parse
from worked.settings import Settings

MAX_TAKEN: Final = 500_000_000
"""bytes of one state"""
_PLAIN: Final = ("100644", "100755")


def notes_at(folder: Path, settings: Settings, read: Callable[[str, str], Page] = parse) -> Notes:
    """Read the notes of a state that lies in a folder, laid out as the site is; `read` parses."""
    folder = folder.resolve()  # workers are elsewhere
    packages = tuple((name, str(folder / name)) for name, _ in settings.packages)
    there = [(name, place) for name, place in packages if Path(place, "__init__.py").is_file()]
    root = (folder / settings.folder).resolve()
    if not root.is_dir():
        raise ConfigError(f"{folder} has no folder {settings.folder}")
    pages = [_page(path, root, settings.folder, read) for path in sorted(root.rglob("*.md"))]
    own = replace(settings, root=root, packages=tuple(there))
    return Notes(own, [(page, 0) for page in pages])


def _page(path: Path, root: Path, folder: str, read: Callable[[str, str], Page]) -> Page:
    name = f"{folder}/{path.relative_to(root).as_posix()}"
    if path.is_symlink() or not path.is_file():
        raise NotesError(f"{name} is no plain file")
    try:
        return read(plain_newlines(path.read_text("utf-8")), name)
    except UnicodeDecodeError:
        raise NotesError(f"{name} is not UTF-8 text") from None


def take_revision(name: str, settings: Settings, site: Path, to: Path) -> None:
    """Write the notes and packages of a revision into a folder.

    Args:
        name: as git knows it.
        settings: name the folder of the notes and the packages.
        site: the folder of `mkdocs.yml`.
        to: an empty folder.

    Raises:
        ConfigError: git does not know the revision.
        NotesError: something in it is no plain file, or it is too large.
    """
    commit = _git(site, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}", what=name)
    prefix = _git(site, "rev-parse", "--show-prefix", what=name).strip().decode()
    wanted = [settings.folder, *(package for package, _ in settings.packages)]
    listing = _git(
        site, "ls-tree", "-r", "-z", "--long", "--full-tree", commit.strip().decode(),
        *(f"{prefix}{folder}/" for folder in wanted), what=name,
    )  # fmt: skip
    files = [_entry(line, prefix) for line in listing.split(b"\0")[:-1]]
    if sum(size for _, _, size in files) > MAX_TAKEN:
        raise NotesError(f"the notes of {name} have more than {MAX_TAKEN:,} bytes")
    digests = "".join(f"{digest}\n" for _, digest, _ in files).encode()
    contents = _git(site, "cat-file", "--batch", what=name, given=digests)
    at = 0
    for path, _, size in files:
        at = contents.index(b"\n", at) + 1
        place = to / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(contents[at : at + size])
        at += size + 1


def _entry(line: bytes, prefix: str) -> tuple[str, str, int]:
    """Read one line of a listing: path from the site's folder, digest, size in bytes."""
    about, _, raw = line.partition(b"\t")
    mode, _, digest, size = about.decode("ascii").split()
    path = os.fsdecode(raw).removeprefix(prefix)
    parts = PurePosixPath(path).parts
    if mode not in _PLAIN or ".." in parts or path.startswith("/"):
        raise NotesError(f"{path!r} is no plain file")
    return path, digest, int(size)


def _git(site: Path, *arguments: str, what: str, given: bytes = b"") -> bytes:
    command = ["git", "-C", str(site), *arguments]
    try:
        ran = subprocess.run(command, input=given, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError:
        raise ConfigError("git is not installed: compare folders instead") from None
    if ran.returncode:
        raise ConfigError(f"{what!r} is neither a folder nor a revision that git knows here")
    return ran.stdout
