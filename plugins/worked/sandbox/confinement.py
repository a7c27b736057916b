"""Close a process in before it runs a page's cells: a pull request is a stranger's program.

Three walls: limits on what it uses, Landlock for files, seccomp for system calls.  Landlock alone
lets signals and new processes through, seccomp alone every file: `isolated` is all three.
"""

import functools
import os
import sys
import sysconfig
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from worked import limits
from worked.errors import ConfigError
from worked.sandbox.capabilities import drop_capabilities
from worked.sandbox.landlock import landlock_version, restrict_files
from worked.sandbox.seccomp import filter_program, restrict_calls, seccomp_available
from worked.sandbox.syscalls import machine, no_new_privileges, threads

ENVIRONMENT: Final = {
    "HOME": "/nonexistent",
    "JOBLIB_MULTIPROCESSING": "0",  # it would warn that it cannot start processes
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

FLOOR: Final = "WORKED_CONFINE"
"""The variable of the builder's environment below which no `mkdocs.yml` can go."""

CHOICES: Final = ("off", "limited", "auto", "isolated")
"""From the weakest to the strongest; `auto` is the strongest there is, and no failure."""


SYSTEM: Final = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"),
    *("/usr/share/zoneinfo", "/dev/urandom"),
)
"""What any Python program reads of the system: shared libraries, time zones, random bytes."""


@dataclass(frozen=True, slots=True)
class Confinement:
    """How the pages' processes are closed in."""

    limits: bool = True
    landlock: int = 0
    """The kernel's version of it; 0 where it is not used."""
    seccomp: bool = False
    bounded: bool = True
    """Whether the kernel, where it can, holds the limits of threads and of the disk as well."""

    @property
    def mode(self) -> str:
        """`off`, `limited` or `isolated`: what cells can notice of it."""
        if self.landlock and self.seccomp:
            return "isolated"
        return "limited" if self.limits else "off"

    @property
    def level(self) -> str:
        """Name the confinement, as the build's closing line says it."""
        walls = [f"landlock {self.landlock}"] if self.landlock else []
        walls += ["seccomp"] if self.seccomp else []
        walls += ["limits"] if self.limits else []
        lacks = self.lacks if self.mode == "limited" else []
        said = ", ".join(walls) + "".join(f"; no {wall}" for wall in lacks)
        return f"{self.mode} ({said})" if said else f"confinement {self.mode}"

    @property
    def lacks(self) -> list[str]:
        """The walls that are missing."""
        pairs = (("landlock", self.landlock), ("seccomp", self.seccomp), ("limits", self.limits))
        return [name for name, there in pairs if not there]

    def arguments(self) -> list[str]:
        """Say it on a worker's command line."""
        walls = (self.limits, self.landlock, self.seccomp, self.bounded)
        return [str(int(wall)) for wall in walls]

    @staticmethod
    def parse(arguments: Sequence[str]) -> "Confinement":
        """Read `arguments` back."""
        limits, version, filters, bounded = map(int, arguments)
        return Confinement(bool(limits), version, bool(filters), bool(bounded))


NO_CONFINEMENT: Final = Confinement(limits=False, bounded=False)


def probe() -> Confinement:
    """Find the strongest confinement that this system has."""
    return Confinement(
        limits=os.name == "posix", landlock=landlock_version(), seccomp=seccomp_available()
    )


def choose(option: str, *, floor: str, able: Confinement) -> Confinement:
    """Settle on a confinement.

    Args:
        option: one of `CHOICES`, from the site's configuration.
        floor: the same from the environment, or nothing; the stronger of the two counts.
        able: what `probe` has found.

    Raises:
        ConfigError: no such mode, or the system cannot do what must be.
    """
    for name, given in (("confine", option), (FLOOR, floor)):
        if given not in ("", *CHOICES):
            raise ConfigError(f"{name}: no such confinement: {given!r}: {', '.join(CHOICES)}")
    wanted = max(option, floor or "off", key=CHOICES.index)
    offered = {
        "off": NO_CONFINEMENT,
        "limited": Confinement(able.limits),
        "auto": able,
        "isolated": able,
    }
    chosen = offered[wanted]
    if wanted not in ("auto", chosen.mode):
        raise ConfigError(
            f"cells must run {wanted}, and this system has no {' and no '.join(able.lacks)}: "
            "build on Linux 5.13 or newer with Landlock switched on, or choose `confine: auto`"
        )
    return chosen


def close_in(
    chosen: Confinement, *, read: Iterable[str], write: Iterable[str], seconds: float
) -> None:
    """Close this process in, for good, and all that it starts.

    Args:
        chosen: the walls.
        read: files and folders that it may read besides Python and the system's libraries.
        write: folders in which it may do as it likes.
        seconds: of processor time that it may take.

    Raises:
        OSError: the kernel refuses, or other threads run that would stay outside.
    """
    if chosen.limits:
        _limit(seconds)
    if not (chosen.landlock or chosen.seccomp):
        return
    if threads() != 1:
        raise PermissionError(1, "other threads run in this process: they would not be closed in")
    drop_capabilities()
    no_new_privileges()
    if chosen.landlock:
        readable = [*SYSTEM, *python_folders(), *read]
        restrict_files(read=readable, write=["/dev/null", *write], abi=chosen.landlock)
    if chosen.seccomp:
        restrict_calls()


def prepare() -> None:
    """Do once, before processes fork that close themselves in, what each would do again."""
    python_folders()
    landlock_version()  # loads the C library
    if machine() >= 0:
        filter_program(machine(), 0)


@functools.cache
def python_folders() -> tuple[str, ...]:
    """List the folders of Python, of what is installed for it, and of this package."""
    places = sysconfig.get_paths()
    named = {places[key] for key in ("stdlib", "platstdlib", "purelib", "platlib")}
    shared = sysconfig.get_config_var("LIBDIR")
    return tuple(sorted({*named, *([shared] if shared else ()), str(Path(__file__).parents[1])}))


def _limit(seconds: float) -> None:
    """Set limits that cannot be raised again."""
    import resource  # not on Windows

    spent = time.process_time()  # a fresh interpreter has used some of its own to come this far

    memory = (
        [] if sys.platform == "darwin" else [(resource.RLIMIT_AS, limits.MAX_MEMORY)]
    )  # it refuses
    for kind, most in (
        *memory,
        (resource.RLIMIT_FSIZE, limits.MAX_FILE_SIZE),
        (resource.RLIMIT_NOFILE, limits.MAX_OPEN_FILES),
        (resource.RLIMIT_CPU, int(spent + seconds) + limits.CPU_SLACK),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        lowest = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (lowest, lowest))
