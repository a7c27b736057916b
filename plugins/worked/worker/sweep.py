"""Copies of a page's namespace, so that a sweep leaves nothing behind.

Functions, classes and modules are shared, as `copy.deepcopy` has it: a function looks its names up
in the one namespace of the page, so it sees what the sweep has set there.
"""

import builtins
import contextlib
import copy
import random
import sys
import types
from collections.abc import Iterator, Mapping
from typing import Any

import matplotlib as mpl
import numpy as np


class NamespaceSnapshot:
    """The namespace as it was, to begin from again and again."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._kept = dict(namespace)
        self.missing: dict[str, str] = {}
        """Names that no copy has, as they cannot be copied -> the type of what they stand for."""

    @contextlib.contextmanager
    def copied(self, given: Mapping[str, object]) -> Iterator[None]:
        """Fill the namespace with copies, and with what is given, and put all back afterwards.

        Generators with a global state and the settings of NumPy and matplotlib are put back too.
        """
        state, numpy_state = random.getstate(), np.random.get_state()  # noqa: NPY002
        try:
            with mpl.rc_context(), np.printoptions(), np.errstate():
                self._fill({**self._copies(), **given})
                yield
        finally:
            self._fill(self._kept)
            random.setstate(state)
            np.random.set_state(numpy_state)  # noqa: NPY002

    def hint(self, message: Mapping[str, Any]) -> str:
        """Say why a name is not there, where a problem says that it is not."""
        names = [name for name in self.missing if f"'{name}'" in str(message.get("message"))]
        if message.get("kind") != "NameError" or not names:
            return ""
        kind = self.missing[names[0]]
        return f": a sweep begins from a copy, and a {kind} cannot be copied"

    def _fill(self, content: Mapping[str, Any]) -> None:
        self._namespace.clear()
        self._namespace.update(content)

    def _copies(self) -> dict[str, Any]:
        """Copy what can be copied, with one memory: what was one object stays one."""
        shared = [*sys.modules.values(), builtins.__dict__, self._namespace]
        memory: dict[int, Any] = {id(one): one for one in shared}
        copies: dict[str, Any] = {}
        for name, value in self._kept.items():
            if name.startswith("__") or isinstance(value, types.ModuleType):
                copies[name] = value
                continue
            before = dict(memory)
            try:
                copies[name] = copy.deepcopy(value, memory)
            except Exception:  # whatever an object of the page's own raises
                self.missing[name] = type(value).__name__
                memory = before  # there are halves of objects in it
        return copies
