"""One worker of a Dask cluster, as a build that uses it knows it."""

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # it is slow to load
    from distributed import Future


@dataclass(slots=True, eq=False)
class Member:
    """One worker that may run pages of this build."""

    address: str
    crew: str
    hired: "Future[bytes]"
    """Its result is what the worker says of itself; the crew ends where nobody holds it."""
    threads: int = 0
    """pages at once; 0 where it takes no more"""
    busy: int = 0
    gone: str = ""
    """Why it runs no page any more; empty while it does."""
    kept: set[str] = field(default_factory=set)
    """Digests of what it has."""
    lock: threading.Lock = field(default_factory=threading.Lock)
