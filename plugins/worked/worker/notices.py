"""The warnings of a cell or a value that its author can do something about."""

import sysconfig
import warnings
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Final

_FOR_OTHERS: Final = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)
"""What Python itself says to whoever wrote the line, and to nobody else."""
_INSTALLED: Final = tuple(
    {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
)


def concerning(caught: Iterable[warnings.WarningMessage]) -> Iterator[warnings.WarningMessage]:
    """Leave out what an installed library has to mend in its own code."""
    for warning in caught:
        for_others = issubclass(warning.category, _FOR_OTHERS)
        if not (for_others and any(map(PurePath(warning.filename).is_relative_to, _INSTALLED))):
            yield warning
