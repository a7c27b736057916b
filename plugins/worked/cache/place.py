"""Where a shared store is, as a URL says it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from worked.cache.objects import FolderObjects, Objects
from worked.cache.protocols import can_be_written, check_installed, protocol, shown


@dataclass(frozen=True, slots=True)
class SharedPlace:
    """Where a shared store is, and what a build may do there."""

    name: str
    """As messages say it."""
    objects: Callable[[], Objects] = field(compare=False)
    """Connects; called when something is first asked for."""
    is_read_only: bool

    @classmethod
    def at(cls, url: str, *, is_read_only: bool = False) -> "SharedPlace":
        """Take the place behind a URL.

        Raises:
            ConfigError: what such URLs need is not installed.
        """
        if protocol(url) == "file":
            return cls(url, lambda: _folder(url), is_read_only)
        check_installed(url)
        return cls(shown(url), lambda: _remote(url), is_read_only or not can_be_written(url))


def _folder(url: str) -> Objects:
    from urllib.request import url2pathname  # imports that only those pay who ask for it

    return FolderObjects(Path(url2pathname(url.partition("://")[2])))


def _remote(url: str) -> Objects:
    from worked.cache.remote import RemoteObjects  # half a second, as above

    return RemoteObjects(url)
