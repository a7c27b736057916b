"""Worker processes as the build sees them."""

from worked.pool.pool import Slot, Work, WorkerPool
from worked.pool.process import Outcome
from worked.pool.stream import begun_step

__all__ = [
    "Outcome",
    "Slot",
    "Work",
    "WorkerPool",
    "begun_step",
]
