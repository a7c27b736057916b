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
from worked.sandbox.syscalls import die_with_parent

__all__ = [
    "CHOICES",
    "ENVIRONMENT",
    "FLOOR",
    "NO_CONFINEMENT",
    "Confinement",
    "choose",
    "close_in",
    "die_with_parent",
    "prepare",
    "probe",
]
