"""The `#|` lines at the top of a cell: a closed list, with Quarto's names where Quarto has one."""

import re
from dataclasses import dataclass
from typing import Any, Final

import yaml

from worked.hints import did_you_mean
from worked.page.element_option import element_conflict, read_arrays_option, read_element
from worked.page.kinds import Kind, kind_conflict, kind_of, kind_option
from worked.page.option import BUILD, KIND, READER, RUN, Option
from worked.page.option_values import (
    read_exception,
    read_export,
    read_files,
    read_label,
    read_switch,
    read_timeout,
)
from worked.page.sweep_option import conflict, read_sweep
from worked.protocol.messages import AS_IT_IS, RunOptions
from worked.protocol.sweeps import Sweep

OPTIONS: Final = {
    option.name: option
    for option in (
        Option("label", read_label, READER, is_text=True),
        Option("fig-cap", str, READER, is_text=True, is_read=True),
        Option("tbl-cap", str, READER, is_text=True, is_read=True),
        Option("fig-alt", str, READER, is_text=True, is_read=True),
        Option("echo", read_switch, READER),
        Option("code-fold", read_switch, READER),
        Option("output", read_switch, RUN),
        Option("raises", read_exception, RUN),
        Option("timeout", read_timeout, BUILD),  # what takes too long is never kept
        Option("files", read_files, BUILD),  # their contents are in the key of the page
        Option("export", read_export, BUILD),  # what is exported has a key of its own
        Option("sweep", read_sweep, RUN),
        Option("play", read_switch, READER),
        Option("element", read_element, READER),
        Option("arrays", read_arrays_option, RUN),
    )
}
"""The closed list, in the order in which the documentation has it."""

READ_OPTIONS: Final = tuple(option for option in OPTIONS.values() if option.is_read)


_LINE = re.compile(r"#\|(?: ?)(?P<rest>.*)")
_OPTION = re.compile(r"(?P<name>[A-Za-z_][\w-]*)\s*:(?:\s+(?P<value>.*))?$")


_REFUSALS: Final = (
    *(yaml.YAMLError, ValueError, LookupError),
    # PyYAML lets its constructors' own errors through: `!!bool a`, `[[[…`, `1:1:…:1.5`
    *(AttributeError, RecursionError, ArithmeticError),
)


_SWITCHES: Final = {"true": True, "false": False}


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
    timeout: float | None = None
    """seconds; None for the site's limit"""
    files: tuple[str, ...] = ()
    """Paths below the notes' folder, with forward slashes."""
    export: tuple[str, ...] = ()
    """Names that other pages may import, as they stand after this cell."""
    play: bool = False
    """Whether the sweep can be stepped and played."""
    element: str = ""
    """The custom element around what the cell shows; empty for none."""
    kind: Kind | None = None
    """What the cell is to another plugin; None for an ordinary cell."""
    told: tuple[tuple[str, object], ...] = ()
    """(name, value) of the options that its kind has, the kind's own name first."""
    run: RunOptions = AS_IT_IS
    """Those that change what the cell gives."""
    lines: tuple[tuple[str, int], ...] = ()
    """Where each option stands: (name, line counted from 0 at the cell's first line)."""

    @property
    def sweep(self) -> Sweep:
        """The combinations for each of which the cell runs once; none where it runs as it is."""
        return self.run.sweep

    @property
    def kind_id(self) -> str:
        """The id that the option of its kind gives the cell; empty for an ordinary cell."""
        return str(dict(self.told)[self.kind.name]) if self.kind else ""

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
    option = OPTIONS.get(name) or kind_option(name)
    if option is None:
        hint = did_you_mean(name.replace("_", "-"), OPTIONS) or f"; known are {', '.join(OPTIONS)}"
        raise OptionError(at, f"unknown option {name!r}{hint}")
    below = 1
    while at + below < len(heads) and heads[at + below][:1] in (" ", ""):
        below += 1
    block = heads[at + 1 : at + below]
    if option.is_text:
        if value == "|":
            return name, " ".join(line.strip() for line in block if line.strip()), below
        return name, _unquoted(value), 1
    if not block and value in _SWITCHES:  # most of all: the reader of YAML takes its time
        return name, _SWITCHES[value], below
    try:
        return name, yaml.load("\n".join([value, *block]), _Loader), below  # noqa: S506 - safe
    except _REFUSALS as error:
        raise OptionError(at, f"option {name!r} is not YAML: {error}") from error


def _unquoted(text: str) -> str:
    """Take the quotes off that stand around a whole text, as YAML does."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        inner = text[1:-1]
        if text[0] not in inner.replace(text[0] * 2 if text[0] == "'" else '\\"', ""):
            return inner.replace("''", "'") if text[0] == "'" else inner.replace('\\"', '"')
    return text


def _options(given: dict[str, object], where: dict[str, int]) -> Options:
    values: dict[str, dict[str, Any]] = {READER: {}, RUN: {}, BUILD: {}, KIND: {}}
    for name, value in given.items():
        option = OPTIONS.get(name) or kind_option(name)
        assert option is not None  # noqa: S101 - `_option` knows it
        try:
            values[option.acts_on][option.field] = option.read(value)
        except ValueError as error:
            raise OptionError(where[name], f"option {name!r} {error}") from error
    kind = kind_of(given)
    if kind:
        values[RUN]["seed"] = f"{kind.name} {values[KIND][kind.name]}"
        values[READER]["element"] = kind.element
        values[READER].setdefault("echo", bool(values[READER].get("code_fold")))
    run = RunOptions(**values[RUN])
    conflicts = (
        kind_conflict(kind, given),
        conflict(run.sweep, given),
        element_conflict(given),
    )
    for name, why in conflicts:
        if not name:
            continue
        raise OptionError(where[name], f"option {name!r} {why}")
    told = tuple(sorted(values[KIND].items(), key=lambda pair: pair[0] != (kind and kind.name)))
    lines = tuple(where.items())
    return Options(**values[READER], **values[BUILD], kind=kind, told=told, run=run, lines=lines)
