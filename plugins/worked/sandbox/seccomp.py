"""Which system calls a process may make from now on: Linux's seccomp filter.

A list of what is allowed (see `worked.sandbox.allowed`), so that whatever a newer kernel brings is
refused.
Source: https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

import ctypes
import errno
import functools
import os
from collections.abc import Iterable, Sequence
from struct import pack
from typing import Final

from worked.sandbox import allowed
from worked.sandbox.allowed import ALLOWED_CALLS, ARCHITECTURES, NEWEST, NO_CALL
from worked.sandbox.syscalls import PRCTL, SECCOMP, Numbers, call, machine

ALLOW, KILL_PROCESS, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
USER_NOTIF: Final = 0x7FC00000
LOAD, EQUAL, SET, AT_LEAST, RETURN, AND = 0x20, 0x15, 0x45, 0x35, 0x06, 0x54
NUMBER, ARCHITECTURE = 0, 4
"""Offsets in `struct seccomp_data`."""

_NEW_LISTENER: Final = 8

Instruction = tuple[int, int, int, int]
"""operation, jump if so, jump if not, constant: `struct sock_filter`"""

_BY_VALUE: Final[tuple[tuple[Numbers, int, tuple[int, ...], int], ...]] = (
    (allowed.FCNTL, 1, allowed.FCNTLS, errno.EPERM),
    (allowed.IOCTL, 1, allowed.IOCTLS, errno.EPERM),
    (PRCTL, 0, allowed.PRCTLS, errno.EPERM),
    (allowed.MADVISE, 2, allowed.MADVICES, errno.EINVAL),
    (allowed.CLOSE_RANGE, 2, allowed.CLOSE_RANGES, errno.EPERM),
    (allowed.FALLOCATE, 0, (), errno.EOPNOTSUPP),
)
"""(call, place of the argument, what it may be, error otherwise)"""


def filter_program(column: int, pid: int) -> bytes:
    """Write the filter.

    Args:
        column: of the processor, as `kernel.machine` gives it.
        pid: the process that may send signals to itself.
    """
    begin, end = _same_for_all(column)
    own: list[Instruction] = []
    for numbers in (allowed.KILL, allowed.TGKILL):
        own += _if_number(numbers[column], _if_argument(0, (pid,)))
    # reading its own limits; setting one needs no more than a structure in the third argument
    own += _if_number(allowed.PRLIMIT[column], [*_unless_equal(2), *_if_argument(0, (0, pid))])
    return begin + _packed(own) + end


@functools.cache
def _same_for_all(column: int) -> tuple[bytes, bytes]:
    """Write what of the filter is the same for every process: what it begins and ends with."""
    steps: list[Instruction] = [
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 1, 0, ARCHITECTURES[column]),
        (RETURN, 0, 0, KILL_PROCESS),
        (LOAD, 0, 0, NUMBER),
    ]
    for numbers in ALLOWED_CALLS.values():
        steps += _if_number(numbers[column], [(RETURN, 0, 0, ALLOW)])
    # opening for reading that empties the file would pass the older versions of Landlock
    emptying = os.O_TRUNC | os.O_ACCMODE
    for numbers, place in ((allowed.OPEN, 1), (allowed.OPENAT, 2)):
        steps += _if_number(
            numbers[column],
            [
                *_unless_masked(place, emptying, os.O_TRUNC),
                *_unless_masked(place, allowed.O_TMPFILE, allowed.O_TMPFILE, errno.EOPNOTSUPP),
                (RETURN, 0, 0, ALLOW),
            ],
        )
    steps += _if_number(
        allowed.CLONE[column],
        _if_masked(0, allowed.THREAD_FLAGS | allowed.STRANGE_FLAGS, allowed.THREAD_FLAGS),
    )
    steps += _if_number(allowed.MMAP[column], _if_masked(3, allowed.MMAP_FLAGS, 0))
    pair = [*_unless_equal(0, allowed.UNIX), *_if_argument(1, allowed.STREAMS)]
    steps += _if_number(allowed.SOCKETPAIR[column], pair)
    steps += _if_number(allowed.SENDTO[column], [*_unless_equal(4), (RETURN, 0, 0, ALLOW)])
    for numbers, place, values, code in _BY_VALUE:
        steps += _if_number(numbers[column], _if_argument(place, values, code))
    # clone3 is among the newest, or threads break
    newest = [(AT_LEAST, 0, 1, NEWEST), _refuse(errno.ENOSYS)]
    return _packed(steps), _packed([*newest, _refuse()])


def _packed(steps: Iterable[Instruction]) -> bytes:
    return b"".join(pack("=HBBI", *step) for step in steps)


def _if_number(number: int, then: Sequence[Instruction]) -> list[Instruction]:
    """Do something for one system call; the next step otherwise."""
    if number == NO_CALL:
        return []
    return [(EQUAL, 0, len(then), number), *then]


def _if_argument(place: int, values: Iterable[int], code: int = errno.EPERM) -> list[Instruction]:
    """Allow a call whose argument is one of some numbers, and refuse it otherwise."""
    steps: list[Instruction] = [(LOAD, 0, 0, _argument(place))]
    for value in values:
        steps += [(EQUAL, 0, 1, value), (RETURN, 0, 0, ALLOW)]
    return [*steps, _refuse(code)]


def _if_masked(place: int, mask: int, value: int) -> list[Instruction]:
    """Allow a call some of whose argument's bits are as given, and refuse it otherwise."""
    masked: list[Instruction] = [(LOAD, 0, 0, _argument(place)), (AND, 0, 0, mask)]
    return [*masked, (EQUAL, 0, 1, value), (RETURN, 0, 0, ALLOW), _refuse()]


