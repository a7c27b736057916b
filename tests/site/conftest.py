"""The site of these notes, built once, and a browser to read it with."""

import contextlib
import fcntl
import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from chromium import shared_chromium
from marionette import FIREFOX, Firefox, started

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
SCHEMES = {"light": "light", "dark": "dark"}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, testrun_uid: str) -> Path:
    """Build the notes, with the store that `make site` fills; once for all processes of a run."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / f"site-{testrun_uid}"
    with (shared / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the others wait here
        if not folder.exists():
            _build(folder)
    return folder


def _build(folder: Path) -> None:
    unfinished = folder.with_suffix(".unfinished")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", unfinished],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    unfinished.rename(folder)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """Serve the site over HTTP; the value is its address."""
    handler = functools.partial(_Quiet, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Browser:
    """Start Chromium; the tests that need it are skipped where there is none."""
    return shared_chromium()


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Start Firefox; the tests that need it are skipped where there is none."""
    if FIREFOX is None:
        pytest.skip("some tests need Firefox: apt-get install firefox-esr")
    with started(tmp_path_factory.mktemp("firefox")) as running:
        yield running


@dataclass
class Visit:
    """A page of the site in a browser, and what went wrong while it was open."""

    page: Page
    home: str
    """Address of the site's folder, with a slash at its end."""
    foreign: list[str] = field(default_factory=list)
    """Addresses that were asked for and are not of this site."""
    errors: list[str] = field(default_factory=list)

    def open(self, name: str) -> None:
        self.page.goto(self.home + name)

    def note(self, address: str) -> None:
        if not address.startswith((self.home, "data:", "blob:", "about:")):
            self.foreign.append(address)


Visits = Callable[..., Visit]


@pytest.fixture(scope="module")
def visits(
    browser: Browser, site: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[contextlib.ExitStack], Visits]]:
    """Open pages that close with a stack: `visits(stack)("index.html", size="phone")`."""

    def closing(stack: contextlib.ExitStack) -> Visits:
        def make(
            name: str,
            size: str = "desktop",
            scheme: str = "light",
            over: str = "file",
            **options: object,
        ) -> Visit:
            context = browser.new_context(
                viewport=SIZES[size], color_scheme=SCHEMES[scheme], **options
            )
            context.set_default_timeout(120_000)  # a busy machine is not a defect
            stack.callback(context.close)
            home = f"{site.as_uri()}/" if over == "file" else request.getfixturevalue("served")
            visit = Visit(context.new_page(), home)
            visit.page.on("request", lambda asked: visit.note(asked.url))
            visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
            visit.page.on(
                "console",
                lambda said: visit.errors.append(said.text) if said.type == "error" else None,
            )
            visit.open(name)
            return visit

        return make

    return closing


@pytest.fixture
def visit(visits: Callable[[contextlib.ExitStack], Visits]) -> Iterator[Visits]:
    """Open pages: `visit("index.html", size="phone", scheme="dark", over="file")`."""
    with contextlib.ExitStack() as stack:
        yield visits(stack)
