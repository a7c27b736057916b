"""Kinds of cells that other plugins declare: such a cell runs once for each of many seeds.

A distribution declares a kind as an entry point of the group `worked.kinds` that leads to a `Kind`.
What the cell's last expression says of itself as plain data, for each seed, goes to that plugin.
"""

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from typing import Any, Final

from worked.page.option import KIND, Option

_GROUP: Final = "worked.kinds"
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_APART: Final = ("label", "output", "raises", "export", "sweep", "play", "element", "arrays")
_WORDS: Final = ("fig-cap", "fig-alt", "tbl-cap")

Judge = Callable[[Sequence[Mapping[str, Any]]], Iterable[str]]
"""Takes the data of all variants of a cell, which a stranger may have made; says what is wrong."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of cells: its name is the option that makes a cell one, whose value is an id."""

    name: str
    options: tuple[Option, ...]
    """Those that only cells of this kind have."""
    required: tuple[str, ...]
    """Names of those that no cell of this kind can be without."""
    element: str
    """The custom element around what the cell shows, which is its first variant."""
    judge: Judge = field(repr=False)  # its address differs in each process
    package: str
    """The package that cells of this kind import; like those of the site, it is served to them."""


@functools.cache
def find_kinds() -> Mapping[str, Kind]:
    """Give the kinds that installed distributions declare, by their names."""
    found: Iterable[Kind] = (point.load() for point in entry_points(group=_GROUP))
    return {kind.name: kind for kind in sorted(found, key=lambda kind: kind.name)}


def kind_option(name: str) -> Option | None:
    """Give the option of a kind; None where no kind has it."""
    for kind in find_kinds().values():
        if name == kind.name:
            return Option(name, read_id, KIND)
        if found := next((one for one in kind.options if one.name == name), None):
            return found
    return None


def read_id(value: object) -> str:
    """Read the id of a cell of a kind."""
    if not _ID.fullmatch(str(value)) or len(str(value)) > 60:
        said = "takes an id of small letters, digits and single hyphens, at most 60 characters"
        raise ValueError(f"{said}, not {str(value)[:80]!r}")
    return str(value)


def kind_of(given: Mapping[str, object]) -> Kind | None:
    """Give the kind that the options of a cell make it; None for an ordinary cell."""
    return next((kind for name, kind in find_kinds().items() if name in given), None)


def kind_conflict(kind: Kind | None, given: Mapping[str, object]) -> tuple[str, str]:
    """Say which option does not go with the cell's kind, or its lack: (name, why); else empty.

    Args:
        kind: of the cell; None for none.
        given: all options of the cell, as YAML gives them.
    """
    if kind is None:
        for name in given:
            if owner := _owner(name):
                return name, f"needs the option `{owner}` beside it"
        return "", ""
    for name in given:
        if name in (*_APART, *_WORDS) or _owner(name) not in ("", kind.name):
            return name, f"does not go with `{kind.name}`: the cell runs once for each variant"
    for name in kind.required:
        if name not in given:
            return kind.name, f"needs the option `{name}` beside it"
    return "", ""


def _owner(name: str) -> str:
    """Name the kind whose own option this is; empty for the options that all cells have."""
    if name in find_kinds():
        return name
    kinds = find_kinds().items()
    return next((own for own, kind in kinds if any(one.name == name for one in kind.options)), "")
