"""One option of a cell: all that there is to say of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

READER: Final = "reader"
"""An option of what the page shows: a change runs nothing."""
RUN: Final = "run"
"""An option of what the cell does: a field of `RunOptions`, which the key holds as a whole."""
BUILD: Final = "build"
"""An option that has a way of its own to the worker, and into a key where it needs one."""
KIND: Final = "kind"
"""An option of a kind of cells: the plugin that declares the kind is told it."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a cell: all that there is to say of it."""

    name: str
    read: Callable[[object], object] = field(repr=False)  # its address differs in each process
    """Takes what YAML gives; raises a `ValueError` that says what the option takes."""
    acts_on: str
    is_text: bool = False
    """Whether its value is the rest of the line as it stands: `Filter #1` is not a YAML comment."""
    is_read: bool = False
    """Whether a reader reads it: there may be values in it."""

    @property
    def field(self) -> str:
        """Its name in Python."""
        return self.name.replace("-", "_")
