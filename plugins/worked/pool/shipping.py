"""What a page needs, by its content: packed where the build is, laid out where the page runs.

A part is bytes under their digest: a file, or the list of a folder.  A worker gets each part once.
"""

import hashlib
import json
import os
import stat
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, Final

from worked.files import is_inside, write_atomically
from worked.protocol.messages import Job, unpack_job

_FILE, _FOLDER, _LINK = "file", "folder", "link"
_BYTECODE: Final = "__pycache__"


class UnreadableError(Exception):
    """A data file that cannot be read any more; `name` is what the page calls it."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(why)
        self.name = name


@dataclass(frozen=True, slots=True)
class Parcel:
    """A job on its way."""

    order: bytes
    """The job as JSON, in which every path is the digest of what is there."""
    parts: Mapping[str, bytes]
    """Digest -> content of all that it names."""


class Shipper:
    """Packs the jobs of one build; may be used by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._files: dict[Path, tuple[tuple[int, ...], str, bytes]] = {}

    def pack(self, job: Job) -> Parcel:
        """Pack a job with all that it names.

        Raises:
            UnreadableError: a data file has gone.
            OSError: a file of a package cannot be read.
        """
        with self._lock:
            parts: dict[str, bytes] = {}
            plain = asdict(job)
            plain["files"] = [(name, self._data(name, place, parts)) for name, place in job.files]
            plain["packages"] = [
                (name, self._folder(Path(folder), parts)) for name, folder in job.packages
            ]
            plain["modules"] = [_part(_json(module), parts) for module in plain["modules"]]
        return Parcel(_json(plain), parts)

    def _data(self, name: str, place: str, parts: dict[str, bytes]) -> str:
        try:
            path = Path(place).resolve(strict=True)
            if not path.is_file():
                raise UnreadableError(name, "it is not a plain file")
            return self._file(path, parts)
        except (OSError, RuntimeError) as error:  # or a circle of links
            why = error.strerror if isinstance(error, OSError) else str(error)
            raise UnreadableError(name, why or "it is not a plain file") from error

    def _folder(self, root: Path, parts: dict[str, bytes]) -> str:
        """Pack a folder: its list, and every plain file in it but bytecode."""
        found = []
        for path, kind in _listed(root, root):
            if kind == _FILE:
                given = self._file(path, parts)
            else:
                given = _link_inside(path, root) if kind == _LINK else ""
            found.append((path.relative_to(root).as_posix(), kind, given))
        return _part(_json(found), parts)

    def _file(self, path: Path, parts: dict[str, bytes]) -> str:
        """Read a file, unless it is as it was when it was read last."""
        seen = path.stat()
        state = (seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
        known, digest, content = self._files.get(path, ((), "", b""))
        if known != state:
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            self._files[path] = state, digest, content
        parts[digest] = content
        return digest


class Depot:
    """Keeps parts in a folder of a worker, and lays jobs out there; for several threads."""

    def __init__(self, root: Path) -> None:
        """Take an empty folder."""
        self._root = root
        self._lock = threading.Lock()

    def keep(self, parts: Mapping[str, bytes]) -> None:
        """Keep parts that have come.

        Raises:
            ValueError: one is not what its digest says.
            OSError: it cannot be written.
        """
        for digest, content in parts.items():
            if hashlib.sha256(content).hexdigest() != digest:
                raise ValueError("a part that is damaged")
            write_atomically(self._part(digest), content)

    def unpack(self, order: bytes) -> Job:
        """Read a job back, with the places that its files have here.

        Raises:
            OSError: a part is missing, or a folder cannot be laid out.
        """
        plain = json.loads(order)
        plain["modules"] = [json.loads(self._part(one).read_bytes()) for one in plain["modules"]]
        job = unpack_job(plain)
        files = tuple((name, str(self._there(digest))) for name, digest in job.files)
        with self._lock:
            packages = tuple((name, str(self._laid(name, one))) for name, one in job.packages)
        return replace(job, files=files, packages=packages)

    def _part(self, digest: str) -> Path:
        return self._root / "parts" / digest

    def _there(self, digest: str) -> Path:
        path = self._part(digest)
        path.stat()
        return path

    def _laid(self, name: str, digest: str) -> Path:
        """Lay a folder out, unless it is there."""
        holder = self._root / "packages" / digest
        if not holder.exists():
            aside = holder.with_suffix(".aside")
            root = aside / name
            root.mkdir(parents=True)
            for inside, kind, given in json.loads(self._part(digest).read_bytes()):
                place = root / PurePosixPath(inside)
                if kind == _FOLDER:
                    place.mkdir()
                elif kind == _LINK:
                    place.symlink_to(given)
                else:
                    place.write_bytes(self._part(given).read_bytes())
            aside.rename(holder)
        return holder / name


def _listed(folder: Path, root: Path) -> Iterator[tuple[Path, str]]:
    """List what is in a folder, folders before what is in them.

    A link that leads out of the root is left out, and so is what is neither file nor folder.
    """
    for entry in sorted(os.scandir(folder), key=lambda one: one.name):
        path = Path(entry.path)
        if entry.is_symlink():
            if _link_inside(path, root):
                yield path, _LINK
        elif entry.is_dir():
            yield path, _FOLDER
            if entry.name != _BYTECODE:
                yield from _listed(path, root)
        elif stat.S_ISREG(entry.stat().st_mode):
            yield path, _FILE


def _link_inside(path: Path, root: Path) -> str:
    """Give where a link leads, seen from its folder; nothing where that is outside of the root."""
    try:
        if is_inside(path, root):
            return os.path.relpath(path.resolve(), path.parent.resolve())
    except (OSError, RuntimeError, ValueError):
        pass
    return ""


def _part(content: bytes, parts: dict[str, bytes]) -> str:
    digest = hashlib.sha256(content).hexdigest()
    parts[digest] = content
    return digest


def _json(plain: Any) -> bytes:
    return json.dumps(plain, separators=(",", ":")).encode()