def _unless_equal(place: int, value: int = 0) -> list[Instruction]:
    """Refuse a call whose argument, all 64 bits of it, is not a small number."""
    halves = ((_argument(place), value), (_argument(place) + 4, 0))
    return [
        step
        for offset, half in halves
        for step in ((LOAD, 0, 0, offset), (EQUAL, 1, 0, half), _refuse())
    ]


def _unless_masked(place: int, mask: int, value: int, code: int = errno.EPERM) -> list[Instruction]:
    """Refuse a call some of whose argument's bits are as given; the next step otherwise."""
    masked: list[Instruction] = [(LOAD, 0, 0, _argument(place)), (AND, 0, 0, mask)]
    return [*masked, (EQUAL, 0, 1, value), _refuse(code)]


def _argument(place: int) -> int:
    """Give the offset of the lower half of an argument: both processors are little-endian."""
    return 16 + 8 * place


def _refuse(code: int = errno.EPERM) -> Instruction:
    return (RETURN, 0, 0, ERRNO | code)


class _Program(ctypes.Structure):
    """`struct sock_fprog`"""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def seccomp_available() -> bool:
    """Whether the kernel can filter system calls and answer them with an error."""
    try:
        call(SECCOMP, 2, 0, ctypes.create_string_buffer(pack("=I", ERRNO), 4))
    except OSError:
        return False
    return True


def restrict_calls() -> None:
    """Let this process, with one thread and no new privileges, make listed calls only.

    Raises:
        OSError: the kernel refuses.
    """
    _install(filter_program(machine(), os.getpid()), 0)


def report_threads() -> int:
    """Have every thread that this process or a child of it starts wait for a word.

    Returns:
        The file descriptor by which the kernel asks.

    Raises:
        OSError: the kernel refuses, or another filter of this process has such a descriptor.
    """
    steps: list[Instruction] = [
        (LOAD, 0, 0, NUMBER),
        (EQUAL, 0, 3, allowed.CLONE[machine()]),
        (LOAD, 0, 0, _argument(0)),
        (SET, 0, 1, allowed.CLONE_THREAD),
        (RETURN, 0, 0, USER_NOTIF),
        (RETURN, 0, 0, ALLOW),
    ]
    return _install(_packed(steps), _NEW_LISTENER)


def _install(code: bytes, flags: int) -> int:
    held = ctypes.create_string_buffer(code, len(code))
    return call(SECCOMP, 1, flags, _Program(len(code) // 8, ctypes.addressof(held)))
