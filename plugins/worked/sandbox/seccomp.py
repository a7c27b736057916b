"""Which system calls a process may make from now on: Linux's seccomp filter.

A list of what is allowed, so that whatever a newer kernel brings is refused.  Left out on purpose:
sockets, new processes, other programs, ptrace, signals to others, owners and modes and times of
files, links, memory that belongs to no process.
Source: https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

import ctypes
import errno
import functools
import os
from collections.abc import Iterable, Sequence
from struct import pack
from typing import Final

from worked.sandbox.syscalls import SECCOMP, call, machine

_NONE: Final = -1
"""In place of a number: this processor has no such call."""

ALLOWED_CALLS: Final[dict[str, tuple[int, int]]] = {
    # files that are open
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "fstat": (5, 80),
    "lseek": (8, 62),
    "pread64": (17, 67),
    "pwrite64": (18, 68),
    "readv": (19, 65),
    "writev": (20, 66),
    "preadv": (295, 69),
    "pwritev": (296, 70),
    "dup": (32, 23),
    "dup2": (33, _NONE),
    "dup3": (292, 24),
    "flock": (73, 32),
    "fsync": (74, 82),
    "fdatasync": (75, 83),
    "ftruncate": (77, 46),
    "fallocate": (285, 47),
    "fadvise64": (221, 223),
    "sendfile": (40, 71),
    "copy_file_range": (326, 285),
    "getdents": (78, _NONE),
    "getdents64": (217, 61),
    "fstatfs": (138, 44),
    "close_range": (436, 436),
    # waiting
    "poll": (7, _NONE),
    "ppoll": (271, 73),
    "select": (23, _NONE),
    "pselect6": (270, 72),
    "epoll_create1": (291, 20),
    "epoll_ctl": (233, 21),
    "epoll_wait": (232, _NONE),
    "epoll_pwait": (281, 22),
    "eventfd2": (290, 19),
    "pipe": (22, _NONE),
    "pipe2": (293, 59),
    # paths: which ones is Landlock's matter
    "stat": (4, _NONE),
    "lstat": (6, _NONE),
    "newfstatat": (262, 79),
    "statx": (332, 291),
    "access": (21, _NONE),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "readlink": (89, _NONE),
    "readlinkat": (267, 78),
    "statfs": (137, 43),
    "getcwd": (79, 17),
    "chdir": (80, 49),
    "fchdir": (81, 50),
    "rename": (82, _NONE),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "mkdir": (83, _NONE),
    "mkdirat": (258, 34),
    "rmdir": (84, _NONE),
    "unlink": (87, _NONE),
    "unlinkat": (263, 35),
    "umask": (95, 166),
    # memory
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "msync": (26, 227),
    "mincore": (27, 232),
    "madvise": (28, 233),
    "brk": (12, 214),
    "membarrier": (324, 283),
    # threads, signals to oneself, clocks
    "futex": (202, 98),
    "set_robust_list": (273, 99),
    "get_robust_list": (274, 100),
    "set_tid_address": (218, 96),
    "rseq": (334, 293),
    "arch_prctl": (158, _NONE),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "sched_getparam": (143, 121),
    "sched_getscheduler": (145, 120),
    "sched_get_priority_max": (146, 125),
    "sched_get_priority_min": (147, 126),
    "getcpu": (309, 168),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "rt_sigsuspend": (130, 133),
    "rt_sigpending": (127, 136),
    "rt_sigtimedwait": (128, 137),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "pause": (34, _NONE),
    "alarm": (37, _NONE),
    "getitimer": (36, 102),
    "setitimer": (38, 103),
    "nanosleep": (35, 101),
    "clock_nanosleep": (230, 115),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "gettimeofday": (96, 169),
    "time": (201, _NONE),
    "times": (100, 153),
    "exit": (60, 93),
    "exit_group": (231, 94),
    "wait4": (61, 260),
    "waitid": (247, 95),
    # who and where it is
    "getpid": (39, 172),
    "gettid": (186, 178),
    "getppid": (110, 173),
    "getpgrp": (111, _NONE),
    "getpgid": (121, 155),
    "getsid": (124, 156),
    "getuid": (102, 174),
    "getgid": (104, 176),
    "geteuid": (107, 175),
    "getegid": (108, 177),
    "getresuid": (118, 148),
    "getresgid": (120, 150),
    "getgroups": (115, 158),
    "getpriority": (140, 141),
    "uname": (63, 160),
    "sysinfo": (99, 179),
    "getrlimit": (97, 163),
    "getrusage": (98, 165),
    "getrandom": (318, 278),
}
"""Calls that are allowed whatever their arguments, by processor."""

OPEN, OPENAT = (2, _NONE), (257, 56)
CLONE: Final = (56, 220)
KILL, TGKILL = (62, 129), (234, 131)
FCNTL, IOCTL, PRCTL, PRLIMIT = (72, 25), (16, 29), (157, 167), (302, 261)

CLONE_THREAD: Final = 0x10000
FCNTLS: Final = (0, 1, 2, 3, 4, 5, 6, 7, 1030)
"""Copies, flags and locks: nothing that sends a signal to whom one names."""
IOCTLS: Final = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
"""Is it a terminal, how large, how many bytes wait, block or not, close on exec or not."""
PRCTLS: Final = (15, 16, 0x53564D41)
"""Names of threads and of memory."""

ARCHITECTURES: Final = (0xC000003E, 0xC00000B7)
ALLOW, KILL_PROCESS, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
LOAD, EQUAL, SET, RETURN, AND = 0x20, 0x15, 0x45, 0x06, 0x54
NUMBER, ARCHITECTURE = 0, 4
"""Offsets in `struct seccomp_data`."""
NEWEST: Final = 424
"""From here on calls are so new that the C library goes on without them when told ENOSYS."""

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
    if number == _NONE:
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
