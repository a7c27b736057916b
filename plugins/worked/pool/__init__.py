"""Worker processes as the build sees them."""

from worked.pool.pool import Slot, Work, WorkerPool
from worked.pool.runner import Outcome, Runner, RunnerLostError

__all__ = ["Outcome", "Runner", "RunnerLostError", "Slot", "Work", "WorkerPool"]
