"""The `#|` lines at the top of a cell: a closed list, with Quarto's names where Quarto has one."""

import keyword
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

import yaml

from worked import limits
from worked.hints import did_you_mean
from worked.protocol.sweeps import NO_SWEEP, Sweep, SweepError, read_sweep

TEXT_OPTIONS: Final = ("label", "fig-cap", "tbl-cap", "fig-alt")
"""Options whose value is the rest of the line as it stands: `Filter #1` is no YAML comment."""

READ_OPTIONS: Final = ("fig-cap", "tbl-cap", "fig-alt")
"""Those of them that a reader reads: there may be values in them."""

OPTION_NAMES: Final = (
    *(*TEXT_OPTIONS, "echo", "code-fold", "output", "raises", "timeout", "files", "export"),
    *("sweep", "play"),
)


_LINE = re.compile(r"#\|(?: ?)(?P<rest>.*)")
_OPTION = re.compile(r"(?P<name>[A-Za-z_][\w-]*)\s*:(?:\s+(?P<value>.*))?$")
_LABEL = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_EXCEPTION = re.compile(r"[A-Za-z_][\w.]*")


_REFUSALS: Final = (
    *(yaml.YAMLError, ValueError, LookupError),
    # PyYAML lets its constructors' own errors through: `!!bool a`, `[[[…`, `1:1:…:1.5`
    *(AttributeError, RecursionError, ArithmeticError),
)


class _Loader(yaml.SafeLoader):
    """Reads YAML without aliases: a few lines of them unfold to more than fits into memory.

    A name that is given twice is an error: the last one would win without a word.
    """

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        names = [str(key.value) for key, _ in node.value]
        if twice := [name for number, name in enumerate(names) if name in names[:number]]:
            raise yaml.YAMLError(f"{twice[0]!r} is given twice")
        return super().construct_mapping(node, deep=deep)

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("an alias (`*name`) has no place in an option")
        return super().compose_node(parent, index)


class OptionError(ValueError):
    """An option that cannot be; `line` counts from 0 at the cell's first line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Options:
    """What the author asked of one cell."""

    label: str = ""
    fig_cap: str = ""
    tbl_cap: str = ""
    fig_alt: str = ""
    echo: bool = True
    code_fold: bool = False
    output: bool = True
    raises: str = ""
    """The exception the cell must raise, by name; empty for none."""
    timeout: float | None = None
    """seconds; None for the site's limit"""
    files: tuple[str, ...] = ()
    """Paths below the notes' folder, with forward slashes."""
    export: tuple[str, ...] = ()
    """Names that other pages may import, as they stand behind this cell."""
    sweep: Sweep = NO_SWEEP
    """The combinations for each of which the cell runs once; none for a cell that runs as it is."""
    play: bool = False
    """Whether the sweep can be stepped and played."""
    lines: tuple[tuple[str, int], ...] = ()
    """Where each option stands: (name, line counted from 0 at the cell's first line)."""

    def line_of(self, name: str) -> int:
        """Give the line of option `name`, counted from 0 at the cell's first line; 0 without it."""
        return dict(self.lines).get(name, 0)


def read_options(code: str) -> tuple[Options, int]:
    """Read the option lines at the top of a cell.

    Args:
        code: the cell's whole content.

    Returns:
        The options, and how many lines they take.

    Raises:
        OptionError: unknown name, a value of the wrong kind, a name given twice.
    """
    heads: list[str] = []
    for line in code.split("\n"):
        found = _LINE.fullmatch(line)
        if found is None:
            break
        heads.append(found["rest"].rstrip())
    values: dict[str, object] = {}
    where: dict[str, int] = {}
    at = 0
    while at < len(heads):
        name, value, taken = _option(heads, at)
        if name:
            if name in values:
                raise OptionError(at, f"option {name!r} is given twice")
            values[name] = value
            where[name] = at
        at += taken
    return _options(values, where), len(heads)


