"""The system calls that a page's process may make, and their numbers.

Left out on purpose: sockets but for a connected pair of one's own, new processes, other programs,
ptrace, signals to others, owners and modes and times of files, links, memory that belongs to no
process.
"""

from typing import Final

NO_CALL: Final = -1
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
    "dup2": (33, NO_CALL),
    "dup3": (292, 24),
    "flock": (73, 32),
    "fsync": (74, 82),
    "fdatasync": (75, 83),
    "ftruncate": (77, 46),
    "fadvise64": (221, 223),
    "sendfile": (40, 71),
    "copy_file_range": (326, 285),
    "getdents": (78, NO_CALL),
    "getdents64": (217, 61),
    "fstatfs": (138, 44),
    # waiting
    "poll": (7, NO_CALL),
    "ppoll": (271, 73),
    "select": (23, NO_CALL),
    "pselect6": (270, 72),
    "epoll_create1": (291, 20),
    "epoll_ctl": (233, 21),
    "epoll_wait": (232, NO_CALL),
    "epoll_pwait": (281, 22),
    "eventfd2": (290, 19),
    "pipe": (22, NO_CALL),
    "pipe2": (293, 59),
    # of a pair of sockets, by which `asyncio` wakes itself
    "recvfrom": (45, 207),
    "shutdown": (48, 210),
    "getsockname": (51, 204),
    "getsockopt": (55, 209),
    # paths: which ones is Landlock's matter
    "stat": (4, NO_CALL),
    "lstat": (6, NO_CALL),
    "newfstatat": (262, 79),
    "statx": (332, 291),
    "access": (21, NO_CALL),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "readlink": (89, NO_CALL),
    "readlinkat": (267, 78),
    "statfs": (137, 43),
    "getcwd": (79, 17),
    "chdir": (80, 49),
    "fchdir": (81, 50),
    "rename": (82, NO_CALL),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "mkdir": (83, NO_CALL),
    "mkdirat": (258, 34),
    "rmdir": (84, NO_CALL),
    "unlink": (87, NO_CALL),
    "unlinkat": (263, 35),
    "umask": (95, 166),
    # memory
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "msync": (26, 227),
    "mincore": (27, 232),
    "brk": (12, 214),
    "membarrier": (324, 283),
    # threads, signals to oneself, clocks
    "futex": (202, 98),
    "set_robust_list": (273, 99),
    "set_tid_address": (218, 96),
    "rseq": (334, 293),
    "arch_prctl": (158, NO_CALL),
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
    "pause": (34, NO_CALL),
    "alarm": (37, NO_CALL),
    "getitimer": (36, 102),
    "setitimer": (38, 103),
    "nanosleep": (35, 101),
    "clock_nanosleep": (230, 115),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "gettimeofday": (96, 169),
    "time": (201, NO_CALL),
    "times": (100, 153),
    "exit": (60, 93),
    "exit_group": (231, 94),
    "wait4": (61, 260),
    "waitid": (247, 95),
    # who and where it is
    "getpid": (39, 172),
    "gettid": (186, 178),
    "getppid": (110, 173),
    "getpgrp": (111, NO_CALL),
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

# calls that are allowed with some arguments only: what each may be is written in `seccomp`

OPEN: Final = (2, NO_CALL)
OPENAT: Final = (257, 56)
KILL: Final = (62, 129)
TGKILL: Final = (234, 131)
CLONE: Final = (56, 220)
FCNTL: Final = (72, 25)
IOCTL: Final = (16, 29)
PRLIMIT: Final = (302, 261)
MMAP: Final = (9, 222)
MADVISE: Final = (28, 233)
CLOSE_RANGE: Final = (436, 436)

SOCKETPAIR: Final = (53, 199)
UNIX: Final = 1
STREAMS: Final = (1, 0x801, 0x80001, 0x80801)
"""Connected for good, block or not, close on exec or not: a datagram could be sent elsewhere."""

SENDTO: Final = (44, 206)
"""Without an address: to the other end."""

FALLOCATE: Final = (285, 47)
"""Takes room on the disk faster than anybody can look; NumPy, which tries it, goes on without."""

O_TMPFILE: Final = 0x400000
"""A file that never has a name; Python's `tempfile` goes on without."""

CLONE_THREAD: Final = 0x10000
THREAD_FLAGS: Final = 0x10F00
"""Of `clone`: a thread that shares memory, folder, file descriptors and signals with the others."""
STRANGE_FLAGS: Final = 0xFE82F080
"""Of `clone`: namespaces, tracing, another parent, another scheduler of input and output."""

MMAP_FLAGS: Final = 0x42000
"""Of `mmap`: memory that stays in place, and pages of the few that are huge."""

MADVICES: Final = (0, 1, 2, 3, 4, 8, 14, 15, 16, 17, 102, 103)
"""In what order memory is read, what is not needed, large pages, dumps, and guard pages; not that
a page is damaged, or may be shared with other processes."""

FCNTLS: Final = (0, 1, 2, 3, 4, 5, 6, 7, 1030)
"""Copies, flags and locks: nothing that sends a signal to whom one names."""

IOCTLS: Final = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
"""Is it a terminal, how large, how many bytes wait, block or not, close on exec or not."""

PRCTLS: Final = (15, 16, 0x53564D41)
"""Names of threads and of memory."""

CLOSE_RANGES: Final = (0, 4)
"""Close now or on exec; not in a table of file descriptors of one's own."""

ARCHITECTURES: Final = (0xC000003E, 0xC00000B7)

NEWEST: Final = 424
"""From here on calls are so new that the C library goes on without them when told ENOSYS."""
