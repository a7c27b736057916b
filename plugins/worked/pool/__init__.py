"""Worker processes as the build sees them.

Imports settings, sandbox, protocol, errors and limits.
"""

from worked.pool.endings import EndingSignals
from worked.pool.folders import own_prefix
from worked.pool.pool import Slot, Work, WorkerPool
from worked.pool.runner import Outcome, Runner, RunnerLostError

__all__ = [
    "EndingSignals",
    "Outcome",
    "Runner",
    "RunnerLostError",
    "Slot",
    "Work",
    "WorkerPool",
    "own_prefix",
]
