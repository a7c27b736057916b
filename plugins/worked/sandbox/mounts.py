"""A folder of which the kernel says how much fits into it: Linux's tmpfs, in mounts of one's own.

Root may mount where its capabilities say so, and an ordinary user in a user namespace of its own
where the system lets users have one.  Nothing of it is seen outside of the process.
Source: https://docs.kernel.org/filesystems/tmpfs.html, user_namespaces(7)
"""

import contextlib
import ctypes
import os
from pathlib import Path
from typing import Final

from worked import limits
from worked.sandbox.syscalls import Numbers, call, machine

UNSHARE: Final[Numbers] = (272, 97)
MOUNT: Final[Numbers] = (165, 40)
UMOUNT: Final[Numbers] = (166, 39)

_NEW_USER, _NEW_MOUNTS = 0x10000000, 0x20000
_NOSUID_NODEV: Final = 6
_DETACH: Final = 2
_RECURSIVE_SLAVE: Final = 0x4000 | 0x80000


def own_mounts() -> bool:
    """Give this process, of one thread, mounts of its own; say whether it may change them.

    A child tries it first: where a system lets a process go half of the way, this one stays as it
    is.
    """
    if machine() < 0:
        return False
    child = os.fork()
    if child == 0:
        try:
            _separate()
            os._exit(not mount_folder(os.curdir))
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if status:
        return False
    _separate()
    return True


def _separate() -> None:
    """Have mounts of one's own.

    Raises:
        OSError: the system does not let this user have them.
    """
    user, group = os.geteuid(), os.getegid()
    if user == 0:  # not in a user namespace, in which root may not read what others own
        call(UNSHARE, _NEW_MOUNTS)
        # what the system mounts and lets go later is seen here too, and nothing of here there
        call(MOUNT, _text("none"), _text("/"), 0, _RECURSIVE_SLAVE, 0)
        return
    call(UNSHARE, _NEW_USER | _NEW_MOUNTS)
    Path("/proc/self/setgroups").write_text("deny", "ascii")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1", "ascii")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1", "ascii")


def mount_folder(folder: str) -> bool:
    """Put an empty file system of limited size in the place of a folder; say whether it is there.

    It is kept in memory, and gone with `unmount_folder` and the last process that is in it.
    """
    # the folder itself takes one of the inodes, and what the page prints another
    options = f"size={limits.MAX_DISK},nr_inodes={limits.MAX_FILES + 2},mode=700"
    with contextlib.suppress(OSError):
        call(MOUNT, _text("none"), _text(folder), _text("tmpfs"), _NOSUID_NODEV, _text(options))
        return True
    return False


def unmount_folder(folder: str) -> None:
    """Take it away again."""
    with contextlib.suppress(OSError):
        call(UMOUNT, _text(folder), _DETACH)


def _text(text: str) -> ctypes.Array[ctypes.c_char]:
    return ctypes.create_string_buffer(os.fsencode(text))
