"""Linux's own interface, as far as closing a process in needs it: system calls by ctypes.

Numbers are those of Linux 6.18 (`arch/x86/entry/syscalls/syscall_64.tbl` and
`include/uapi/asm-generic/unistd.h`); they never change.
"""

import ctypes
import functools
import os
import platform
import sys
from typing import Final

MACHINES: Final = ("x86_64", "aarch64")
"""The processors whose system calls are listed here."""

# what only closes a process in, by (x86_64, aarch64)
PRCTL: Final = (157, 167)
SECCOMP: Final = (317, 277)
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = (444, 444), (445, 445), (446, 446)

PR_SET_PDEATHSIG: Final = 1
PR_SET_NO_NEW_PRIVS: Final = 38

Numbers = tuple[int, int]


def machine() -> int:
    """Give the column of this processor; -1 where it, or the system, is another."""
    if sys.platform != "linux" or ctypes.sizeof(ctypes.c_void_p) != 8:
        return -1
    here = platform.machine()
    return MACHINES.index(here) if here in MACHINES else -1


def call(numbers: Numbers, *arguments: int | ctypes.Array[ctypes.c_char] | ctypes.Structure) -> int:
    """Make a system call.

    Args:
        numbers: of the call, by processor.
        arguments: whole numbers, or buffers that go by reference.

    Raises:
        OSError: the kernel refuses, or this is not a Linux that is known here.
    """
    column = machine()
    if column < 0:
        raise OSError(38, os.strerror(38))
    plain = [
        ctypes.c_ulong(argument) if isinstance(argument, int) else ctypes.byref(argument)
        for argument in arguments
    ]
    done = int(_libc().syscall(ctypes.c_long(numbers[column]), *plain))
    if done < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return done


@functools.cache
def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return libc


def die_with_parent(parent: int) -> None:
    """Have this process killed when the process `parent`, which started it, ends.

    Raises:
        OSError: it has ended already, or the kernel refuses.
    """
    if machine() < 0:
        return
    call(PRCTL, PR_SET_PDEATHSIG, 9, 0, 0, 0)
    if os.getppid() != parent:  # it ended before the line above
        raise ProcessLookupError(3, "the process that started this one has ended")


def no_new_privileges() -> None:
    """Give up, for good, what a set-user-id program would give; the kernel asks for it first.

    Raises:
        OSError: the kernel refuses.
    """
    call(PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def threads() -> int:
    """Count the threads of this process."""
    return len(os.listdir("/proc/self/task"))  # noqa: PTH208 - no path is wanted
