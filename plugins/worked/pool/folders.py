"""Folders that last as long as a page or a build, and those that a killed build has left."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final, Self

from worked.errors import WorkerError

_PREFIX: Final = "worked-build-"


def own_prefix() -> str:
    """Give how the names of this build's folders begin: its process is in them."""
    return f"{_PREFIX}{os.getpid()}-"


class ScratchFolder:
    """A folder of this build, made when it is first needed; use it with `with`."""

    def __init__(self, place: Path | None) -> None:
        """Make nothing yet.

        Args:
            place: where it will be; None for the system's own place.
        """
        self._place = place
        self._path: Path | None = None

    @property
    def path(self) -> Path:
        """The folder.

        Raises:
            WorkerError: it cannot be made.
        """
        if self._path is None:
            self._path = make_folder(self._place, own_prefix())
        return self._path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._path is not None:
            remove_folder(self._path)


def make_folder(place: Path | None, prefix: str = "") -> Path:
    """Make an empty folder.

    Args:
        place: where; None for the system's own place.
        prefix: begins its name.

    Raises:
        WorkerError: it cannot be made, on a full disk say.
    """
    try:
        return Path(tempfile.mkdtemp(prefix=prefix, dir=place))
    except OSError as error:
        said = f"no folder can be made in {place or 'the folder for temporary files'}"
        hint = "Free some space, or name another place in TMPDIR"
        raise WorkerError(f"{said}: {error.strerror}. {hint}") from error


def remove_own(place: Path | None) -> None:
    """Remove what is left of this build's folders.

    Args:
        place: as for `ScratchFolder`.
    """
    for folder in (place or Path(tempfile.gettempdir())).glob(f"{own_prefix()}*"):
        remove_folder(folder)


def remove_leftovers(root: Path) -> None:
    """Remove the folders of builds whose process is gone: one that is killed cannot do it.

    Args:
        root: where builds make their folders.
    """
    with contextlib.suppress(OSError):
        for folder in root.glob(f"{_PREFIX}*-*"):
            number = folder.name.removeprefix(_PREFIX).partition("-")[0]
            with contextlib.suppress(OSError):
                is_ours = folder.is_dir() and folder.lstat().st_uid == os.getuid()
                if number.isdecimal() and is_ours and not _is_alive(int(number)):
                    remove_folder(folder)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is another user's
        return True
    return True


def remove_folder(folder: Path) -> None:
    """Remove a page's folder, however deep and with whatever modes its cells have left it."""
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if folder.exists() and os.name == "posix":
        for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
            subprocess.run([*command, str(folder)], check=False, capture_output=True)  # noqa: S603
