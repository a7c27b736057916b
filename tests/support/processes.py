"""Processes that work in a folder: a build's workers, and what they start."""

import contextlib
import os
import select
import time
from pathlib import Path
from typing import Final

AT_LAST: Final = 60.0
"""seconds after which what should have ended goes on: no machine is as busy as that"""


def working_in(folder: Path) -> list[int]:
    """The processes whose working directory is below a folder: workers, and what they start."""
    found: list[int] = []
    for path in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if str(path.readlink()).startswith(f"{folder}/"):
                found.append(int(path.parent.name))
    return found


def are_gone(folder: Path) -> bool:
    """Wait for all that works in a folder to end; false where something goes on."""
    until = time.monotonic() + AT_LAST
    while (left := working_in(folder)) and time.monotonic() < until:
        for process in left:
            with contextlib.suppress(ProcessLookupError):  # it has just ended
                end = os.pidfd_open(process)
                select.select([end], [], [], AT_LAST)
                os.close(end)
    return not left
