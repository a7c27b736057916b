"""The address of a Dask scheduler as a site writes it."""

import re
from typing import Final

from worked.errors import ConfigError

_PORT: Final = 8786
"""the one on which `dask scheduler` listens unless it is told otherwise"""
_ADDRESS: Final = re.compile(
    r"(?P<start>(?:dask|tls)://(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+))(?P<port>:[0-9]{1,5})?/?"
)


def scheduler_address(text: str) -> str:
    """Read an address, and give it with its port.

    Raises:
        ConfigError: it is none.
    """
    found = _ADDRESS.fullmatch(text.strip())
    if found is None:
        said = "a number of processes, or the address of a Dask scheduler"
        raise ConfigError(f"workers: {text!r}: {said}, dask://host:{_PORT} or tls://host:{_PORT}")
    return f"{found['start']}{found['port'] or f':{_PORT}'}"
