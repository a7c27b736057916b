"""What no limit of the system bounds for one page alone: its threads and its files on the disk."""

import contextlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from worked import limits

_PREFIX: Final = "worked-build-"


@dataclass(frozen=True, slots=True)
class ResourceMonitor:
    """A page's process and its folder."""

    process: int
    folder: Path

    def excess(self) -> str:
        """Say what the page has too much of; nothing where all is well."""
        if self._threads() > limits.MAX_THREADS:
            return f"started more than {limits.MAX_THREADS} threads"
        files = size = 0
        folders = [str(self.folder)]  # not os.walk, which a deep folder takes too far
        while folders:
            with contextlib.suppress(OSError), os.scandir(folders.pop()) as entries:
                for entry in entries:
                    files += 1
                    size += entry.stat(follow_symlinks=False).st_blocks * 512
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
            if files > limits.MAX_FILES:
                return f"made more than {limits.MAX_FILES} files and folders"
        return (
            f"wrote more than {limits.MAX_DISK // 2**20} MiB to its folder"
            if size > limits.MAX_DISK
            else ""
        )

    def _threads(self) -> int:
        with contextlib.suppress(OSError, ValueError):
            status = Path(f"/proc/{self.process}/status").read_text("ascii", "replace")
            return int(status.partition("\nThreads:")[2].split(None, 1)[0])
        return 0


def own_prefix() -> str:
    """Give how the names of this build's folders begin: its process is in them."""
    return f"{_PREFIX}{os.getpid()}-"


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
