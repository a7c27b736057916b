"""What a preview watches beside the notes: the site's own packages."""

import contextlib
from typing import TYPE_CHECKING

from worked.settings import Settings

if TYPE_CHECKING:  # a build needs no web server
    from mkdocs.livereload import LiveReloadServer


def watch_packages(server: "LiveReloadServer | None", settings: Settings) -> None:
    """Watch the packages that are new, or whose folder was away: its watcher ended with it.

    Args:
        server: of the preview; None for a build.
        settings: name the packages.
    """
    if server is None:
        return
    alive = {one.watch.path for one in server.observer.emitters if one.is_alive()}
    for _name, folder in settings.packages:
        if folder not in alive:
            with contextlib.suppress(KeyError):  # never watched
                server.unwatch(folder)
            server.watch(folder)
