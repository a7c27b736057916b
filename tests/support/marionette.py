"""Firefox as a distribution ships it, driven through its own protocol, Marionette.

Playwright drives Firefox only as patched by itself.  What a test needs of WebDriver are a few
commands, each a line of JSON with its length before it.
"""

import base64
import contextlib
import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ways import Look

FIREFOX = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
_FLAGS = ("--headless", "--marionette", "--remote-allow-system-access", "--no-remote")
_PATIENCE = 60
_SETTINGS = {
    "marionette.port": 0,  # a free one, which it writes into a file of its profile
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "print.always_print_silent": True,
}


# in the browser's own scripts; a page itself can be given no size below that of a window
_SHOW = """
const [width, height, medium, scheme, motion, colours] = arguments;
const shown = gBrowser.selectedBrowser;
Object.assign(shown.style, {flex: "none", minWidth: 0, width: `${width}px`, height: `${height}px`});
Object.assign(shown.browsingContext, {
    mediumOverride: medium,
    prefersColorSchemeOverride: scheme,
    prefersReducedMotionOverride: motion,
    forcedColorsOverride: colours,
});
"""
_ASKED = """
const watching = Services.wm.getMostRecentWindow("navigator:browser");
if (!watching.asked) {
    watching.asked = [];
    Services.obs.addObserver({observe(channel) {
        const {URI, loadInfo} = channel.QueryInterface(Ci.nsIHttpChannel);
        if (loadInfo.browsingContextID) watching.asked.push(URI.spec);
    }}, "http-on-modify-request");
}
return watching.asked.splice(0);
"""
# while a page still comes, Firefox may lay out a formula of which half is there, and says so: that
# formulas are whole is what the check of the HTML says
_ERRORS = """
const [home] = arguments;
const all = Services.console.getMessageArray();
Services.console.reset();
return all.filter(one => one instanceof Ci.nsIScriptError && !(one.flags & one.warningFlag)
        && one.category !== "Layout: MathML" && one.sourceName.startsWith(home))
    .map(one => `${one.errorMessage} (${one.sourceName}:${one.lineNumber})`);
"""


class Firefox:
    """A running Firefox with one window."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)
        self._numbers = itertools.count()
        self._read()  # its greeting
        self._do("WebDriver:NewSession", capabilities={"alwaysMatch": {}})

    def open(self, address: str) -> None:
        """Open a page and wait for its `load`."""
        self._do("WebDriver:Navigate", url=address)

    def evaluate(self, expression: str, *arguments: Any) -> Any:
        """Give the value of an expression; a function is called with the arguments."""
        script = f"const it = ({expression}); return it instanceof Function ? it(...arguments) : it"
        found = self._do("WebDriver:ExecuteScript", script=script, args=list(arguments))
        return found["value"]

    def show(self, look: Look) -> None:
        """Show the page in a size, and on a device or to a reader with wishes."""
        self._in_browser(
            _SHOW,
            look.width,
            look.height,
            "print" if look.paper else "",
            look.scheme,
            "reduce" if look.calm else "no-override",
            "active" if look.forced else "none",
        )

    def errors(self, home: str) -> list[str]:
        """Give the errors of scripts below an address since this was asked for."""
        return list(self._in_browser(_ERRORS, home))

    def asked(self) -> list[str]:
        """Give the addresses that pages have asked servers for since this was called."""
        return list(self._in_browser(_ASKED))

    def printed(self) -> bytes:
        """Print the page, and give the PDF."""
        return base64.b64decode(self._do("WebDriver:Print", background=True)["value"])

    def close(self) -> None:
        """End the connection; the process is ended by whoever started it."""
        self._socket.close()

    def _in_browser(self, script: str, *arguments: Any) -> Any:
        """Run a script with the rights of the browser, instead of a page's."""
        self._do("Marionette:SetContext", value="chrome")
        try:
            found = self._do("WebDriver:ExecuteScript", script=script, args=list(arguments))
        finally:
            self._do("Marionette:SetContext", value="content")
        return found["value"]

    def _do(self, command: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        said = json.dumps([0, number, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(said), said))
        _, answered, error, result = self._read()
        assert answered == number
        assert error is None, f"{command}: {error['error']}: {error['message']}"
        return dict(result)

    def _read(self) -> Any:
        head = b""
        while not head.endswith(b":"):
            head += self._some(1)
        left, parts = int(head[:-1]), []
        while left:
            parts.append(self._some(left))
            left -= len(parts[-1])
        return json.loads(b"".join(parts))

    def _some(self, most: int) -> bytes:
        got = self._socket.recv(most)
        assert got, "Firefox is gone"
        return got


@contextlib.contextmanager
def started(profile: Path) -> Iterator[Firefox]:
    """Run Firefox without a screen, with a fresh profile, until the end of the `with`."""
    assert FIREFOX is not None
    lines = (f'user_pref("{name}", {json.dumps(value)});\n' for name, value in _SETTINGS.items())
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    process = subprocess.Popen(
        [FIREFOX, *_FLAGS, "--profile", str(profile)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(profile)},
        start_new_session=True,  # its content processes end with it
    )
    try:
        firefox = Firefox(_port(profile / "MarionetteActivePort", process))
        yield firefox
        firefox.close()
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _port(file: Path, process: "subprocess.Popen[bytes]") -> int:
    """Wait until Firefox has written where it listens."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        if file.exists() and (said := file.read_text().strip()):
            return int(said)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    raise AssertionError("Firefox does not start")
