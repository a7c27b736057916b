"""Serve pages as modules to a Python process: `from notes.convolution.output_size import …`."""

import importlib.abc
import linecache
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from importlib.machinery import ModuleSpec
from typing import Any, NoReturn

from worked.protocol.messages import NOTES_PACKAGE, Module


class NotesFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the modules of pages, and nothing else."""

    def __init__(
        self,
        modules: Mapping[str, Module],
        *,
        decode: Callable[[Any], Any],
        refuse: Callable[[str], str],
    ) -> None:
        """Take what there is to serve.

        Args:
            modules: by their full names; looked up when they are imported.
            decode: reads a value back.
            refuse: says why a module is not there.
        """
        self._modules = modules
        self._decode = decode
        self._refuse = refuse

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: types.ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Find a page, or a folder of pages."""
        if fullname.partition(".")[0] != NOTES_PACKAGE:
            return None
        inside = f"{fullname}."
        is_there = fullname == NOTES_PACKAGE or fullname in self._modules
        if not (is_there or any(name.startswith(inside) for name in self._modules)):
            raise ModuleNotFoundError(self._refuse(fullname), name=fullname)
        return ModuleSpec(fullname, self, origin=NOTES_PACKAGE, is_package=True)

    def exec_module(self, module: types.ModuleType) -> None:
        """Fill a module: values first, which its functions may use."""
        if module.__name__ not in self._modules:
            return
        given = self._modules[module.__name__]
        lines = given.source.splitlines(keepends=True)
        linecache.cache[given.page] = (len(given.source), None, lines, given.page)
        space = module.__dict__
        space["__all__"] = list(given.names)
        space.update({name: self._decode(coded) for name, coded in given.values.items()})
        exec(compile(given.source, given.page, "exec", dont_inherit=True), space)  # noqa: S102
        if lacking := set(given.names) - set(space):
            space["__getattr__"] = _absent(given, lacking)


def _absent(module: Module, names: set[str]) -> Callable[[str], NoReturn]:
    """Make what a module does when it is asked for a name that it does not have."""

    def refuse(name: str) -> NoReturn:
        if name in names:
            said = f"{name!r} is not in the store: `worked run {module.page}` puts it there"
            raise ImportError(said, name=module.name)
        raise AttributeError(f"module {module.name!r} has no attribute {name!r}")

    return refuse


def install_modules(modules: Sequence[Module], decode: Callable[[Any], Any]) -> None:
    """Serve what a job brings along to the page's own process."""
    given = {module.name: module for module in modules}
    sys.meta_path.insert(0, NotesFinder(given, decode=decode, refuse=_unseen))


def _unseen(name: str) -> str:
    return (
        f"the import of {name!r} cannot be seen without running the page: "
        f"write `from {name} import …` in a cell"
    )
