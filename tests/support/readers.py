"""Two browsers with a page open, of which the same is asked."""

import contextlib
from collections.abc import Iterator
from typing import Any, Final

from playwright.sync_api import Browser, Page

import axe_of_pages
from late import moved, open_late
from marionette import Firefox
from ways import LOOKS, Look, Opened, Way


class InChromium:
    """A page in Chromium, from before it is opened."""

    def __init__(self, page: Page, home: str) -> None:
        self._page, self._wrong = page, list[str]()
        inside = (home, "data:", "blob:", "about:")
        self._heard: Final = {
            "request": lambda asked: self._note(asked.url, inside),
            "pageerror": lambda error: self._wrong.append(str(error)),
            "console": lambda said: said.type == "error" and self._wrong.append(said.text),
        }
        for event, hear in self._heard.items():
            page.on(event, hear)

    def _note(self, address: str, inside: tuple[str, ...]) -> None:
        if not address.startswith(inside):
            self._wrong.append(f"asks for {address}")

    def leave(self) -> None:
        """Hear no more of the page, and keep nothing of it for the next."""
        for event, hear in self._heard.items():
            self._page.remove_listener(event, hear)
        self._page.evaluate("localStorage.clear(); sessionStorage.clear()")

    def show(self, look: Look) -> None:
        self._page.set_viewport_size({"width": look.width, "height": look.height})
        self._page.emulate_media(
            media="print" if look.paper else "screen",
            color_scheme="dark" if look.scheme == "dark" else "light",
            reduced_motion="reduce" if look.calm else "no-preference",
            forced_colors="active" if look.forced else "none",
        )

    def evaluate(self, expression: str, *arguments: Any) -> Any:
        return self._page.evaluate(expression, *arguments)

    def moved(self) -> list[str]:
        return moved(self._page)

    def strayed(self) -> list[str]:
        return self._wrong

    def broken(self, *, contrast: bool) -> list[str]:
        return axe_of_pages.broken(self._page, contrast=contrast)


class InFirefox:
    """A page in Firefox, which knows neither axe nor what moves."""

    def __init__(self, firefox: Firefox, home: str) -> None:
        self._firefox, self._home = firefox, home
        firefox.asked()  # what comes now is of this page
        firefox.errors(home)

    def show(self, look: Look) -> None:
        self._firefox.show(look)

    def evaluate(self, expression: str, *arguments: Any) -> Any:
        return self._firefox.evaluate(expression, *arguments)

    def moved(self) -> list[str]:
        return []

    def strayed(self) -> list[str]:
        foreign = [one for one in self._firefox.asked() if not one.startswith(self._home)]
        return [*(f"asks for {one}" for one in foreign), *self._firefox.errors(self._home)]

    def broken(self, *, contrast: bool) -> list[str]:
        return []


@contextlib.contextmanager
def chromium_reads(browser: Browser, home: str, name: str, way: Way) -> Iterator[Opened]:
    """Open a page in Chromium, its scripts and fonts when it has been drawn."""
    with browser.new_context(java_script_enabled=way.scripts) as context:
        yield _open(context.new_page(), home, name, way, late=way.scripts)


@contextlib.contextmanager
def chromium_goes_on(page: Page, home: str, name: str, way: Way, *, late: bool) -> Iterator[Opened]:
    """Open a page where another one was, which spares the browser a new window and renderer."""
    reader = _open(page, home, name, way, late=late)
    yield reader
    reader.leave()


def _open(page: Page, home: str, name: str, way: Way, *, late: bool) -> InChromium:
    reader = InChromium(page, home)
    reader.show(LOOKS[way.opens])
    if late:
        open_late(page, home + name)
    else:
        page.goto(home + name)
    return reader


@contextlib.contextmanager
def firefox_reads(firefox: Firefox, home: str, name: str, way: Way) -> Iterator[Opened]:
    """Open a page in the one window of Firefox."""
    reader = InFirefox(firefox, home)
    reader.show(LOOKS[way.opens])
    firefox.open(home + name)
    yield reader
