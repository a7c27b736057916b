"""Which package may know which: read from the imports."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Final

import pytest

PLUGINS: Final = Path(__file__).parents[2] / "plugins"
WORKED: Final = PLUGINS / "worked"

FLOORS: Final = {
    # the ground: modules, each of which stands alone
    **dict.fromkeys(["deadline", "files", "hints", "limits", "numerals"], 0),
    **dict.fromkeys(["palette", "versions"], 0),
    "errors": 1,
    "annotations": 2,
    "protocol": 1,
    **dict.fromkeys(["markup", "page", "sandbox", "svg"], 2),
    **dict.fromkeys(["cache", "exports", "html", "settings", "worker"], 3),
    **dict.fromkeys(["downloads", "pool", "review"], 4),
    "builds": 5,
    "changes": 5,
    "hosts": 6,
    "cli": 7,
}
"""A package imports packages of lower floors only."""

ONLY: Final = {
    "mkdocs": {"hosts", "cli"},
    "markdown": {"html", "hosts"},
    "pymdownx": {"html"},
    "nh3": {"markup"},
    "yaml": {"page"},
    "numpy": {"worker", "downloads.bootstrap"},
    "matplotlib": {"worker", "downloads.bootstrap"},
    "cycler": {"worker"},
    "distributed": {
        *("pool.cluster", "pool.cluster_client", "pool.cluster_member"),
        *("pool.cluster_runner", "pool.cluster_worker"),
    },
    "fsspec": {"cache"},
}
"""A library -> the packages, or modules of one, that may import it."""

OPEN: Final = {"protocol", "worker", "hosts"}
"""Packages whose modules are doors of their own: importing one must not load the others."""

TEXTS: Final = {"downloads.bootstrap", "exports.__init__"}
"""What readers take away with a page; the old name of `worked.install`."""

WORKER_DOORS: Final = {"hosts.python": {"worker.codec", "worker.importer"}}
"""What runs cells is imported by nothing else, but for readers who import from the notes."""


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


def name_of(path: Path) -> str:
    """The name of a module below `worked`."""
    return ".".join(path.relative_to(WORKED).with_suffix("").parts)


MODULES: Final = {
    name_of(path): imports(path)
    for path in sorted(WORKED.rglob("*.py"))
    if path != WORKED / "__init__.py"
}
PACKAGES: Final = {name.partition(".")[0] for name in MODULES}


PUBLISHED: Final = ("handbook", "revise", "texmath", "worked")
"""The plugins that other sites install."""

MAPPED: Final = {
    "handbook": {"chapters", "settings", "plugin"},
    "revise": {"command", "elements", "settings", "plugin"},
}
"""Those whose docstring lists their modules from the ground up -> which modules know MkDocs."""

OFFERED: Final = (
    *("worked.palette.", "worked.hosts.handed."),
    *("worked.page.KIND", "worked.page.Kind", "worked.page.Option"),
)
"""What one of them offers to the others, as the documentation says."""

doors: Final = {
    folder.name: (folder / "__init__.py").read_text("utf-8")
    for folder in WORKED.iterdir()
    if (folder / "__init__.py").is_file()
}


def public(path: Path) -> set[str]:
    """The names that a module defines for others."""
    names: set[str] = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
    return {name for name in names if not name.startswith("_")}


def below(module: str) -> set[str]:
    """What a module imports of `worked`, by the names of modules and of what is in them."""
    return {name.removeprefix("worked.") for name in MODULES[module] if name[:7] == "worked."}


def packages(module: str) -> set[str]:
    """The other packages that a module imports."""
    return {name.partition(".")[0] for name in below(module)} & PACKAGES - {
        module.partition(".")[0]
    }


def libraries(names: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


def test_every_package_has_a_floor() -> None:
    assert set(FLOORS) == PACKAGES


def test_a_package_imports_lower_floors_only() -> None:
    up = {
        (module, other)
        for module in MODULES
        for other in packages(module)
        if FLOORS[other] >= FLOORS[module.partition(".")[0]]
    }
    assert up == set()


def test_the_wing_that_runs_and_the_wing_that_shows_do_not_know_each_other() -> None:
    runs, shows = {"worker", "pool", "cache", "builds"}, {"html", "downloads", "changes"}
    for module in MODULES:
        own = module.partition(".")[0]
        if own in runs | shows:
            assert not packages(module) & (shows if own in runs else runs), module


def test_no_module_is_longer_than_one_can_read_at_once() -> None:
    paths = [path for one in ("worked", *MAPPED) for path in (PLUGINS / one).rglob("*.py")]
    lengths = {path: len(path.read_text("utf-8").split("\n")) - 1 for path in paths}
    assert {path: lines for path, lines in lengths.items() if lines > 250} == {}


def test_a_package_says_what_it_imports() -> None:
    for package in PACKAGES:
        init = WORKED / package / "__init__.py"
        if init.is_file():
            imported = set().union(*(packages(m) for m in MODULES if m.split(".")[0] == package))
            said = " ".join((ast.get_docstring(ast.parse(init.read_text("utf-8"))) or "").split())
            listed = re.search(r"Imports ([a-z, ]+)\.$", said)
            assert listed, f"{package}: its docstring ends without `Imports …`"
            assert set(re.split(r", | and ", listed[1])) == imported, package


def test_the_map_of_the_packages_has_every_floor() -> None:
    floor, floors = 0, dict[str, int]()
    for line in (ast.get_docstring(ast.parse((WORKED / "__init__.py").read_text())) or "").split(
        "\n"
    ):
        if found := re.fullmatch(r"    (\d| )  ([a-z]+)  +\S.*", line):
            floor = int(found[1]) if found[1].strip() else floor
            floors[found[2]] = floor
        elif found := re.fullmatch(r"    0  ([a-z ]+): .*", line):
            floors |= dict.fromkeys(found[1].split(), 0)
    assert floors == FLOORS


def test_there_are_no_circles_within_a_package() -> None:
    graph = {
        module: {
            name
            for name in MODULES
            if name != module and any(f"{one}.".startswith(f"{name}.") for one in below(module))
        }
        for module in MODULES
        if not module.endswith("__init__")
    }
    assert set(TopologicalSorter(graph).static_order()) >= set(graph)


def test_a_library_is_imported_by_its_packages_only() -> None:
    wrong = {
        (module, library)
        for module, names in MODULES.items()
        for library in ONLY.keys() & libraries(names)
        if not {module, module.partition(".")[0]} & ONLY[library]
    }
    assert wrong == set()


def test_outside_a_package_nobody_imports_past_its_door() -> None:
    for module, names in MODULES.items():
        own = module.partition(".")[0]
        for name in names:
            _, _, path = name.partition("worked.")
            package = path.partition(".")[0]
            if package in PACKAGES - {own, *OPEN} and (WORKED / package).is_dir():
                assert path.count(".") == 1, f"{module} imports {name}"
                assert f'"{path.partition(".")[2]}"' in doors[package], f"{module}: {name}"


def test_no_public_name_is_defined_twice() -> None:
    places: dict[str, list[str]] = {}
    for module in MODULES:
        if module not in TEXTS:
            for name in public(WORKED.joinpath(*module.split(".")).with_suffix(".py")):
                places.setdefault(name, []).append(module)
    for one in MAPPED:
        for path in (PLUGINS / one).glob("*.py"):
            for name in public(path):
                places.setdefault(f"{one}: {name}", []).append(path.stem)
    twice = {name: found for name, found in places.items() if len(found) > 1}
    assert twice == {}


def test_nothing_of_the_build_imports_what_runs_cells() -> None:
    for module in MODULES:
        if not module.startswith("worker."):
            used = {name for name in below(module) if name.startswith("worker")}
            allowed = WORKER_DOORS.get(module, set())
            assert all(name.rpartition(".")[0] in allowed for name in used), (module, used)


def test_no_plugin_imports_this_course() -> None:
    for path in PLUGINS.rglob("*.py"):
        assert not libraries(imports(path)) & {"figures", "docs", "tests", "notes"}, path


@pytest.mark.parametrize("one", PUBLISHED)
def test_no_plugin_imports_another(one: str) -> None:
    names = set().union(*map(imports, (PLUGINS / one).rglob("*.py")))
    names = {name for name in names if not name.startswith(OFFERED)}
    assert not libraries(names) & ({*PUBLISHED} - {one})


@pytest.mark.parametrize("package", MAPPED)
def test_the_modules_of_a_plugin_stand_on_each_other_as_its_map_says(package: str) -> None:
    folder = PLUGINS / package
    listed = re.findall(r"^    (\w+)  ", (folder / "__init__.py").read_text("utf-8"), re.M)
    assert sorted(listed) == sorted(path.stem for path in folder.glob("[a-z]*.py"))
    for place, name in enumerate(listed):
        found = {
            one.split(".")[1]
            for one in imports(folder / f"{name}.py")
            if one.startswith(f"{package}.")
        }
        apart = {path.parent.name for path in folder.glob("*/__init__.py")}
        assert found - (apart if name in MAPPED[package] else set()) <= {*listed[:place]}, name


@pytest.mark.parametrize(("package", "hosts"), MAPPED.items())
def test_only_hosts_of_a_plugin_import_mkdocs(package: str, hosts: set[str]) -> None:
    using = {
        path.stem
        for path in (PLUGINS / package).glob("*.py")
        if "mkdocs" in libraries(imports(path))
    }
    assert using == hosts
