"""What a preview watches beside the notes, the site's own packages, and how often it looks."""

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from worked.hosts.lent import with_lent_packages
from worked.settings import Settings

if TYPE_CHECKING:  # a build needs no web server
    from mkdocs.livereload import LiveReloadServer

POLLING: Final = 0.2
"""seconds from one look at the files to the next; MkDocs takes half a second"""
SETTLING: Final = 0.05
"""seconds without a change after which a build begins"""


def look_often(server: "LiveReloadServer") -> None:
    """Notice a saved file soon: most of the wait for a page would go by before its build."""
    server.build_delay = SETTLING
    for one in (server.observer, *server.observer.emitters):
        if hasattr(one, "_timeout"):  # watchdog takes it at the start alone
            one._timeout = POLLING


def watch_packages(server: "LiveReloadServer | None", settings: Settings) -> None:
    """Watch the packages that are new, or whose folder was away: its watcher ended with it.

    Args:
        server: of the preview; None for a build.
        settings: name the packages.
    """
    if server is None:
        return
    alive = {one.watch.path for one in server.observer.emitters if one.is_alive()}
    lent = {folder for _name, folder in with_lent_packages(())}  # installed: nobody edits them here
    for _name, folder in settings.packages:
        if folder not in alive | lent:
            with contextlib.suppress(KeyError):  # never watched
                server.unwatch(folder)
            server.watch(folder)


def file_state(path: str | Path) -> tuple[int, int] | None:
    """Give the time and the size of what is at a path, which tell a change; None for nothing."""
    try:
        about = os.stat(path)  # noqa: PTH116 - of many files, at each change
    except OSError:
        return None
    return about.st_mtime_ns, about.st_size
