"""Which room may know which: read from the imports."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Final

import pytest

PLUGINS: Final = Path(__file__).parents[2] / "plugins"
WORKED: Final = PLUGINS / "worked"

FLOORS: Final = {
    # the ground: plain data and closed lists
    **dict.fromkeys(
        ["directives", "errors", "front", "installed", "kernel", "margin", "sweeps"], 0
    ),
    **dict.fromkeys(["outputs", "palette", "progress", "styles", "usage", "values"], 0),
    **dict.fromkeys(["expect", "options", "wire"], 1),
    # the kernel's walls, one each
    **dict.fromkeys(["landlock", "seccomp"], 2),
    # one thing each: read a text, keep results, close a process in, draw, check a drawing
    **dict.fromkeys(["changes", "page", "store", "drawing", "placing", "needs"], 2),
    # what drawings have in common; the namespace as it was; a sweep as a loop
    **dict.fromkeys(["overlap", "snapshots", "loop"], 2),
    # values that pages hand to each other, and pages as modules
    **dict.fromkeys(["handover", "modules"], 2),
    **dict.fromkeys(["confine", "keys", "display", "listen", "references", "weave"], 3),
    # note what a page uses; look at what stands behind it
    **dict.fromkeys(["recorder", "survey"], 3),
    # what cells bind and import; what a page exports; which page needs which
    "bindings": 3,
    "offers": 4,
    "library": 5,
    "sharing": 6,
    # look at a page; run its cells; results to HTML
    **dict.fromkeys(["check", "formula", "pool", "render", "settings"], 4),
    # what a command leaves for hosts without the plugin; their way to the results
    "manifest": 4,
    "shelf": 8,
    "screen": 4,
    **dict.fromkeys(["execute", "splice", "stepper"], 5),
    "worker": 6,
    "start": 7,
    # find what is known of a page; take in what it sent
    "lookup": 7,
    "gather": 8,
    # code in colours
    "colours": 1,
    # workers that outlive a build
    "crew": 5,
    # what a page offers to take away
    **dict.fromkeys(["bundle", "passages"], 8),
    **dict.fromkeys(["notebook", "script"], 9),
    "downloads": 10,
    # the whole trip; the pages in any process
    **dict.fromkeys(["plan", "exports"], 9),
    # the hosts
    "block": 10,
    **dict.fromkeys(["extension", "fix", "verify"], 11),
    **dict.fromkeys(["site", "alone"], 12),
    "plugin": 13,
    "cli": 14,
}
"""A room imports rooms of lower floors only."""

ONLY: Final = {
    "mkdocs": {"site", "plugin", "cli"},
    "markdown": {"block", "colours", "extension", "stepper"},
    "pymdownx": {"colours"},
    "numpy": {"worker", "execute", "display", "drawing", "handover", "changes", "formula"}
    | {"snapshots"},
    "matplotlib": {"worker", "display", "drawing", "screen", "snapshots"},
    "cycler": {"drawing"},
    "yaml": {"front", "options"},
    "nh3": {"render"},
}
"""A library -> the rooms that may import it."""

WORKER_SIDE: Final = {
    *("start", "worker", "execute", "display", "drawing", "recorder", "modules", "handover"),
    *("changes", "formula", "screen", "snapshots"),
}
ELSEWHERE: Final = {"exports"}
"""Rooms of neither the build nor the worker: for tests and readers."""


def imports(path: Path) -> set[str]:
    """Every module that a file imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: a relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


ROOMS: Final = {path.stem: imports(path) for path in WORKED.glob("*.py") if path.stem != "__init__"}


def below(room: str) -> set[str]:
    """The rooms that a room imports."""
    parts = [name.split(".") for name in ROOMS[room]]
    return {part[1] for part in parts if part[0] == "worked" and part[1:]} & set(ROOMS)


def libraries(names: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


def test_every_room_has_a_floor() -> None:
    assert set(ROOMS) == set(FLOORS)


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_imports_lower_floors_only(room: str) -> None:
    assert [other for other in below(room) if FLOORS[other] >= FLOORS[room]] == []


def test_there_are_no_circles() -> None:
    order = TopologicalSorter({room: below(room) for room in ROOMS})
    assert set(order.static_order()) == set(ROOMS)


@pytest.mark.parametrize("library", ONLY)
def test_a_library_is_imported_by_its_rooms_only(library: str) -> None:
    assert {room for room, names in ROOMS.items() if library in libraries(names)} <= ONLY[library]


def test_no_room_of_the_build_imports_one_of_the_worker() -> None:
    users = {room for room in ROOMS if below(room) & WORKER_SIDE}
    assert users <= WORKER_SIDE | ELSEWHERE
    assert not any(below(room) & ELSEWHERE for room in ROOMS)


@pytest.mark.parametrize("path", sorted(PLUGINS.rglob("*.py")), ids=lambda path: path.stem)
def test_no_plugin_imports_this_course(path: Path) -> None:
    assert not libraries(imports(path)) & {"figures", "docs", "tests", "notes"}


@pytest.mark.parametrize(("one", "other"), [("worked", "texmath"), ("texmath", "worked")])
def test_no_plugin_imports_another(one: str, other: str) -> None:
    names = set().union(*map(imports, (PLUGINS / one).rglob("*.py")))
    assert other not in libraries(names)


@pytest.mark.parametrize(
    "module",
    [
        *("worked.plugin", "worked.extension", "worked.alone", "worked.plan", "worked.cli"),
        "texmath.plugin",
    ],
)
def test_a_build_loads_neither_numpy_nor_matplotlib(module: str) -> None:
    code = f"import sys, {module}; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = libraries(set(done.stdout.split()))
    assert module.partition(".")[0] in loaded
    assert not loaded & {"numpy", "matplotlib", "figures"}


@pytest.mark.parametrize("module", ["worked.worker", "worked.execute"])
def test_a_worker_loads_neither_mkdocs_nor_markdown(module: str) -> None:
    code = f"import sys, {module}; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert not libraries(set(done.stdout.split())) & {"mkdocs", "markdown", "yaml", "nh3"}
