"""Worker processes as the build sees them."""

from worked.pool.pool import Errand, Slot, WorkerPool
from worked.pool.process import Outcome
from worked.pool.stream import begun_step

__all__ = [
    "Errand",
    "Outcome",
    "Slot",
    "WorkerPool",
    "begun_step",
]
