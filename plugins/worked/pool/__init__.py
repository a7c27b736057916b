"""Worker processes as the build sees them.

Imports settings, sandbox, protocol, errors and limits.
"""

from worked.pool.pool import Slot, Work, WorkerPool
from worked.pool.runner import Outcome, Runner, RunnerLostError

__all__ = ["Outcome", "Runner", "RunnerLostError", "Slot", "Work", "WorkerPool"]
