"""A preview in two stages: the pages that were saved at once, the whole site when nobody writes.

MkDocs' server builds the whole site for each change.  Here the saved pages are put into what the
last whole build has left, and shown; the whole site is built soon after, or as soon as somebody
asks for any other page of it, who waits.  So every page that is shown is as a whole build has it.
"""

import hashlib
import os
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from worked.hosts.watching import file_state

if TYPE_CHECKING:  # a build needs no web server
    from mkdocs.livereload import LiveReloadServer

IDLE: Final = 2.0
"""seconds without a change after which the whole site is built"""
_PAGES: Final = ("", ".html", ".json", ".xml")
"""How the addresses end of what depends on all pages."""
_NEEDED: Final = (
    *("_want_rebuild", "_rebuild_cond", "_wanted_epoch", "_visible_epoch", "_watched_paths"),
)
"""What MkDocs' server has, as far as it is used here."""

BuildSite = Callable[[], None]
"""Builds the whole site."""


class Pages(Protocol):
    """What shows saved pages."""

    def build(self, build: BuildSite) -> None:
        """Build the whole site; from now on its pages can be shown."""
        ...

    def confirm(self) -> None:
        """Take the site for whole that MkDocs has built before it serves."""
        ...

    def show(self, changed: Collection[str]) -> Iterable[str]:
        """Show what has changed at some paths.

        Returns:
            The addresses of the pages; none where the whole site has to be built.
        """
        ...

    def more_files(self) -> Iterable[Path]:
        """Give files that pages depend on, beside those that the server watches."""
        ...


class StagedServer:
    """Stands between a server and its builder."""

    def __init__(self, server: "LiveReloadServer", build: BuildSite, pages: Pages) -> None:
        self._server: Any = server
        self._build = build
        self._pages = pages
        self._timer: threading.Timer | None = None
        self._shown: frozenset[str] = frozenset()
        """Addresses of the pages that are newer than the site around them."""
        self._is_whole = threading.Condition()
        self._seen = self._look()

    def rebuild(self) -> None:
        """Do what the server wants when something has changed, or when the site is to be whole."""
        seen, before = self._look(), self._seen
        changed = {path for path, _state in seen.items() ^ before.items()}
        if self._timer:
            self._timer.cancel()
        if changed and (shown := frozenset(self._pages.show(changed))):
            self._seen = seen
            self._shown |= shown
            self._timer = threading.Timer(IDLE, self._make_whole)
            self._timer.daemon = True
            self._timer.start()
            return
        old = self._digest() if self._shown else b""
        self._seen = {}
        try:
            self._pages.build(self._build)
            self._seen = seen
        finally:
            with self._is_whole:
                self._shown = frozenset()
                self._is_whole.notify_all()
        if old and old == self._digest():  # browsers have it all: they need not load it again
            self._server._wanted_epoch = self._server._visible_epoch

    def answers(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request, once what it asks for is as new as what was saved."""
        if self._shown and self._is_old(environ.get("PATH_INFO", "")):
            self._make_whole()
            with self._is_whole:
                self._is_whole.wait_for(lambda: not self._shown or self._server._shutdown)
        return self._server.serve_request(environ, start_response)  # type: ignore[no-any-return]

    def close(self) -> None:
        """Forget what is still to be built."""
        if self._timer:
            self._timer.cancel()

    def _is_old(self, path: str) -> bool:
        mount = self._server.mount_path
        address = path.encode("latin-1", "replace").decode("utf-8", "replace").removeprefix(mount)
        is_page = os.path.splitext(address)[1] in _PAGES  # noqa: PTH122 - an address
        return is_page and not path.startswith("/livereload/") and address not in self._shown

    def _make_whole(self) -> None:
        server = self._server
        with server._rebuild_cond:
            server._want_rebuild = True
            server._rebuild_cond.notify_all()

    def _look(self) -> dict[str, tuple[int, int]]:
        """Note the state of every file that matters."""
        paths = (*_below(self._server._watched_paths), *map(str, self._pages.more_files()))
        states = ((path, file_state(path)) for path in paths)
        return {path: state for path, state in states if state}

    def _digest(self) -> bytes:
        """Hash the pages of the site."""
        digest = hashlib.sha256()
        for path in sorted(Path(self._server.root).rglob("*.html")):
            digest.update(str(path).encode() + path.read_bytes())
        return digest.digest()


def serve_in_stages(
    server: "LiveReloadServer", build: BuildSite, pages: Pages
) -> StagedServer | None:
    """Put two stages between a server and its builder; nothing where it is not MkDocs' own."""
    if not all(hasattr(server, name) for name in _NEEDED):
        return None
    pages.confirm()
    staged = StagedServer(server, build, pages)
    server.builder = staged.rebuild
    server.set_app(staged.answers)
    return staged


def _below(places: Iterable[str]) -> Iterator[str]:
    for place in places:
        if os.path.isfile(place):  # noqa: PTH113
            yield place
        for folder, _folders, names in os.walk(place):
            yield from (os.path.join(folder, name) for name in names)  # noqa: PTH118
