"""Worker processes as the build sees them.

Pages run in processes of this machine, or on a Dask cluster: only the modules `cluster…` know of
Dask.

Imports cache, errors, files, limits, protocol, sandbox, settings and versions.
"""

from worked.pool.addresses import scheduler_address
from worked.pool.cluster_limits import MAX_CLUSTER_PAGES
from worked.pool.endings import EndingSignals
from worked.pool.folders import own_prefix
from worked.pool.pool import Work, WorkerPool
from worked.pool.runner import Outcome, Runner, RunnerLostError, Slot

__all__ = [
    "MAX_CLUSTER_PAGES",
    "EndingSignals",
    "Outcome",
    "Runner",
    "RunnerLostError",
    "Slot",
    "Work",
    "WorkerPool",
    "own_prefix",
    "scheduler_address",
]
