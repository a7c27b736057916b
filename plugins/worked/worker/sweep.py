"""Run a cell once for each combination, each from a copy of the namespace, which leaves nothing.

Functions, classes and modules are shared, as `copy.deepcopy` has it: a function looks its names up
in the one namespace of the page, so it sees what the sweep has set there.
"""

import builtins
import contextlib
import copy
import random
import sys
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NoReturn

import matplotlib as mpl
import numpy as np

from worked import limits
from worked.protocol.messages import Job, Task
from worked.protocol.outputs import (
    CellResult,
    CellWarning,
    Drawing,
    Frames,
    Leaf,
    Text,
    leaves,
)
from worked.protocol.sweeps import frame_title
from worked.protocol.values import ValuesResult
from worked.worker.alarm import bell
from worked.worker.capture import TooMuchError
from worked.worker.cell import CellFailedError, run_cell
from worked.worker.failures import Send, problem_message
from worked.worker.values import evaluate_values

_ANIMATION: Final = "a sweep cannot hold an animation: sweep over its frames"


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
            with _drawn_alike(), np.printoptions(), np.errstate():
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


@contextlib.contextmanager
def _drawn_alike() -> Iterator[None]:
    """Put matplotlib's settings back, as `rc_context` does; that copies each one by itself."""
    before = dict(dict.items(mpl.rcParams))
    del before["backend"]
    try:
        yield
    finally:
        dict.update(mpl.rcParams, before)


def run_sweep(
    job: Job, task: Task, namespace: dict[str, Any], send: Send, leave: Callable[[], NoReturn]
) -> tuple[CellResult, ValuesResult]:
    """Run a cell once for each combination; the values are those in its captions."""
    snapshot = NamespaceSnapshot(namespace)
    frames: list[tuple[Leaf, ...]] = []
    notices: dict[tuple[int, str, str], CellWarning] = {}
    given = ValuesResult()
    for frame in task.options.sweep.frames:

        def tell(message: dict[str, Any], where: str = frame_title(frame)) -> None:
            hint = snapshot.hint(message)
            send({**message, "message": f"{message['message']}{hint} (where {where})"})

        with snapshot.copied(dict(frame)), bell(job.name, task, tell, leave):
            result = run_cell(job, task, namespace, tell)
            if any(isinstance(output, Frames) for output in result.outputs):
                tell(problem_message([task.line], "animation", _ANIMATION))
                raise CellFailedError
            frames.append(tuple(leaf for _, leaf in leaves(result.outputs)))
            for notice in result.warnings:
                said = f"{notice.message} (where {frame_title(frame)})"
                key = (notice.line, notice.kind, notice.message)
                notices.setdefault(key, CellWarning(notice.line, notice.kind, said))
            given += evaluate_values(job.name, task.framed, namespace, tell)
    try:
        _fit_together(frames)
    except TooMuchError as error:
        send(problem_message([task.line], type(error).__name__, str(error)))
        raise CellFailedError from error
    shown = (Frames(tuple(frames)),) if task.show else ()
    return CellResult(shown, tuple(notices.values())), given


def _fit_together(frames: Sequence[tuple[Leaf, ...]]) -> None:
    """Refuse what would be too much on one page, though each frame fits."""
    everything = [leaf for frame in frames for leaf in frame]
    drawn = sum(len(leaf.svg) for leaf in everything if isinstance(leaf, Drawing))
    if drawn > limits.MAX_SWEEP_DRAWINGS:
        raise TooMuchError(
            f"the drawings of {len(frames)} frames have {drawn:,} characters together; at most "
            f"{limits.MAX_SWEEP_DRAWINGS:,} fit: sweep over fewer values, or draw less in each"
        )
    printed = sum(len(leaf.text) for leaf in everything if isinstance(leaf, Text))
    if printed > limits.MAX_PRINTED:
        raise TooMuchError(
            f"{len(frames)} frames print {printed:,} characters together; at most "
            f"{limits.MAX_PRINTED:,} fit"
        )
