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

from worked.sandbox.allowed import (
    ALLOWED_CALLS,
    ARCHITECTURES,
    CLONE,
    CLONE_THREAD,
    FCNTLS,
    IOCTLS,
    NEWEST,
    NO_CALL,
    PRCTLS,
)
from worked.sandbox.syscalls import SECCOMP, call, machine

OPEN, OPENAT = (2, NO_CALL), (257, 56)
KILL, TGKILL = (62, 129), (234, 131)
FCNTL, IOCTL, PRCTL, PRLIMIT = (72, 25), (16, 29), (157, 167), (302, 261)


ALLOW, KILL_PROCESS, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
LOAD, EQUAL, SET, RETURN, AND = 0x20, 0x15, 0x45, 0x06, 0x54
NUMBER, ARCHITECTURE = 0, 4
"""Offsets in `struct seccomp_data`."""

Instruction = tuple[int, int, int, int]
"""operation, jump if so, jump if not, constant: `struct sock_filter`"""


def filter_program(column: int, pid: int) -> bytes:
    """Write the filter.

    Args:
        column: of the processor, as `kernel.machine` gives it.
        pid: the process that may send signals to itself.
    """
    begin, end = _same_for_all(column)
    own: list[Instruction] = []
    for numbers, values in ((KILL, (pid,)), (TGKILL, (pid,)), (PRLIMIT, (0, pid))):
        own += _if_number(numbers[column], _if_argument(0, values))
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
    for numbers, place in ((OPEN, 1), (OPENAT, 2)):
        masked = [(LOAD, 0, 0, _argument(place)), (AND, 0, 0, emptying)]
        steps += _if_number(
            numbers[column], [*masked, (EQUAL, 0, 1, os.O_TRUNC), _refuse(), (RETURN, 0, 0, ALLOW)]
        )
    steps += _if_number(
        CLONE[column],
        [
            (LOAD, 0, 0, _argument(0)),
            (SET, 0, 1, CLONE_THREAD),
            (RETURN, 0, 0, ALLOW),
            _refuse(),
        ],
    )
    for numbers, place, values in ((FCNTL, 1, FCNTLS), (IOCTL, 1, IOCTLS), (PRCTL, 0, PRCTLS)):
        steps += _if_number(numbers[column], _if_argument(place, values))
    newest: list[Instruction] = []
    for number in range(NEWEST, 512):  # clone3 among them, or threads break
        newest += _if_number(number, [_refuse(errno.ENOSYS)])
    return _packed(steps), _packed([*newest, _refuse()])


def _packed(steps: Iterable[Instruction]) -> bytes:
    return b"".join(pack("=HBBI", *step) for step in steps)


def _if_number(number: int, then: Sequence[Instruction]) -> list[Instruction]:
    """Do something for one system call; the next step otherwise."""
    if number == NO_CALL:
        return []
    return [(EQUAL, 0, len(then), number), *then]


def _if_argument(place: int, values: Iterable[int]) -> list[Instruction]:
    """Allow a call whose argument is one of some numbers, and refuse it otherwise."""
    steps: list[Instruction] = [(LOAD, 0, 0, _argument(place))]
    for value in values:
        steps += [(EQUAL, 0, 1, value), (RETURN, 0, 0, ALLOW)]
    return [*steps, _refuse()]


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
    code = filter_program(machine(), os.getpid())
    held = ctypes.create_string_buffer(code, len(code))
    call(SECCOMP, 1, 0, _Program(len(code) // 8, ctypes.addressof(held)))