def _option(heads: list[str], at: int) -> tuple[str, object, int]:
    """Read the option that begins at line `at`: its name, value and number of lines."""
    if not heads[at].strip():
        return "", None, 1
    found = _OPTION.match(heads[at])
    if found is None:
        raise OptionError(at, f"expected `#| name: value`, found {heads[at]!r}")
    name, value = found["name"], (found["value"] or "").strip()
    if name not in OPTION_NAMES:
        near = did_you_mean(name.replace("_", "-"), OPTION_NAMES)
        hint = near or f"; known are {', '.join(OPTION_NAMES)}"
        raise OptionError(at, f"unknown option {name!r}{hint}")
    below = 1
    while at + below < len(heads) and heads[at + below][:1] in (" ", ""):
        below += 1
    block = heads[at + 1 : at + below]
    if name in TEXT_OPTIONS:
        if value == "|":
            return name, " ".join(line.strip() for line in block if line.strip()), below
        return name, value, 1
    try:
        return name, yaml.load("\n".join([value, *block]), _Loader), below  # noqa: S506 - safe
    except _REFUSALS as error:
        raise OptionError(at, f"option {name!r} is no YAML: {error}") from error


def _options(values: dict[str, object], where: dict[str, int]) -> Options:
    for name in ("echo", "code-fold", "output", "play"):
        if not isinstance(values.get(name, True), bool):
            raise OptionError(where[name], f"option {name!r} is true or false")
    label = str(values.get("label", ""))
    if "label" in values and not _LABEL.fullmatch(label):
        raise OptionError(
            where["label"], f"label {label!r}: small letters, digits and single hyphens"
        )
    timeout = values.get("timeout")
    if timeout is not None and (
        isinstance(timeout, bool)
        or not isinstance(timeout, int | float)
        or not 0 < timeout <= limits.MAX_TIMEOUT
    ):
        said = f"option 'timeout' is a number of seconds above 0, at most {limits.MAX_TIMEOUT}"
        raise OptionError(where["timeout"], said)
    raises = values.get("raises", "")
    if "raises" in values and not (isinstance(raises, str) and _EXCEPTION.fullmatch(raises)):
        raise OptionError(where["raises"], "option 'raises' is the name of an exception")
    sweep = _sweep(values, where)
    return Options(
        label=label,
        fig_cap=str(values.get("fig-cap", "")),
        tbl_cap=str(values.get("tbl-cap", "")),
        fig_alt=str(values.get("fig-alt", "")),
        echo=values.get("echo", True) is True,
        code_fold=values.get("code-fold", False) is True,
        output=values.get("output", True) is True,
        raises=str(raises),
        timeout=None if timeout is None else float(timeout),
        files=_files(values.get("files", []), where.get("files", 0)),
        export=_export(values.get("export", []), where.get("export", 0)),
        sweep=sweep,
        play=values.get("play", False) is True,
        lines=tuple(where.items()),
    )


def _files(value: object, line: int) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
        raise OptionError(line, "option 'files' is a list of paths below the notes' folder")
    for name in names:
        path = PurePosixPath(name)
        if not name.isprintable():
            raise OptionError(line, f"file {name!r} is no name that can be written")
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
            raise OptionError(line, f"file {name!r} leaves the notes' folder")
    return tuple(sorted(set(names)))


def _export(value: object, line: int) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise OptionError(line, "option 'export' is a list of names that the page defines")
    for number, name in enumerate(names):
        if not name.isidentifier() or keyword.iskeyword(name):
            raise OptionError(line, f"{name!r} is no name that Python could import")
        if name in names[:number]:
            raise OptionError(line, f"{name!r} is exported twice")
    return tuple(names)


def _sweep(values: dict[str, object], where: dict[str, int]) -> Sweep:
    """Read a sweep, and see that what stands beside it goes with it."""
    sweep = NO_SWEEP
    if "sweep" in values:
        try:
            sweep = read_sweep(values["sweep"])
        except SweepError as error:
            raise OptionError(where["sweep"], f"option 'sweep' {error}") from error
    if values.get("play") and len(sweep.parameters) != 1:
        found = ", ".join(name for name, _ in sweep.parameters) or "none"
        said = f"option 'play' steps through a sweep over one parameter; there is {found}"
        raise OptionError(where["play"], said)
    if not sweep:
        return sweep
    if "export" in values:
        said = "a sweep exports nothing: what it defines is thrown away behind each combination"
        raise OptionError(where["export"], said)
    if "raises" in values:
        said = "a sweep that has to raise shows nothing to compare: catch the exception in the cell"
        raise OptionError(where["raises"], said)
    if values.get("output") is False:
        raise OptionError(where["output"], "a sweep without its output shows nothing")
    return sweep
