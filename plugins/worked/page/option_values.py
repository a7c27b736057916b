"""Read the values of a cell's options; what is wrong with one is a `ValueError`."""

import keyword
import re
from pathlib import PurePosixPath
from typing import Final

from worked import limits

_LABEL: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_EXCEPTION: Final = re.compile(r"[A-Za-z_][\w.]*")


def read_label(value: object) -> str:
    """Read an id."""
    if not _LABEL.fullmatch(str(value)):
        raise ValueError(f"takes small letters, digits and single hyphens, not {str(value)!r}")
    return str(value)


def read_switch(value: object) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise ValueError("is true or false")
    return value


def read_timeout(value: object) -> float | None:
    """Read a number of seconds; None where nothing is said."""
    if value is None:
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 < float(str(value)) <= limits.MAX_TIMEOUT:
        raise ValueError(f"is a number of seconds above 0, at most {limits.MAX_TIMEOUT}")
    return float(str(value))


def read_exception(value: object) -> str:
    """Read the name of an exception."""
    if not (isinstance(value, str) and _EXCEPTION.fullmatch(value)):
        raise ValueError("is the name of an exception")
    return value


def read_files(value: object) -> tuple[str, ...]:
    """Read a list of paths below the notes' folder, sorted."""
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
        raise ValueError("is a list of paths below the notes' folder")
    for name in names:
        path = PurePosixPath(name)
        if not name.isprintable():
            raise ValueError(f"names {name!r}, which is not a name that can be written")
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
            raise ValueError(f"names {name!r}, which leaves the notes' folder")
    return tuple(sorted(set(names)))


def read_export(value: object) -> tuple[str, ...]:
    """Read a list of names."""
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError("is a list of names that the page defines")
    for number, name in enumerate(names):
        if not name.isidentifier() or keyword.iskeyword(name):
            raise ValueError(f"names {name!r}, which is not a name that Python could import")
        if name in names[:number]:
            raise ValueError(f"names {name!r} twice")
    return tuple(names)
