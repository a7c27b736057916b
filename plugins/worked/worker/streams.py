"""The standard streams of a page's process: what is written appears below the cell that runs.

Whoever keeps a stream (a handler of `logging`, a progress bar, a default argument) keeps one that
later cells have too.  What is written to the file descriptors themselves, by a library in C say, is
read back from the file that they lead to.
"""

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from typing import Any, Final

from worked import limits


class PageStream(io.TextIOBase):
    """Standard output and standard error of a page: passes text on to the cell that runs."""

    def __init__(self, descriptor: int | None = None) -> None:
        """Begin where no cell runs: what is written then is gone.

        Args:
            descriptor: leads to the file to which all of them lead; None where there is none.
        """
        self.screen: Any = None
        """The `OutputCapture` of the cell that runs; None between cells."""
        self.buffer = _Bytes(self)
        self._descriptor = descriptor
        self._read = 0

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """UTF-8, as everywhere."""
        return "utf-8"

    @contextlib.contextmanager
    def turned_to(self, screen: Any) -> Iterator[None]:
        """Pass text on to a cell's `OutputCapture` for a while."""
        before, self.screen = self.screen, screen
        try:
            yield
        finally:
            self.screen = before

    def write(self, text: str) -> int:
        """Print.

        Raises:
            ValueError: more than a cell may print.
        """
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.catch_up()
        if self.screen is not None:
            self.screen.write(text)
        return len(text)

    def catch_up(self) -> None:
        """Take in what has been written to the descriptors since the last time."""
        if self._descriptor is None:
            return
        try:
            if os.fstat(self._descriptor).st_size <= self._read:
                return
            data = os.pread(self._descriptor, limits.MAX_PRINTED + 1, self._read)
        except OSError:  # a cell has closed it
            self._descriptor = None
            return
        self._read += len(data)
        if self.screen is not None:
            self.screen.write(data.decode("utf-8", "backslashreplace"))

    def writable(self) -> bool:
        """Whether one can write: yes."""
        return True

    def close(self) -> None:
        """Stay open: later cells print too."""

    def reconfigure(self, **_: Any) -> None:
        """Stay as it is: in UTF-8, and nothing is held back."""

    def fileno(self) -> int:
        """Give the descriptor that this stream has outside of Python."""
        if self._descriptor is None:
            raise io.UnsupportedOperation("fileno")
        return self._descriptor


class _Bytes(io.RawIOBase):
    """What `sys.stdout.buffer` is: takes bytes, which are UTF-8."""

    def __init__(self, stream: PageStream) -> None:
        self._stream = stream

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._stream.write(bytes(data).decode("utf-8", "backslashreplace"))
        return len(data)


_STREAMS: Final[list[PageStream]] = []
"""That of this process, which has one at most."""


def install_streams(descriptor: int | None) -> None:
    """Give this process the streams of a page; see `PageStream`."""
    stream = PageStream(descriptor)
    _STREAMS[:] = [stream]
    sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = stream  # type: ignore[misc,assignment]


@contextlib.contextmanager
def showing_on(screen: Any) -> Iterator[None]:
    """Pass what is printed on to a cell's `OutputCapture` for a while."""
    with _STREAMS[0].turned_to(screen) if _STREAMS else contextlib.nullcontext():
        yield


def catch_up() -> None:
    """Take in what has been written to the descriptors, as a print of the cell that runs.

    Raises:
        ValueError: more than a cell may print.
    """
    for stream in _STREAMS:
        stream.catch_up()


def current_screen() -> Any:
    """Give the `OutputCapture` of the cell that runs; None where its output is turned away."""
    return sys.stdout.screen if isinstance(sys.stdout, PageStream) else None
