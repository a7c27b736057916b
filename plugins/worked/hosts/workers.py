"""Where pages run, as the site and the environment of its build say it."""

from collections.abc import Mapping
from typing import Final

from worked.builds import default_workers
from worked.errors import ConfigError
from worked.pool import MAX_CLUSTER_PAGES, scheduler_address

WORKERS: Final = "WORKED_WORKERS"
"""The variable of the environment that takes the place of the option."""


def chosen_workers(option: str, environment: Mapping[str, str]) -> tuple[int, str]:
    """Settle on how many pages run at once, and on the cluster whose workers run them.

    Args:
        option: a number of processes, 0 for one per core, or the address of a Dask scheduler.
        environment: of the build; what it says counts.

    Returns:
        pages at once, at most, and the address; no address for processes of this machine.

    Raises:
        ConfigError: it is neither.
    """
    said = environment.get(WORKERS, "").strip() or option
    if not said.isdecimal():
        if said.startswith("-"):
            raise ConfigError(f"workers: {said}: a number from 0")
        return MAX_CLUSTER_PAGES, scheduler_address(said)
    return int(said) or default_workers(), ""
