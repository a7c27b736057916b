"""Close a process in: what cells may do to the machine."""

from worked.sandbox.confinement import (
    CHOICES,
    ENVIRONMENT,
    FILE_SIZE,
    FLOOR,
    MEMORY,
    NO_CONFINEMENT,
    OPEN_FILES,
    Confinement,
    choose,
    close_in,
    prepare,
    probe,
)
from worked.sandbox.syscalls import die_with_parent

__all__ = [
    "CHOICES",
    "ENVIRONMENT",
    "FILE_SIZE",
    "FLOOR",
    "MEMORY",
    "NO_CONFINEMENT",
    "OPEN_FILES",
    "Confinement",
    "choose",
    "close_in",
    "die_with_parent",
    "prepare",
    "probe",
]
