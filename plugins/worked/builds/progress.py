"""How far the running is: one line on a terminal, nothing anywhere else."""

import sys
import threading
from typing import Final, TextIO

import click

_WIDTH: Final = 24
"""characters of the bar"""


class Progress:
    """A bar of the cells of all pages that have to run; safe to call from several threads."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Draw on a stream, the standard error output by default, where it is a terminal."""
        self._stream = stream or sys.stderr
        self._lock = threading.Lock()
        self._pages = self._done = 0
        self._bar: click._termui_impl.ProgressBar[int] | None = None

    def begin(self, pages: int, cells: int) -> None:
        """Start with what has to run."""
        self._pages = pages
        if pages and self._stream.isatty():
            self._bar = click.progressbar(
                length=max(cells, 1),
                label=self._label(),
                file=self._stream,
                width=_WIDTH,
                show_pos=True,
                show_eta=False,
            )
            self._render()

    def page(self, cells: int) -> None:
        """Count one more page as done, with its cells; the last one takes the bar away."""
        with self._lock:
            self._done += 1
            if self._bar is None:
                return
            self._bar.label = self._label()
            self._bar.update(cells)
            self._render()
            if self._done == self._pages:
                self._stream.write("\r\x1b[K")
                self._stream.flush()
                self._bar = None

    def _render(self) -> None:
        """Draw the bar, and show the cursor again that it hides: a build may be interrupted."""
        if self._bar is not None:
            self._bar.render_progress()
            self._stream.write("\x1b[?25h")
            self._stream.flush()

    def _label(self) -> str:
        return f"worked: {self._done}/{self._pages} pages, cells"
