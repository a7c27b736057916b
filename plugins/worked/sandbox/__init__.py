"""Close a process in: what cells may do to the machine.

Imports errors and limits.
"""

from worked.sandbox.confinement import (
    CHOICES,
    ENVIRONMENT,
    FLOOR,
    NO_CONFINEMENT,
    Confinement,
    choose,
    close_in,
    prepare,
    probe,
)
from worked.sandbox.mounts import mount_folder, own_mounts, unmount_folder
from worked.sandbox.syscalls import die_with_parent
from worked.sandbox.thread_gate import count_threads, supervise_threads, watch_threads

__all__ = [
    "CHOICES",
    "ENVIRONMENT",
    "FLOOR",
    "NO_CONFINEMENT",
    "Confinement",
    "choose",
    "close_in",
    "count_threads",
    "die_with_parent",
    "mount_folder",
    "own_mounts",
    "prepare",
    "probe",
    "supervise_threads",
    "unmount_folder",
    "watch_threads",
]
