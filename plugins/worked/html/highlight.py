"""Code in the site's own colours; finding them takes longer than all else about a cell."""

import inspect
from collections.abc import Callable
from functools import cache
from typing import Final

from markdown import Markdown
from pymdownx.highlight import Highlight, HighlightExtension

from worked.versions import installed_version

_SETTINGS: Final = tuple(inspect.signature(Highlight).parameters)
"""What the site's release of the highlighter can be told: `md`, say, came with release 13."""

Memo = Callable[[tuple[str, ...], Callable[[], str]], str]
"""Takes all that a text comes from and what makes it; gives the text."""


def uncached(source: tuple[str, ...], make: Callable[[], str]) -> str:
    """Make a text, whatever has been made before."""
    return make()


def highlighted(md: Markdown, code: str, classes: list[str], memo: Memo = uncached) -> str:
    """Highlight a cell as the site highlights every other block of code, with more classes."""
    host = next((e for e in md.registeredExtensions if isinstance(e, HighlightExtension)), None)
    settings, count = {"md": md}, 0
    if host is not None:
        host.pygments_code_block += 1  # numbers the lines' ids across the page
        settings |= host.get_pymdownx_highlight_settings()
        count = host.pygments_code_block
    told = {name: settings[name] for name in _SETTINGS if name in settings}

    def make() -> str:
        maker = Highlight(**told)
        return str(
            maker.highlight(code.strip("\n"), "python", classes=classes, code_block_count=count)
        )

    numbered = {name: value for name, value in told.items() if name != "md"}
    source = (*_releases(), code, *classes, str(count), repr(numbered))
    return memo(source, make)


@cache
def _releases() -> tuple[str, ...]:
    return installed_version("pygments"), installed_version("pymdown-extensions")
