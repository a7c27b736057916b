"""Cells that took clearly more or less time than before; that is no change of a result."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from worked.changes.alignment import PagePair
from worked.changes.shown import ShownCell

CLEARLY: Final = 2.0
"""times as long, or a part of it"""
NOTICED: Final = 2.0
"""seconds between the two: less is the machine's doing"""


@dataclass(frozen=True, slots=True)
class TimeChange:
    """A cell whose time is known in both states, and clearly another one."""

    page: str
    line: int
    """In the new state."""
    where: str
    """Its label, or nothing."""
    old: float
    """seconds"""
    new: float
    """seconds"""

    @property
    def told(self) -> str:
        """Say how long it took, before and after."""
        return f"{self.old:.2g} s → {self.new:.2g} s"


def time_changes(pair: PagePair) -> Iterator[TimeChange]:
    """Give the cells of a page that took clearly more or less time; a cell that changed, too."""
    if pair.new is None:
        return
    for one in sorted((*pair.kept, *pair.pairs), key=lambda both: both.new.line if both.new else 0):
        old, new = one.old, one.new
        if not (isinstance(old, ShownCell) and isinstance(new, ShownCell)):
            continue
        if old.took is None or new.took is None:
            continue
        less, more = sorted((old.took, new.took))
        if more - less >= NOTICED and more >= CLEARLY * less:
            yield TimeChange(pair.new.name, new.line, new.label, old.took, new.took)
