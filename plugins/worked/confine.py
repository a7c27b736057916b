"""Close a process in before it runs a page's cells."""

import os
import resource
from dataclasses import dataclass
from typing import Final

ENVIRONMENT: Final = {
    "HOME": "/nonexistent",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "agg",
    "NUMEXPR_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    # importing NumPy starts an OpenBLAS thread otherwise: a fork can hang, and results vary
    "OPENBLAS_NUM_THREADS": "1",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
}
"""The whole environment of a worker: nothing of the builder's, no secrets, no locale."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page's process may use at most."""

    memory: int = 4 * 2**30
    """bytes of address space"""
    file_size: int = 256 * 2**20
    """bytes of one file"""
    open_files: int = 256

    @property
    def level(self) -> str:
        """Name the confinement, as the build's closing line says it."""
        return "limited (limits)"


def apply(limits: Limits) -> None:
    """Set the limits of this process and of all that it starts.  They cannot be raised again."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.file_size),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        lowest = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (lowest, lowest))


def own_group() -> None:
    """Make this process the leader of a group, so that all it starts can be ended together."""
    os.setsid()
