"""What a page takes from elsewhere, and the code that brings it along where the page runs alone."""

import ast
import json
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Final

from worked import limits
from worked.downloads.loop import literal
from worked.exports import ImportedModule
from worked.palette import LIGHT

_LIBRARIES: Final = ("matplotlib", "numpy", "random")
"""What is prepared before the first cell, where the page uses it."""
_PALETTE: Final = "worked.palette"
_BOOTSTRAP: Final = "downloads/bootstrap.py"

_PARTS: Final = ("body", "orelse", "finalbody", "handlers", "cases")
"""Of a statement: where others stand in it."""
FindSource = Callable[[str], str | None]
"""Takes the full name of a module and gives its source; None for one that is not the site's own."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one page carries along."""

    libraries: tuple[str, ...] = ()
    modules: Mapping[str, str] = field(default_factory=dict)
    """Full name -> source: other pages' exports, and the site's own packages."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Module -> what it exports by value, as JSON of what `worked.worker.codec` writes."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Path that the cells read -> content, base64."""
    left_out: tuple[tuple[str, int], ...] = ()
    """(what does not fit, its characters)"""

    @property
    def is_empty(self) -> bool:
        """Whether nothing has to come along or be prepared."""
        return not (self.libraries or self.modules or self.files or self.left_out)


def pack_bundle(
    codes: Iterable[str],
    *,
    imported_modules: Sequence[ImportedModule],
    values: Mapping[str, Mapping[str, Any]],
    files: Mapping[str, str],
    find: FindSource,
) -> Bundle:
    """Put together what a page needs to run alone.

    Args:
        codes: of its cells.
        loans: what it takes of other pages, also through these.
        values: page -> what it has exported by value, of every page that lends.
        files: path -> content, base64.
        find: gives the sources of the site's own packages.
    """
    lent = {needed.module: _source(needed) for needed in imported_modules}
    modules, libraries = _gather(codes, lent, find)
    wanted = {
        needed.module: _lines({name: values[needed.page][name] for name in needed.values})
        for needed in imported_modules
        if needed.values
    }
    fitting = _fitting([*sorted(wanted.items()), *sorted(files.items())])
    return Bundle(
        libraries=tuple(sorted({*libraries, *(("numpy",) if wanted else ())})),
        modules=dict(sorted(modules.items())),
        values={name: text for name, text in wanted.items() if name in fitting},
        files={name: data for name, data in files.items() if name in fitting},
        left_out=tuple(
            (name, len(text))
            for name, text in sorted({**wanted, **files}.items())
            if name not in fitting
        ),
    )


def _gather(
    codes: Iterable[str], lent: Mapping[str, str], find: FindSource
) -> tuple[dict[str, str], set[str]]:
    """Follow imports from the cells and from what other pages lend: modules, and libraries."""
    modules, libraries = dict(lent), set[str]()
    pending = [(code, "") for code in [*codes, *lent.values()]]
    seen = set[str]()
    while pending:
        for name in _imported(*pending.pop()):
            if name in seen:
                continue
            seen.add(name)
            libraries |= {name.partition(".")[0]} & {*_LIBRARIES}
            for module in _upwards(name):
                if module in modules:
                    continue
                source = _palette() if module == _PALETTE else find(module)
                if source is None:
                    continue
                modules[module] = source
                is_package = find(f"{module}.__init__") is not None
                pending.append((source, module if is_package else module.rpartition(".")[0]))
    return modules, libraries


def _fitting(things: Iterable[tuple[str, str]]) -> set[str]:
    """Choose what fits, in the order given."""
    fitting, room = set(), limits.MAX_CARRIED
    for name, text in things:
        if len(text) <= room:
            fitting.add(name)
            room -= len(text)
    return fitting


def bootstrap_code(bundle: Bundle) -> str:
    """Write the code that has to run before the page's first cell."""
    tables = [
        f"    libraries={bundle.libraries!r},",
        *_table("modules", bundle.modules),
        *_table("values", bundle.values),
        *_table("files", {name: _wrapped(data) for name, data in bundle.files.items()}),
    ]
    return "\n".join([f"{_loader()}\n\n_open(", *tables, ")\ndel _open"])


def remark(bundle: Bundle) -> str:
    """Say in a sentence or two what the opening code does, and what is not in it."""
    come = [name for name in bundle.modules if not name.startswith("worked")]
    roots = sorted({name if name.startswith("notes.") else name.split(".")[0] for name in come})
    names = [f"`{name}`" for name in [*roots, *bundle.files]]
    said = ["The code that comes next has to run first"]
    said[0] += f": it brings {', '.join(names)} along." if names else "."
    for name, size in bundle.left_out:
        said.append(
            f"Left out is `{name}`: it has {size / 2**20:.1f} MiB, and "
            f"{limits.MAX_CARRIED >> 20} MiB fit."
        )
    return "\n".join(said)


def _table(name: str, entries: Mapping[str, str]) -> list[str]:
    rows = [f"        {key!r}: {literal(text)}," for key, text in entries.items()]
    return [f"    {name}={{", *rows, "    },"]


def _wrapped(data: str) -> str:
    return "\n".join([*textwrap.wrap(data, 100), ""])


def _lines(named: Mapping[str, Any]) -> str:
    """Write values as JSON, one name to a line."""
    rows = (f"{json.dumps(name)}: {json.dumps(coded)}" for name, coded in sorted(named.items()))
    return "{{{}}}".format(",\n".join(rows))


def _source(needed: ImportedModule) -> str:
    """Put a page's exported statements under each other, `__future__` above all."""
    code = sorted(needed.code, key=lambda text: not text.startswith("from __future__"))
    return "\n\n".join([*code, ""])


def _upwards(name: str) -> Iterator[str]:
    """Give a module and the packages it is in, the outermost first."""
    parts = name.split(".")
    return (".".join(parts[: n + 1]) for n in range(len(parts)))


@cache
def _imported(code: str, package: str) -> tuple[str, ...]:
    """List all that may be a module among what a source's import statements name."""
    if "import" not in code:  # most cells: reading them costs more than all else here
        return ()
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # a cell that has to raise it
        return ()
    found: dict[str, None] = {}
    for node in _statements(tree):
        if isinstance(node, ast.Import):
            found |= dict.fromkeys(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            stem = [*parts[: len(parts) - node.level + 1]] if node.level else []
            module = ".".join([*stem, *([node.module] if node.module else [])])
            found |= {module: None, **{f"{module}.{alias.name}": None for alias in node.names}}
    return tuple(found)


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Give all statements of a tree: with the expressions in them it is ten times as large."""
    pending = [node]  # no recursion: a chain of `elif` is as deep as it is long
    while pending:
        found = pending.pop()
        yield found
        inner = [one for part in _PARTS for one in getattr(found, part, ())]
        pending += reversed(inner)


@cache
def _palette() -> str:
    """Write the palette's module for a place without schemes: the colours of the light one."""
    names = [f"{name.upper()} = {code!r}" for name, code in LIGHT.items() if not name.isdigit()]
    cycle = tuple(code for name, code in LIGHT.items() if name.isdigit())
    return "\n".join([*names, f"CYCLE = {cycle!r}", f"SENTINELS = {LIGHT!r}", ""])


@cache
def _loader() -> str:
    return resources.files("worked").joinpath(_BOOTSTRAP).read_text("utf-8").rstrip("\n")
