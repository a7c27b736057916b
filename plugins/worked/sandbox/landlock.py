"""Which files a process may read and write from now on: Linux's Landlock.

Source: https://docs.kernel.org/userspace-api/landlock.html
"""

import os
import stat
from collections.abc import Iterable
from ctypes import create_string_buffer
from struct import pack
from typing import Final

from worked.sandbox import syscalls as kernel
from worked.sandbox.syscalls import call

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
_FIRST: Final = (1 << 13) - 1
"""All rights on files that the first version knows."""
_MAKE_ODD: Final = sum(1 << bit for bit in (6, 9, 10, 11, 12))
"""Making devices, sockets, pipes with names and symbolic links: nobody needs them."""
_READ: Final = READ_FILE | READ_DIR
_TCP: Final = 3
"""Binding and connecting."""
_SCOPES: Final = 3
"""Abstract Unix sockets and signals to processes outside."""

_RULE_PATH_BENEATH: Final = 1
_VERSION: Final = 1


def landlock_version() -> int:
    """Ask the kernel for its version of Landlock; 0 where it has none, or has it switched off."""
    try:
        return call(kernel.LANDLOCK_CREATE, 0, 0, _VERSION)
    except OSError:
        return 0


def handled(abi: int) -> int:
    """Give the rights on files that a version of Landlock can take away."""
    rights = _FIRST
    for since, right in ((2, REFER), (3, TRUNCATE), (5, IOCTL_DEV)):
        rights |= right if abi >= since else 0
    return rights


def restrict_files(*, read: Iterable[str], write: Iterable[str], abi: int) -> None:
    """Take every right on files, TCP and signals from this process, but for what is named.

    Args:
        read: files, and folders with all below; what does not exist is passed over.
        write: files, and folders in which anything may be made, changed and removed.
        abi: the kernel's `version`.

    Raises:
        OSError: the kernel refuses; nothing can be relied on then.
    """
    rights = handled(abi)
    # struct landlock_ruleset_attr: older kernels know the first 8 or 16 bytes only
    size = 8 if abi < 4 else 16 if abi < 6 else 24
    attributes = pack("=QQQ", rights, _TCP, _SCOPES)[:size]
    ruleset = call(kernel.LANDLOCK_CREATE, create_string_buffer(attributes, size), size, 0)
    try:
        for path in read:
            _allow(ruleset, path, _READ)
        for path in write:
            _allow(ruleset, path, rights & ~(EXECUTE | _MAKE_ODD | IOCTL_DEV))
        call(kernel.LANDLOCK_RESTRICT, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(opened).st_mode):
            rights &= EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE
        # struct landlock_path_beneath_attr
        rule = create_string_buffer(pack("=Qi", rights, opened), 12)
        call(kernel.LANDLOCK_ADD, ruleset, _RULE_PATH_BENEATH, rule, 0)
    finally:
        os.close(opened)
