"""Serve the site's packages to the cells of a page, and note what of them is used.

Runs in the page's own process.  A look-up is noted by the places that were tried, so that a module
which appears later is seen, without listing a folder, which would make every new module one.  What
the packages read by themselves comes from an audit hook.
"""

import importlib.abc
import importlib.util
import os
import sys
import types
from collections.abc import Sequence
from importlib.machinery import FileFinder, ModuleSpec, SourceFileLoader
from typing import Any, Final

from worked import limits
from worked.protocol.dependencies import OWN_FOLDER, OWN_PACKAGE, Dependencies
from worked.protocol.messages import NOTES_PACKAGE

_READS: Final = frozenset({"open", "sqlite3.connect", "ctypes.dlopen"})
_LISTS: Final = frozenset({"os.listdir", "os.scandir"})
"""Audit events whose first argument is the path."""


class DependencyTracker:
    """What one page has read and loaded so far."""

    def __init__(self, packages: Sequence[tuple[str, str]]) -> None:
        """Take the (name, folder) pairs of the packages."""
        # a package's own code may know its folder by either name, where that is a link
        spellings = [
            (name, each)
            for name, folder in (*packages, (OWN_PACKAGE, OWN_FOLDER))
            for each in dict.fromkeys((os.path.abspath(folder), os.path.realpath(folder)))
        ]
        self._folders = tuple((name, each, each + os.sep) for name, each in spellings)
        self._own = {
            NOTES_PACKAGE,
            OWN_PACKAGE,
            "__main__",
            "__mp_main__",
            *(name for name, _ in packages),
        }
        self._files: set[str] = set()
        self._listed: set[str] = set()

    def dependencies(self) -> Dependencies:
        """Give all that was noted, from the page's beginning."""
        names = {name.partition(".")[0] for name in list(sys.modules) if type(name) is str}
        foreign = names - sys.stdlib_module_names - self._own
        return Dependencies(
            files=tuple(sorted(self._files)),
            folders=tuple(sorted(self._listed)),
            modules=tuple(sorted(filter(str.isidentifier, foreign))),
        )

    def covers(self, path: str) -> bool:
        """Whether a path is in one of the site's packages."""
        name = self._name(os.path.abspath(path))
        return bool(name) and name.partition("/")[0] != OWN_PACKAGE

    def note(self, path: str) -> None:
        """Note a file that something was looked for in, whether or not it is there."""
        if name := self._name(path):
            self._files.add(name)

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Be the audit hook."""
        if event in _READS or event in _LISTS:
            path = _path(arguments[0])
            if path is None or not (name := self._name(path)):
                return
            # what opens a folder may list it by its descriptor, which nothing tells us
            if event in _LISTS or os.path.isdir(path):
                self._listed.add(name)
            else:
                self._files.add(name)

    def _name(self, path: str) -> str:
        """Name a path as `Needs` does; empty for one outside the packages."""
        for name, folder, prefix in self._folders:
            if path == folder:
                return name
            if path.startswith(prefix) and len(path) <= limits.MAX_DEPENDENCY_NAME:
                return f"{name}/{path[len(prefix) :].replace(os.sep, '/')}"
        return ""


class _SitePackages(importlib.abc.MetaPathFinder):
    """Serves the packages that the site declares, without its root on the import path."""

    def __init__(self, packages: Sequence[tuple[str, str]], recorder: DependencyTracker) -> None:
        self._folders = dict(packages)
        self._recorder = recorder

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: types.ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Find a package itself; what is in it is found through its folder."""
        folder = self._folders.get(fullname)
        return None if folder is None else _find(fullname, folder, self._recorder)


class _SiteFolder(FileFinder):
    """Finds modules in one folder of the site's packages by looking for each, never by a list."""

    def __init__(self, path: str, recorder: DependencyTracker) -> None:
        super().__init__(path)
        self._recorder = recorder

    def find_spec(self, fullname: str, target: types.ModuleType | None = None) -> ModuleSpec | None:
        """Find a package, else a module, else a folder that is a part of a package."""
        stem = os.path.join(self.path, fullname.rpartition(".")[2])
        return _find(fullname, stem, self._recorder)


class _Sources(SourceFileLoader):
    """Compiles a module's source every time.

    Bytecode could belong to an older source of the same size and time.
    """

    def get_code(self, fullname: str) -> types.CodeType | None:
        """Give the code of the source as it stands."""
        path = self.get_filename(fullname)
        code: types.CodeType = self.source_to_code(self.get_data(path), path)
        return code


def install_tracker(packages: Sequence[tuple[str, str]]) -> DependencyTracker:
    """Serve the packages to this process and begin to note; nothing can take it back."""
    recorder = DependencyTracker(packages)

    def enter(path: str) -> _SiteFolder:
        if not recorder.covers(path):
            raise ImportError("no folder of the site")
        return _SiteFolder(path, recorder)

    sys.meta_path.insert(0, _SitePackages(packages, recorder))
    sys.path_hooks.insert(0, enter)
    sys.addaudithook(recorder.audit)
    return recorder


def _find(fullname: str, stem: str, recorder: DependencyTracker) -> ModuleSpec | None:
    """Look where Python would; extension modules and lone bytecode are not served."""
    whole, module = os.path.join(stem, "__init__.py"), f"{stem}.py"
    for path, inside in ((whole, [stem]), (module, None)):
        recorder.note(path)
        if os.path.isfile(path):
            return importlib.util.spec_from_file_location(
                fullname, path, loader=_Sources(fullname, path), submodule_search_locations=inside
            )
    recorder.note(stem)
    if not os.path.isdir(stem):
        return None
    spec = ModuleSpec(fullname, None, is_package=True)
    spec.submodule_search_locations = [stem]
    return spec


def _path(given: object) -> str | None:
    """Give what an audit event names as an absolute path; None where it is none."""
    if isinstance(given, int) and not isinstance(given, bool):
        return None
    try:
        path = os.fsdecode(os.fspath("." if given is None else given))  # type: ignore[call-overload]
    except (TypeError, ValueError):
        return None
    if "\0" in path:
        return None
    return os.path.realpath(path) if ".." in path else os.path.normpath(os.path.abspath(path))
